/** The Worker as `npm run deploy` uploads it, written into a folder; its path is what `startLocalServer` takes. */
import { join } from "node:path";
import { builtWorker, writeWorker } from "../../scripts/lib/build/built-worker.ts";

export async function uploadedBuild(folder: string): Promise<string> {
  return writeWorker(await builtWorker(), join(folder, "worker"));
}
