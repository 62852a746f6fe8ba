/**
 * The stylesheet and the scripts, under names that change with their content, so a page never loads a file of another
 * release.
 */
import { INBOX_SCRIPT, REVIEW_SCRIPT } from "./scripts.ts";
import { STYLE } from "./style.ts";

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

export const STYLESHEET = asset("stockwarden", "css", "text/css; charset=utf-8", STYLE);
/** The mark of the brand; its colours fit light and dark. */
export const FAVICON = asset(
  "icon",
  "svg",
  "image/svg+xml",
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect x="2" y="2" width="20" height="20" rx="6" ' +
    'fill="#1d4ed8"/><g fill="#fff"><rect x="6" y="12" width="3" height="6" rx="1"/><rect x="10.5" y="8" ' +
    'width="3" height="10" rx="1"/><rect x="15" y="14" width="3" height="4" rx="1"/></g></svg>',
);
export const REVIEW_JS = asset("review", "js", "text/javascript; charset=utf-8", REVIEW_SCRIPT);
export const INBOX_JS = asset("inbox", "js", "text/javascript; charset=utf-8", INBOX_SCRIPT);

export const ASSETS: readonly Asset[] = [STYLESHEET, FAVICON, REVIEW_JS, INBOX_JS];

export function asset(name: string, extension: string, type: string, body: string): Asset {
  return { path: `/assets/${name}.${fingerprint(body)}.${extension}`, type, body };
}

/** FNV-1a, 32 bits: names a version of a file, protects nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
