/**
 * What pages load, as static assets: the stylesheet, the mark, the small scripts of src/ui and the bundled ones of
 * src/browser. A module of the Worker names their paths.
 */
import { join } from "node:path";
import { build } from "esbuild";
import { asset, ASSETS, type Asset } from "../../../src/ui/assets.ts";

const ROOT = join(import.meta.dirname, "../../..");
const GENERATED = "src/ui/generated/asset-paths.ts";
/** The whole folder is generated. */
export const PUBLIC_ASSETS = "public/assets";

export interface BuiltFile {
  readonly path: string;
  readonly text: string;
}

export async function bundledPages(): Promise<BuiltFile[]> {
  const assets: Readonly<Record<string, Asset>> = {
    ...ASSETS,
    IMPORT_JS: asset("import", "js", await bundled("src/browser/import-form.ts")),
    IMPORT_WORKER: asset("import-worker", "js", await bundled("src/browser/import-worker.ts")),
  };
  const text = [
    "/** Made by npm run build:pages from src/ui and src/browser. */",
    ...Object.entries(assets).map(([name, { path }]) => `export const ${name} = ${JSON.stringify(path)};`),
    "",
  ].join("\n");
  return [
    { path: GENERATED, text },
    ...Object.values(assets).map(({ path, body }) => ({ path: `public${path}`, text: body })),
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
