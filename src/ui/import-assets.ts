/** The scripts of `/import`, apart from the others: they are large, and loaded when somebody opens that page. */
import { asset, type Asset } from "./assets.ts";
import { IMPORT_PAGE_SCRIPT, IMPORT_WORKER_SCRIPT } from "./generated/import-bundles.ts";

export const IMPORT_JS = asset("import", "js", "text/javascript; charset=utf-8", IMPORT_PAGE_SCRIPT);
export const IMPORT_WORKER_JS = asset("import-worker", "js", "text/javascript; charset=utf-8", IMPORT_WORKER_SCRIPT);

export const IMPORT_ASSETS: readonly Asset[] = [IMPORT_JS, IMPORT_WORKER_JS];
