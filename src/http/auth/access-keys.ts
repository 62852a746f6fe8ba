/**
 * The public keys of a Cloudflare Access team: fetched when first needed and kept for an hour. A token that names
 * another key has them fetched again, at most once a minute. While they cannot be fetched, known ones stay good for a
 * day: people stay signed in when Access itself is away.
 */
import type { HonoJsonWebKey } from "hono/utils/jwt/jws";
import { HOUR_MS, MINUTE_MS } from "../../shared/durations.ts";

const KEEP_MS = HOUR_MS;
/** A retired key signs nothing for long, so a day of it opens nothing that was not open. */
const LONGEST_KEPT_MS = 24 * KEEP_MS;
const ASK_AGAIN_MS = MINUTE_MS;
const ASK_AGAIN_AFTER_FAILURE_MS = 5_000;
const FETCH_TIMEOUT_MS = 5_000;

interface Kept {
  readonly keys: readonly HonoJsonWebKey[];
  /** Epoch ms. */
  readonly fetchedAt: number;
  readonly askAgainAt: number;
}

const NONE: Kept = { keys: [], fetchedAt: -Infinity, askAgainAt: -Infinity };
const kept = new Map<string, Kept>();

/** Never rejects; empty while none are known. */
export async function teamKeys(
  issuer: string,
  keyId: string | undefined,
  now: number,
): Promise<readonly HonoJsonWebKey[]> {
  const known = kept.get(issuer) ?? NONE;
  const age = now - known.fetchedAt;
  if (age < KEEP_MS && known.keys.some(({ kid }) => kid === keyId)) return known.keys;
  if (now >= known.askAgainAt) {
    const keys = await fetchKeys(issuer).catch(() => null);
    if (keys !== null) {
      kept.set(issuer, { keys, fetchedAt: now, askAgainAt: now + ASK_AGAIN_MS });
      return keys;
    }
    kept.set(issuer, { ...known, askAgainAt: now + ASK_AGAIN_AFTER_FAILURE_MS });
  }
  return age < LONGEST_KEPT_MS ? known.keys : [];
}

/** Null for an answer that holds no keys. */
async function fetchKeys(issuer: string): Promise<readonly HonoJsonWebKey[] | null> {
  const answer = await fetch(`${issuer}/cdn-cgi/access/certs`, {
    redirect: "manual",
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    return null;
  }
  const body: unknown = await answer.json();
  const keys = typeof body === "object" && body !== null && "keys" in body ? body.keys : null;
  return Array.isArray(keys) && keys.every(isKey) ? keys : null;
}

function isKey(value: unknown): value is HonoJsonWebKey {
  return typeof value === "object" && value !== null && "kty" in value;
}
