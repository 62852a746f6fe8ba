/** Whose Cloudflare Access token a request carries: its signature, issuer, audience and times are verified. */
import { settings, type AppContext } from "../kit/context.ts";
import { teamKeys } from "./access-keys.ts";

const MOST_CHARACTERS = 8_192;

/** The verified address in lower case; null without a token, or with an invalid one. */
export async function accessAddress(c: AppContext): Promise<string | null> {
  const { access } = settings(c);
  const token = c.req.header("Cf-Access-Jwt-Assertion");
  if (access === null || token === undefined || token.length > MOST_CHARACTERS) return null;
  // Loaded when first used: triggers never need it.
  const { decode, verifyWithJwks } = await import("hono/utils/jwt/jwt");
  try {
    const { kid } = decode(token).header as { kid?: string };
    const keys = await teamKeys(access.issuer, kid, Date.now());
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
