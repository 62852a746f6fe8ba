/**
 * Signing in to the inbox. A key is exchanged for a signed cookie of twelve hours: HttpOnly, SameSite, Secure but on
 * loopback. It names the key, never holds it; each request asks whether that key is still good and may review. Sessions
 * hang on LINK_SECRET and on the root key, so that changing either ends them all.
 */
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { signingSecrets } from "../../review/review-url.ts";
import { isLoopbackUrl } from "../../config/outgoing-url.ts";
import type { Settings } from "../../config/settings.ts";
import { principalOfSession } from "./authenticate.ts";
import type { Principal } from "./principal.ts";
import { settings, type AppContext } from "../kit/context.ts";

const SESSION_MS = 12 * 3_600_000;

export interface Session {
  readonly principal: Principal;
  /** What every form of this session carries. */
  readonly csrf: string;
}

export async function openSession(c: AppContext, principal: Principal): Promise<void> {
  const value = JSON.stringify([principal.keyId, Date.now() + SESSION_MS, crypto.randomUUID()]);
  await setSignedCookie(c, cookieName(c), value, cookieSecret(settings(c)), {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: !isLocal(c),
    maxAge: SESSION_MS / 1_000,
  });
}

export function closeSession(c: AppContext): void {
  deleteCookie(c, cookieName(c), { path: "/", secure: !isLocal(c) });
}

/** Null for nobody, a session that has ended, or a key that has. */
export async function sessionOf(c: AppContext): Promise<Session | null> {
  const secret = cookieSecret(settings(c));
  const value = await getSignedCookie(c, secret, cookieName(c));
  if (value === undefined || value === false) return null;
  const [keyId, expiresAt] = JSON.parse(value) as [string, number, string];
  if (Date.now() >= expiresAt) return null;
  const principal = await principalOfSession(c, keyId);
  if (principal === null || !principal.scopes.has("review")) return null;
  return { principal, csrf: await csrfOf(value, secret) };
}

/** The name's prefix makes browsers insist on Secure and on this host; on loopback there is no TLS to insist on. */
function cookieName(c: AppContext): string {
  return isLocal(c) ? "stockwarden_session" : "__Host-stockwarden_session";
}

function isLocal(c: AppContext): boolean {
  return isLoopbackUrl(c.req.url);
}

function cookieSecret(config: Settings): string {
  return `inbox-session\n${signingSecrets(config)[0]}\n${config.apiKey}`;
}

async function csrfOf(value: string, secret: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`csrf\n${value}`));
  return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
