/**
 * Request headers that shape an answer: `Prefer` (RFC 7240) and `Idempotency-Key` (quoted as its draft has it, or
 * bare).
 */
import * as z from "zod";

const DEFAULT_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 30_000;
const LONGEST_KEY = 255;
/** Preferences are a few words. */
const LONGEST_PREFER = 1_024;

/** Without optional white space around it, which is trimmed first: two adjacent `\s*` take quadratic time to fail. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^(?:"([^"]*)"|([^\s"]*))$/;
/**
 * Printable ASCII; a quoted one may hold escaped quotes, a bare one no comma, since two headers would be joined by it.
 */
const QUOTED_KEY = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/;
const BARE_KEY = /^[ !#-+\--~]+$/;

export const IdempotencyKey = z
  .string()
  .optional()
  .describe(`1 to ${LONGEST_KEY} characters; kept 24 h`)
  .transform((header, ctx): string | null => {
    if (header === undefined) return null;
    const key = idempotencyKeyIn(header);
    if (key !== null) return key;
    ctx.addIssue(`must be 1 to ${LONGEST_KEY} printable ASCII characters, in quotes or bare without quotes and commas`);
    return z.NEVER;
  });

/** The headers of a trigger: the idempotency key, or null, and how many milliseconds the answer may wait. */
export const TriggerHeaders = z.object({
  "Idempotency-Key": IdempotencyKey,
  Prefer: z
    .string()
    .max(LONGEST_PREFER, `must have ${LONGEST_PREFER} characters at most`)
    .optional()
    .describe("wait=N (seconds, 30 at most) or respond-async")
    .transform(waitMsOf),
});

/** How long an answer may wait for the decision. Unknown preferences and bad values are ignored, as the RFC asks. */
export function waitMsOf(prefer: string | undefined): number {
  const preferences = preferencesOf(prefer ?? "");
  const wait = preferences.get("wait");
  if (wait !== undefined && /^\d{1,9}$/.test(wait)) return Math.min(Number(wait) * 1_000, LONGEST_WAIT_MS);
  return preferences.has("respond-async") ? 0 : DEFAULT_WAIT_MS;
}

/** Null when the header is not a key. */
function idempotencyKeyIn(header: string): string | null {
  const key = QUOTED_KEY.exec(header)?.[1]?.replace(/\\(.)/g, "$1") ?? (BARE_KEY.test(header) ? header : "");
  return key.length === 0 || key.length > LONGEST_KEY ? null : key;
}

/** By lower-case name; of a repeated one the first counts. */
function preferencesOf(header: string): Map<string, string> {
  const preferences = new Map<string, string>();
  for (const part of header.split(",")) {
    const [preference = ""] = part.split(";", 1);
    const [name = "", ...value] = preference.split("=");
    const key = name.trim().toLowerCase();
    const match = VALUE.exec(value.join("=").trim());
    if (TOKEN.test(key) && match !== null && !preferences.has(key)) preferences.set(key, match[1] ?? match[2] ?? "");
  }
  return preferences;
}
