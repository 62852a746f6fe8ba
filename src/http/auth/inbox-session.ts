/**
 * Who is signed in to the pages: the holder of a key or a person of the roster, by a session of twelve hours, or a
 * person whom Cloudflare Access vouches for with each request.
 *
 * - The cookie is signed, HttpOnly, SameSite and Secure (for Safari not on loopback). It holds a random name; the
 *   database knows whose it is, so signing out really ends it.
 * - Each request asks whether the key is still good and may review, or the person is still on the roster.
 * - It counts against a limit of its holder: a key must not get past its own by signing in.
 * - Sessions depend on LINK_SECRET and on the root key: changing either ends them all.
 */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { signingSecrets } from "../../review/review-url.ts";
import { isLoopbackUrl } from "../../config/outgoing-url.ts";
import type { Settings } from "../../config/settings.ts";
import { sha256Hex } from "../../shared/sha256.ts";
import type { StoredSession } from "../../storage/people/session-store.ts";
import { storageOf } from "../../storage/storage.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { accessAddress } from "./access-token.ts";
import { personPrincipal, principalOfSession } from "./authenticate.ts";
import { countRequest } from "./limits.ts";
import type { Principal } from "./principal.ts";
import { rosterOf } from "./roster.ts";
import { HOUR_MS } from "../../shared/durations.ts";
import { hmacKey } from "../../shared/hmac-key.ts";

const SESSION_MS = 12 * HOUR_MS;

export interface Session {
  readonly principal: Principal;
  /** What every form of this session carries. */
  readonly csrf: string;
}

export async function openSession(c: AppContext, kind: StoredSession["kind"], subject: string): Promise<void> {
  const value = crypto.randomUUID();
  const now = Date.now();
  await storageOf(c.env).sessions.open({
    sessionId: sha256Hex(value),
    kind,
    subject,
    createdAt: now,
    expiresAt: now + SESSION_MS,
  });
  await setSignedCookie(c, cookieName(c), value, cookieSecret(settings(c)), {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: keepsSecure(c),
    maxAge: SESSION_MS / 1_000,
  });
}

/** True when what a form or a script sent is this session's token; compared in constant time. */
export function holdsToken({ csrf }: Session, sent: string | null | undefined): boolean {
  const [given, expected] = [Buffer.from(sent ?? ""), Buffer.from(csrf)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Ends the session wherever its cookie is. */
export async function closeSession(c: AppContext): Promise<void> {
  const value = await cookieOf(c);
  if (value !== null) await storageOf(c.env).sessions.end(sha256Hex(value));
  deleteCookie(c, cookieName(c), { path: "/", secure: keepsSecure(c) });
}

/** Null for nobody, an ended session, or a key or person that no longer exists. */
export async function sessionOf(c: AppContext): Promise<Session | null> {
  const secret = cookieSecret(settings(c));
  const session = (await sessionOfCookie(c, secret)) ?? (await sessionOfAccess(c, secret));
  // The larger limit, since people click faster than programs should ask.
  if (session !== null) await countRequest(c, "bulk", session.principal.keyId);
  return session;
}

async function sessionOfCookie(c: AppContext, secret: string): Promise<Session | null> {
  const value = await cookieOf(c);
  const stored = value === null ? null : await storageOf(c.env).sessions.get(sha256Hex(value), Date.now());
  const principal = stored === null ? null : await principalOfStored(c, stored);
  return principal?.scopes.has("review") === true ? { principal, csrf: await csrfOf(value!, secret) } : null;
}

async function sessionOfAccess(c: AppContext, secret: string): Promise<Session | null> {
  const address = await accessAddress(c);
  const person = address === null ? null : (await rosterOf(c.env)).byEmail(address);
  if (person === null) return null;
  return { principal: personPrincipal(person), csrf: await csrfOf(`access\n${person.personId}`, secret) };
}

async function principalOfStored(c: AppContext, { kind, subject }: StoredSession): Promise<Principal | null> {
  if (kind === "key") return principalOfSession(c, subject);
  const person = (await rosterOf(c.env)).byId(subject);
  return person === null ? null : personPrincipal(person);
}

async function cookieOf(c: AppContext): Promise<string | null> {
  const value = await getSignedCookie(c, cookieSecret(settings(c)), cookieName(c));
  return value === undefined || value === false ? null : value;
}

/** The name's prefix makes browsers insist on TLS and on this host; on loopback there is no TLS to insist on. */
function cookieName(c: AppContext): string {
  return isLocal(c) ? "stockwarden_session" : "__Host-stockwarden_session";
}

/** Safari alone refuses a Secure cookie of a loopback address without TLS. */
function keepsSecure(c: AppContext): boolean {
  return !isLocal(c) || !/ Version\/\S+ .*Safari\//.test(c.req.header("User-Agent") ?? "");
}

function isLocal(c: AppContext): boolean {
  return isLoopbackUrl(c.req.url);
}

function cookieSecret(config: Settings): string {
  return `inbox-session\n${signingSecrets(config)[0]}\n${config.apiKey}`;
}

async function csrfOf(value: string, secret: string): Promise<string> {
  const mac = await crypto.subtle.sign("HMAC", await hmacKey(secret), new TextEncoder().encode(`csrf\n${value}`));
  return Buffer.from(mac).toString("hex");
}
