/** Signatures of Standard Webhooks, version 1. */
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";

const ENCODED = "whsec_";

/** `whsec_` and base64 as the standard has it; any other secret is used as raw bytes. */
export function webhookSignature(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith(ENCODED)
    ? Buffer.from(secret.slice(ENCODED.length), "base64")
    : Buffer.from(secret, "latin1");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
