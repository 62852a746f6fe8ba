/** Request headers that shape an answer: `Prefer` (RFC 7240) and `Idempotency-Key` (quoted as its draft has it, or bare). */
import { Problem } from "../../api/problems.ts";

const DEFAULT_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 30_000;
const LONGEST_KEY = 255;

const PREFERENCE = /^\s*([\w!#$%&'*+.^`|~-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s";]*))\s*)?(?:;.*)?$/;
/** Printable ASCII; a quoted one may hold escaped quotes, a bare one no comma, since two headers would be joined by it. */
const QUOTED_KEY = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/;
const BARE_KEY = /^[ !#-+\--~]+$/;

/** How long an answer may wait for the decision. Unknown preferences and bad values are ignored, as the RFC asks. */
export function waitMsOf(prefer: string | undefined): number {
  const preferences = preferencesOf(prefer ?? "");
  const wait = preferences.get("wait");
  if (wait !== undefined && /^\d{1,9}$/.test(wait)) return Math.min(Number(wait) * 1_000, LONGEST_WAIT_MS);
  return preferences.has("respond-async") ? 0 : DEFAULT_WAIT_MS;
}

export function idempotencyKeyIn(header: string | undefined): string | null {
  if (header === undefined) return null;
  const key = QUOTED_KEY.exec(header)?.[1]?.replace(/\\(.)/g, "$1") ?? (BARE_KEY.test(header) ? header : "");
  if (key.length === 0 || key.length > LONGEST_KEY) {
    throw new Problem(
      "malformed_request",
      `Idempotency-Key must be 1 to ${LONGEST_KEY} printable ASCII characters, in quotes or bare without quotes and commas.`,
    );
  }
  return key;
}

/** By lower-case name; of one that stands twice the first counts. */
function preferencesOf(header: string): Map<string, string> {
  const preferences = new Map<string, string>();
  for (const part of header.split(",")) {
    const [, name, quoted, bare] = PREFERENCE.exec(part) ?? [];
    if (name !== undefined && !preferences.has(name.toLowerCase()))
      preferences.set(name.toLowerCase(), quoted ?? bare ?? "");
  }
  return preferences;
}
