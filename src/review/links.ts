/**
 * Review links: one per reviewer and review, signed, and valid for one question only.
 *
 * - The signature covers purpose, key id, workflow, revision, recipient and expiry; any other text is no token.
 * - A token has exactly one spelling: base64url that does not re-encode to itself is refused.
 * - Verification is constant-time (WebCrypto) and distinguishes a wrong token from an expired one: a page can
 *   then show what happened to the question. An expired token never acts.
 */
import { hmacKey } from "../shared/hmac-key.ts";

/** What the holder may do: `decide` carries a person's verdict, `look` only shows the page (shared in a channel). */
export type LinkPurpose = "decide" | "look";

export interface LinkClaims {
  readonly purpose: LinkPurpose;
  readonly workflowId: string;
  readonly revision: number;
  /** Who the link was made for; two links of the same person count once. */
  readonly recipient: string;
  /** Epoch ms after which the link shows, but decides nothing. */
  readonly expiresAt: number;
}

export type VerifiedLink =
  | { readonly ok: true; readonly claims: LinkClaims; readonly expired: boolean }
  | { readonly ok: false };

/** Longer than any token of ours, so a hostile one cannot cost a hash over megabytes. */
const TOKEN_MAX_LENGTH = 2_048;
/** Bytes of the secret's digest that name it: enough to pick one of two, useless to guess it. */
const KEY_ID_BYTES = 6;
const DOMAIN = "stockwarden.review-link.1";

/** Signs with the first secret. */
export async function signLink(claims: LinkClaims, secrets: readonly string[]): Promise<string> {
  const secret = secrets[0];
  if (secret === undefined) throw new Error("no secret to sign review links with");
  const keyId = await keyIdOf(secret);
  const payload = toBase64Url(
    new TextEncoder().encode(
      JSON.stringify([claims.purpose, claims.workflowId, claims.revision, claims.recipient, claims.expiresAt]),
    ),
  );
  const signature = await crypto.subtle.sign("HMAC", await hmacKey(secret), signedBytes(keyId, payload));
  return `${keyId}.${payload}.${toBase64Url(new Uint8Array(signature))}`;
}

/** Verifies against every secret still in use, by key id. */
export async function verifyLink(token: string, secrets: readonly string[], now: number): Promise<VerifiedLink> {
  if (token.length > TOKEN_MAX_LENGTH) return { ok: false };
  const [keyId, payload, signatureText, ...rest] = token.split(".");
  if (keyId === undefined || payload === undefined || signatureText === undefined || rest.length > 0)
    return { ok: false };
  const signature = fromBase64Url(signatureText);
  const claimBytes = fromBase64Url(payload);
  if (signature === null || claimBytes === null) return { ok: false };
  for (const secret of secrets) {
    if ((await keyIdOf(secret)) !== keyId) continue;
    if (!(await crypto.subtle.verify("HMAC", await hmacKey(secret), signature, signedBytes(keyId, payload)))) continue;
    const claims = readClaims(claimBytes);
    if (claims !== null) return { ok: true, claims, expired: now >= claims.expiresAt };
  }
  return { ok: false };
}

function signedBytes(keyId: string, payload: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(`${DOMAIN}\n${keyId}\n${payload}`));
}

async function keyIdOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${DOMAIN}.key-id\n${secret}`));
  return toBase64Url(new Uint8Array(digest).slice(0, KEY_ID_BYTES));
}

function readClaims(bytes: Uint8Array): LinkClaims | null {
  try {
    const [purpose, workflowId, revision, recipient, expiresAt, ...rest] = JSON.parse(
      new TextDecoder().decode(bytes),
    ) as unknown[];
    if (
      (purpose !== "decide" && purpose !== "look") ||
      typeof workflowId !== "string" ||
      typeof revision !== "number" ||
      typeof recipient !== "string" ||
      typeof expiresAt !== "number" ||
      rest.length > 0
    ) {
      return null;
    }
    return { purpose, workflowId, revision, recipient, expiresAt };
  } catch {
    return null;
  }
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** Null unless the text is the one canonical spelling of its bytes. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return toBase64Url(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
