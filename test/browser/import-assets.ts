/** What the service serves beside /import, the static file included. */
import { readFileSync } from "node:fs";
import { ASSETS, type Asset } from "../../src/ui/assets.ts";
import { IMPORT_WORKER_PATH } from "../../src/ui/generated/import-bundles.ts";
import { IMPORT_JS } from "../../src/ui/import-assets.ts";

const worker: Asset = {
  path: IMPORT_WORKER_PATH,
  type: IMPORT_JS.type,
  body: readFileSync(new URL(`../../public${IMPORT_WORKER_PATH}`, import.meta.url), "utf8"),
};

export const IMPORT_ASSETS: readonly Asset[] = [...ASSETS, IMPORT_JS, worker];
