/** Writes what `npm run deploy` uploads: the Worker's modules and the static assets, the API's documents among them. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWorker, type BuiltModule } from "./built-worker.ts";
import { madeAtBuild } from "./made-at-build.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** Returns arguments of `wrangler dev` and `wrangler deploy`; the first is the script. Empties the folder. */
export async function writeUpload(modules: readonly BuiltModule[], folder: string): Promise<readonly string[]> {
  rmSync(folder, { recursive: true, force: true });
  const assets = join(folder, "assets");
  cpSync(join(ROOT, "public"), assets, { recursive: true });
  for (const [path, text] of Object.entries((await madeAtBuild()).ASSETS)) {
    mkdirSync(dirname(join(assets, path)), { recursive: true });
    writeFileSync(join(assets, path), text);
  }
  return [writeWorker(modules, join(folder, "worker")), "--no-bundle", "--no-minify", "--assets", assets];
}
