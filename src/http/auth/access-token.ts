/**
 * Whose Cloudflare Access token a request carries. The token is verified against the team's keys: signature, issuer,
 * audience and times. Keys are fetched when first needed and kept for an hour; an unknown key id makes it fetch them
 * again, at most once a minute.
 */
import type { HonoJsonWebKey } from "hono/utils/jwt/jws";
import { settings, type AppContext } from "../kit/context.ts";

const KEEP_MS = 3_600_000;
const ASK_AGAIN_MS = 60_000;
const FETCH_TIMEOUT_MS = 5_000;
const MOST_CHARACTERS = 8_192;

interface Kept {
  readonly keys: readonly HonoJsonWebKey[];
  readonly fetchedAt: number;
}

const kept = new Map<string, Kept>();

/** The verified address in lower case; null without a token, or with an invalid one. */
export async function accessAddress(c: AppContext): Promise<string | null> {
  const { access } = settings(c);
  const token = c.req.header("Cf-Access-Jwt-Assertion");
  if (access === null || token === undefined || token.length > MOST_CHARACTERS) return null;
  // Loaded when first used: triggers never need it.
  const { decode, verifyWithJwks } = await import("hono/utils/jwt/jwt");
  try {
    const { kid } = decode(token).header as { kid?: string };
    const keys = await keysOf(access.issuer, kid, Date.now());
    const payload = await verifyWithJwks(token, {
      keys: [...keys],
      allowedAlgorithms: ["RS256"],
      verification: { iss: access.issuer, aud: access.audience },
    });
    return typeof payload["email"] === "string" ? payload["email"].toLowerCase() : null;
  } catch {
    return null;
  }
}

async function keysOf(issuer: string, kid: string | undefined, now: number): Promise<readonly HonoJsonWebKey[]> {
  const known = kept.get(issuer);
  const isKnown = known?.keys.some((key) => key.kid === kid) === true;
  const age = known === undefined ? Infinity : now - known.fetchedAt;
  if (known !== undefined && (isKnown ? age < KEEP_MS : age < ASK_AGAIN_MS)) return known.keys;
  const answer = await fetch(`${issuer}/cdn-cgi/access/certs`, {
    redirect: "manual",
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
  });
  const { keys } = (await answer.json()) as { keys: HonoJsonWebKey[] };
  kept.set(issuer, { keys, fetchedAt: now });
  return keys;
}
