/** Bundles what runs in browsers into one module of texts. */
import { join } from "node:path";
import { build } from "esbuild";

export const GENERATED = "src/ui/generated/import-bundles.ts";
const ROOT = join(import.meta.dirname, "../../..");
const BUNDLES = [
  { name: "IMPORT_PAGE_SCRIPT", entry: "src/browser/import-form.ts" },
  { name: "IMPORT_WORKER_SCRIPT", entry: "src/browser/import-worker.ts" },
] as const;

export async function bundledPages(): Promise<string> {
  const texts = await Promise.all(
    BUNDLES.map(async ({ name, entry }) => `export const ${name} = ${JSON.stringify(await bundled(entry))};\n`),
  );
  return `/** Made by npm run build:pages from src/browser: change it there. */\n${texts.join("")}`;
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
