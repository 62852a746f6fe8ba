/** The Worker and its assets as `npm run deploy` uploads them, for `startLocalServer`. */
import { join } from "node:path";
import { builtWorker } from "../../scripts/lib/build/built-worker.ts";
import { writeUpload } from "../../scripts/lib/build/upload.ts";

export async function uploadedBuild(folder: string): Promise<readonly string[]> {
  return writeUpload(await builtWorker(), join(folder, "upload"));
}
