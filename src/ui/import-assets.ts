/** The script of `/import`, apart from the others: it is loaded when somebody opens that page. */
import { asset, type Asset } from "./assets.ts";
import { IMPORT_PAGE_SCRIPT } from "./generated/import-bundles.ts";

export const IMPORT_JS: Asset = asset("import", "js", "text/javascript; charset=utf-8", IMPORT_PAGE_SCRIPT);
