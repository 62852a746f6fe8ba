/** Slack's request signature, v0: HMAC-SHA-256 over `v0:timestamp:raw body`, good for five minutes either way. */
import { hmacKey } from "../../shared/hmac-key.ts";

const TOLERANCE_SECONDS = 300;
const VERSION = "v0";

export async function isSignedBySlack(
  headers: Headers,
  rawBody: string,
  signingSecret: string,
  now: number,
): Promise<boolean> {
  const timestamp = headers.get("X-Slack-Request-Timestamp") ?? "";
  const signature = headers.get("X-Slack-Signature") ?? "";
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const given = Uint8Array.from(signature.slice(3).match(/../g) ?? [], (hex) => parseInt(hex, 16));
  return crypto.subtle.verify(
    "HMAC",
    await hmacKey(signingSecret),
    given,
    new TextEncoder().encode(`${VERSION}:${timestamp}:${rawBody}`),
  );
}
