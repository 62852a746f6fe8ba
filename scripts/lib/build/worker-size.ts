/**
 * Measures the Worker: the whole upload, and the part that an isolate evaluates before it answers a trigger.
 */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { unstable_readConfig } from "wrangler";
import { leftOut } from "./left-out.ts";

const ROOT = join(import.meta.dirname, "../../..");
const ENTRY = "src/index.ts";
const OUT = "worker-size";

export interface WorkerSize {
  /** Bytes after gzip of every module. */
  readonly uploadGzip: number;
  /** Bytes after gzip of what the entry imports statically: the rest is loaded when first used. */
  readonly evaluatedGzip: number;
  /** npm packages among the evaluated modules, and bytes of each before gzip. */
  readonly evaluatedPackages: ReadonlyMap<string, number>;
}

/** Splits the Worker at its dynamic imports, as the platform's loader sees them. Writes nothing. */
export async function workerSize(): Promise<WorkerSize> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    outdir: OUT,
    target: "es2024",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["module", "main"],
    external: ["node:*", "cloudflare:*"],
    define: leftOut(),
    alias: unstable_readConfig({ config: join(ROOT, "wrangler.toml") }).alias ?? {},
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    legalComments: "none",
    logLevel: "error",
  });
  const evaluated = evaluatedChunks(metafile);
  // Compressed together, as one upload is.
  const gzipOf = (isCounted: (chunk: string) => boolean): number =>
    gzipSync(
      Buffer.concat(
        outputFiles
          .filter(({ path }) => isCounted(path.slice(path.lastIndexOf(`${OUT}/`))))
          .map(({ contents }) => contents),
      ),
    ).length;
  return {
    uploadGzip: gzipOf(() => true),
    evaluatedGzip: gzipOf((chunk) => evaluated.has(chunk)),
    evaluatedPackages: packagesIn(metafile, evaluated),
  };
}

function evaluatedChunks({ outputs }: Metafile): ReadonlySet<string> {
  const entry = Object.keys(outputs).find((chunk) => outputs[chunk]?.entryPoint === ENTRY);
  const seen = new Set<string>();
  const waiting = entry === undefined ? [] : [entry];
  for (let chunk = waiting.pop(); chunk !== undefined; chunk = waiting.pop()) {
    if (seen.has(chunk)) continue;
    seen.add(chunk);
    for (const { path, kind, external } of outputs[chunk]?.imports ?? [])
      if (kind === "import-statement" && external !== true) waiting.push(path);
  }
  return seen;
}

function packagesIn({ outputs }: Metafile, chunks: ReadonlySet<string>): ReadonlyMap<string, number> {
  const packages = new Map<string, number>();
  for (const chunk of chunks) {
    for (const [file, { bytesInOutput }] of Object.entries(outputs[chunk]?.inputs ?? {})) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
      if (name !== undefined) packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
    }
  }
  return packages;
}
