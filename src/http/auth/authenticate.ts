/** Makes a `Principal` from a request's key or from an inbox session; nothing else can make one. */
import type { StoredKey } from "../../storage/api-keys.ts";
import { SCOPES, type Scope } from "../../api/scopes.ts";
import { type AppContext, settings } from "../kit/context.ts";
import { keyringOf } from "./keyring.ts";
import { mayLookUp } from "./failing-addresses.ts";
import { addressOf, countRequest } from "./limits.ts";
import { Problem } from "../../api/problems.ts";
import { principalOfPerson, type Person } from "../../workflow/person.ts";
import type { Principal, PrincipalFacts } from "./principal.ts";
import { isSameSecret } from "./same-secret.ts";

const ROOT = authenticated({
  keyId: "root",
  name: "root key",
  scopes: new Set(SCOPES),
  rateClass: "bulk",
  stores: null,
});

/** The principal of the request's key, with the scope that the route declares; else 401, 403 or 429. */
export async function authenticate(c: AppContext, scope: Scope | "any"): Promise<Principal> {
  const credential = credentialOf(c);
  const principal = credential === null ? null : await principalOfKey(c, credential);
  if (principal === null) {
    await countRequest(c, "failures", addressOf(c));
    throw unauthorized();
  }
  await countRequest(c, principal.rateClass, principal.keyId);
  if (scope !== "any" && !principal.scopes.has(scope))
    throw new Problem("forbidden", `The key lacks the scope "${scope}".`);
  return principal;
}

/** Whose key this is; null for a malformed, unknown, revoked or expired one. */
export async function principalOfKey(c: AppContext, credential: string): Promise<Principal | null> {
  if (isSameSecret(credential, settings(c).apiKey)) return ROOT;
  const now = Date.now();
  const key = await keyringOf(c.env).find(credential, now, () => mayLookUp(addressOf(c), now));
  return key === null ? null : principalOf(c, key);
}

/** The holder of a session that was opened with a key: null once that key is gone. */
export async function principalOfSession(c: AppContext, keyId: string): Promise<Principal | null> {
  if (keyId === ROOT.keyId) return ROOT;
  const key = await keyringOf(c.env).findById(keyId, Date.now());
  return key === null ? null : principalOf(c, key);
}

/** A person who is signed in to the pages. The verdict door refuses what they may not answer. */
export function personPrincipal(person: Person): Principal {
  const scopes: readonly Scope[] = person.may.includes("manage")
    ? ["read", "review", "trigger", "write"]
    : ["read", "review"];
  return authenticated({
    keyId: principalOfPerson(person.personId),
    name: person.name,
    scopes: new Set(scopes),
    rateClass: "standard",
    stores: person.stores === null ? null : new Set(person.stores),
    person,
  });
}

export function hasCredential(c: AppContext): boolean {
  return c.req.header("Authorization") !== undefined || c.req.header("X-API-Key") !== undefined;
}

function unauthorized(): Problem {
  // Every kind of bad key gets the same answer, which gives nothing away.
  return new Problem("unauthorized", "Send a valid key as Authorization: Bearer or X-API-Key.");
}

function principalOf(c: AppContext, key: StoredKey): Principal {
  const keyring = keyringOf(c.env);
  keyring.use(key, Date.now());
  const mayWrite = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (mayWrite && keyring.hasUses) c.executionCtx.waitUntil(keyring.noteUses());
  return authenticated({
    keyId: key.keyId,
    name: key.name,
    scopes: new Set(key.scopes),
    rateClass: key.rateClass,
    stores: key.stores === null ? null : new Set(key.stores),
  });
}

/** The only cast to a principal: what it holds is checked all the same. */
function authenticated(facts: PrincipalFacts): Principal {
  return facts as Principal;
}

/** The credential that was sent. A request with two counts as having none, even if one is good. */
function credentialOf(c: AppContext): string | null {
  const bearer = c.req.header("Authorization");
  const header = c.req.header("X-API-Key");
  if (bearer !== undefined && header !== undefined) return null;
  if (header !== undefined) return header;
  return /^Bearer +([!-~]+)$/i.exec(bearer ?? "")?.[1] ?? null;
}
