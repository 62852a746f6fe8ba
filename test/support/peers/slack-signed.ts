/** The headers of a request that Slack has signed. */
import { createHmac } from "node:crypto";

export const SIGNING_SECRET = "slack-signing-secret";

export function signed(body: string, timestampSeconds: number, secret = SIGNING_SECRET): Record<string, string> {
  const signature = createHmac("sha256", secret).update(`v0:${timestampSeconds}:${body}`).digest("hex");
  return {
    "Content-Type": "application/x-www-form-urlencoded",
    "X-Slack-Request-Timestamp": String(timestampSeconds),
    "X-Slack-Signature": `v0=${signature}`,
  };
}
