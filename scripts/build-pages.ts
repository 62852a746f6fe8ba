/**
 * `npm run build:pages`: what pages load, from src/ui and src/browser into public/assets and src/ui/generated.
 * They are committed, so that a Worker needs no build step; test/scripts/build/build-pages.test.ts fails while they are
 * older than their source.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commandFlags } from "./lib/command/command-flags.ts";
import { bundledPages, PUBLIC_ASSETS } from "./lib/pages/bundle.ts";

const USAGE = `npm run build:pages
Writes the stylesheet and the scripts of pages into ${PUBLIC_ASSETS}, and their paths into src/ui/generated; commit what
it writes.`;
const ROOT = join(import.meta.dirname, "..");

commandFlags(USAGE, {});
const files = await bundledPages();
rmSync(join(ROOT, PUBLIC_ASSETS), { recursive: true, force: true });
for (const { path, text } of files) {
  const file = join(ROOT, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`${path}: ${Math.round(text.length / 1_024)} KiB`);
}
