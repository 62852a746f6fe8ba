/** Shopify signs the raw body: base64 of its HMAC-SHA256 under the app's secret, in `X-Shopify-Hmac-Sha256`. */
import { hmacKey } from "../../shared/hmac-key.ts";

const DIGEST_BYTES = 32;

/** Compares in constant time, with each secret in turn: there are two while one replaces the other. */
export async function isSignedByShopify(
  body: BufferSource,
  signature: string,
  secrets: readonly string[],
): Promise<boolean> {
  const digest = bytesOf(signature);
  if (digest === null) return false;
  let isSigned = false;
  for (const secret of secrets) {
    isSigned = (await crypto.subtle.verify("HMAC", await hmacKey(secret), digest, body)) || isSigned;
  }
  return isSigned;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return bytes.length === DIGEST_BYTES ? bytes : null;
  } catch {
    return null;
  }
}
