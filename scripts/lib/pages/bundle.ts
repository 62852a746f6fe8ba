/**
 * Bundles what runs in browsers: the script of /import goes into a module of the Worker, and the large one that reads
 * files becomes a static asset, whose path the module names.
 */
import { join } from "node:path";
import { build } from "esbuild";
import { asset } from "../../../src/ui/assets.ts";

const ROOT = join(import.meta.dirname, "../../..");
const GENERATED = "src/ui/generated/import-bundles.ts";
/** The whole folder is generated. */
export const PUBLIC_ASSETS = "public/assets";

export interface BuiltFile {
  readonly path: string;
  readonly text: string;
}

export async function bundledPages(): Promise<BuiltFile[]> {
  const page = await bundled("src/browser/import-form.ts");
  const worker = asset("import-worker", "js", "text/javascript", await bundled("src/browser/import-worker.ts"));
  const text = [
    "/** Made by npm run build:pages from src/browser: change it there. */",
    `export const IMPORT_PAGE_SCRIPT = ${JSON.stringify(page)};`,
    `export const IMPORT_WORKER_PATH = ${JSON.stringify(worker.path)};`,
    "",
  ].join("\n");
  return [
    { path: GENERATED, text },
    { path: `public${worker.path}`, text: worker.body },
  ];
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    charset: "utf8",
  });
  return outputFiles[0]!.text;
}
