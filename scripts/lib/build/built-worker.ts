/**
 * Builds the Worker that `npm run deploy` uploads, a sixth smaller than Wrangler's own bundle of it.
 *
 * - Split at its dynamic imports: in one file, each module that lazy code shares is wrapped in a function, and V8 reads
 *   it twice.
 * - Minified by swc after esbuild: it also inlines what is used once.
 * - Short names of modules: each import repeats one. They follow the folders of the sources: what is alike is close
 *   together, where gzip finds it.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { transform } from "@swc/core";
import { build, type Metafile } from "esbuild";
import { unstable_readConfig } from "wrangler";
import { leanZod } from "./lean-zod.ts";
import { leftOut, withoutUnreached } from "./left-out.ts";
import { withMadeAtBuild } from "./made-at-build.ts";
import { oneCore } from "./one-core.ts";
import { withoutDocs } from "./without-docs.ts";

const ROOT = join(import.meta.dirname, "../../..");
const ENTRY = "src/index.ts";
/** Source maps name sources from here. */
const BUILT_FOLDER = "dist/worker";
const ENTRY_MODULE = "index.js";

export interface BuiltModule {
  readonly name: string;
  readonly code: string;
  readonly sourceMap: string;
  /** Names of modules that it imports statically. */
  readonly imports: readonly string[];
  /** Bytes of each source file in it, before swc. */
  readonly sources: ReadonlyMap<string, number>;
}

type Output = Metafile["outputs"][string];

/** The entry is the first; `entry` another than the Worker's for benchmarks. */
export async function builtWorker(entry: string = ENTRY): Promise<readonly BuiltModule[]> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    minifyIdentifiers: true,
    minifySyntax: true,
    write: false,
    metafile: true,
    sourcemap: "external",
    format: "esm",
    outdir: BUILT_FOLDER,
    target: "es2024",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["module", "main"],
    external: ["node:*", "cloudflare:*"],
    // As Wrangler defines them.
    define: { "process.env.NODE_ENV": '"production"', "navigator.userAgent": '"Cloudflare-Workers"', ...leftOut() },
    alias: unstable_readConfig({ config: join(ROOT, "wrangler.toml") }).alias ?? {},
    plugins: [oneCore(ROOT, entry), withoutUnreached, leanZod, withMadeAtBuild, withoutDocs],
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    legalComments: "none",
    logLevel: "error",
  });
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]): [string, Output] => [basename(path), output]),
  );
  const ownOnly = new Set([...outputs].filter(([, output]) => isOwn(output)).map(([file]) => file));
  const texts = new Map(
    outputFiles.map(({ path, text }): [string, string] => [basename(path), withoutBareImports(text, ownOnly)]),
  );
  const [start = ""] = [...outputs].find(([, { entryPoint }]) => entryPoint === entry) ?? [];
  const files = [...reached(start, texts)].toSorted(
    (a, b) => Number(b === start) - Number(a === start) || compared(first(outputs.get(a)!), first(outputs.get(b)!)),
  );
  const names = new Map(files.map((file, index) => [file, index === 0 ? ENTRY_MODULE : partName(index)]));
  return Promise.all(
    files.map(async (file) => ({
      ...(await minified(names.get(file)!, renamed(unmarked(texts.get(file)!), names), texts.get(`${file}.map`)!)),
      imports: importsOf(texts.get(file)!, STATIC).map((imported) => names.get(imported)!),
      sources: new Map(
        Object.entries(outputs.get(file)!.inputs).map(([source, { bytesInOutput }]) => [source, bytesInOutput]),
      ),
    })),
  );
}

/** Empties the folder; returns the path of the entry. */
export function writeWorker(modules: readonly BuiltModule[], folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, code, sourceMap } of modules) {
    writeFileSync(join(folder, name), code);
    writeFileSync(join(folder, `${name}.map`), sourceMap);
  }
  return join(folder, ENTRY_MODULE);
}

/** `wrangler.toml` has a rule for this ending. */
function partName(index: number): string {
  return `${index.toString(36).padStart(2, "0")}.part.js`;
}

/** Nothing but our own sources, which have no effect when they are imported (package.json says so). */
function isOwn({ inputs }: Output): boolean {
  return Object.keys(inputs).every((source) => !source.includes("node_modules/"));
}

/**
 * An import of no name keeps the order of effects, and there are none. Modules that only documentation read have nobody
 * left who imports them. Blanks keep lines and columns.
 */
function withoutBareImports(code: string, ownOnly: ReadonlySet<string>): string {
  return code.replaceAll(/^import "\.\/([\w-]+\.js)";$/gm, (line, file: string) =>
    ownOnly.has(file) ? " ".repeat(line.length) : line,
  );
}

/** The file and all that it imports, directly or not. */
function reached(start: string, texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const seen = new Set([start]);
  for (const file of seen) for (const imported of importsOf(texts.get(file)!, ANY)) seen.add(imported);
  return seen;
}

const STATIC = /(?:^import |\bfrom )"\.\/([\w-]+\.js)"/gm;
const ANY = /(?:^import |\bfrom |\bimport\()"\.\/([\w-]+\.js)"/gm;

function importsOf(code: string, imports: RegExp): readonly string[] {
  return [...code.matchAll(imports)].map(([, file]) => file!);
}

function first({ inputs }: Output): string {
  return Object.keys(inputs)[0] ?? "";
}

function compared(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * For swc, a call that is marked as pure may be made later, and anew each time: what is kept between requests would be
 * forgotten. Blanks keep lines and columns.
 */
function unmarked(code: string): string {
  return code.replaceAll(/\/\* @__PURE__ \*\//g, (mark) => " ".repeat(mark.length));
}

/** Each import is at the end of its line, so that source maps stay true. */
function renamed(code: string, names: ReadonlyMap<string, string>): string {
  return code.replaceAll(/"\.\/([\w-]+\.js)"/g, (specifier, file: string) => {
    const name = names.get(file);
    return name === undefined ? specifier : `"./${name}"`;
  });
}

async function minified(
  name: string,
  code: string,
  map: string,
): Promise<Pick<BuiltModule, "name" | "code" | "sourceMap">> {
  const made = await transform(code, {
    jsc: { target: "es2024", minify: { module: true, compress: { passes: 3 }, mangle: true, ecma: 2022 } },
    isModule: true,
    minify: true,
    inputSourceMap: map,
    sourceMaps: true,
    swcrc: false,
    configFile: false,
  });
  return { name, code: `${made.code}\n//# sourceMappingURL=${name}.map\n`, sourceMap: made.map ?? "" };
}
