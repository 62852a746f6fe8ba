/**
 * `npm run build:pages`: the scripts of `/import` from src/browser, bundled into src/ui/generated. They are committed,
 * so that a Worker needs no build step; test/scripts/build-pages.test.ts fails while they are older than their source.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandFlags } from "./lib/command/command-flags.ts";
import { bundledPages, GENERATED } from "./lib/pages/bundle.ts";

const USAGE = `npm run build:pages
Bundles the scripts of /import from src/browser into src/ui/generated; commit what it writes.`;

commandFlags(USAGE, {});
const text = await bundledPages();
writeFileSync(join(import.meta.dirname, "..", GENERATED), text);
console.log(`${GENERATED}: ${Math.round(text.length / 1_024)} KiB`);
