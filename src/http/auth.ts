/**
 * Who is asking. A `Principal` can only be made here, and every guarded handler takes one: auth is enforced by the
 * middleware and by the types.
 */
import { timingSafeEqual } from "node:crypto";
import { type AppContext, settings } from "./context.ts";
import { Problem } from "./problem.ts";

export const SCOPES = ["trigger", "read", "review", "write", "metrics", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

declare const authenticated: unique symbol;

export interface Principal {
  readonly [authenticated]: true;
  /** Stable id of the key; `root` for the root key. Tells people apart in reviews. */
  readonly keyId: string;
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
}

const ROOT = { keyId: "root", name: "root key", scopes: new Set(SCOPES) } as unknown as Principal;

/** The principal of the request's key, with the scope that the route declares; else 401 or 403. */
export async function authenticate(c: AppContext, scope: Scope): Promise<Principal> {
  const credential = credentialOf(c);
  const principal = credential === null ? null : await principalOfKey(c, credential);
  if (principal === null) throw unauthorized();
  if (!principal.scopes.has(scope)) throw new Problem("forbidden", `The key lacks the scope "${scope}".`);
  return principal;
}

/** Whose key this is; null for an unknown, revoked or expired one. */
export async function principalOfKey(c: AppContext, key: string): Promise<Principal | null> {
  return (await isEqual(key, settings(c).apiKey)) ? ROOT : null;
}

/** The holder of a session that was opened with a key: null once that key is gone. */
export async function principalOfSession(_c: AppContext, keyId: string): Promise<Principal | null> {
  return keyId === ROOT.keyId ? ROOT : null;
}

export function unauthorized(): Problem {
  // One answer for every kind of bad key: nothing to learn from it.
  return new Problem("unauthorized", "Send a valid key as Authorization: Bearer or X-API-Key.", {
    headers: { "WWW-Authenticate": 'Bearer realm="stockwarden"' },
  });
}

/** The one credential that was sent; two different ones are none. */
function credentialOf(c: AppContext): string | null {
  const bearer = c.req.header("Authorization");
  const header = c.req.header("X-API-Key");
  if (bearer !== undefined && header !== undefined) return null;
  if (header !== undefined) return header;
  return /^Bearer ([!-~]+)$/.exec(bearer ?? "")?.[1] ?? null;
}

/** Digests have one length, so the comparison takes the same time whatever was sent. */
async function isEqual(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all([given, expected].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
  return timingSafeEqual(new Uint8Array(a!), new Uint8Array(b!));
}
