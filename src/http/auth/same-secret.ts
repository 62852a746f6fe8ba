/** Compares keys without a hint, by the time it takes, of how much of one is right. */
import { createHash, timingSafeEqual } from "node:crypto";

/** Digests have one length, so the comparison takes the same time whatever was sent. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected));
}

/** Digests of the keys seen last. Found by their hash, so that a near miss takes no longer than any other. */
const digests = new Map<string, Uint8Array>();
const MOST_DIGESTS = 256;
/** No key is longer; longer text would only fill memory. */
const LONGEST_KEPT = 256;

/** Synchronous: for a few bytes a promise costs more than the hash. */
function digestOf(text: string): Uint8Array {
  const known = digests.get(text);
  if (known !== undefined) return known;
  const digest = createHash("sha256").update(text).digest();
  if (text.length > LONGEST_KEPT) return digest;
  if (digests.size >= MOST_DIGESTS) digests.clear();
  digests.set(text, digest);
  return digest;
}
