/**
 * The stylesheet, the mark and the scripts of pages, under names that change with their content, so a page never loads
 * a file of another release. `npm run build:pages` writes them into public/assets; the Worker holds their paths alone
 * (generated/asset-paths.ts), since it would compile their text in every isolate.
 */
import { DOCS_STYLE } from "./docs-style.ts";
import { INBOX_SCRIPT, PAGE_SCRIPT, REVIEW_SCRIPT } from "./scripts.ts";
import { STYLE } from "./style.ts";

export interface Asset {
  readonly path: string;
  readonly body: string;
}

/** By the name of its path in generated/asset-paths.ts. */
export const ASSETS: Readonly<Record<string, Asset>> = {
  STYLESHEET: asset("stockwarden", "css", STYLE),
  DOCS_STYLESHEET: asset("docs", "css", DOCS_STYLE),
  /** The mark of the brand; its colours fit light and dark. */
  FAVICON: asset(
    "icon",
    "svg",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect x="2" y="2" width="20" height="20" rx="6" ' +
      'fill="#1d4ed8"/><g fill="#fff"><rect x="6" y="12" width="3" height="6" rx="1"/><rect x="10.5" y="8" ' +
      'width="3" height="10" rx="1"/><rect x="15" y="14" width="3" height="4" rx="1"/></g></svg>',
  ),
  PAGE_JS: asset("page", "js", PAGE_SCRIPT),
  REVIEW_JS: asset("review", "js", REVIEW_SCRIPT),
  INBOX_JS: asset("inbox", "js", INBOX_SCRIPT),
};

export function asset(name: string, extension: string, body: string): Asset {
  return { path: `/assets/${name}.${fingerprint(body)}.${extension}`, body };
}

/** FNV-1a, 32 bits: names a version of a file, protects nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
