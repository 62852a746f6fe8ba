/** Where a review link points, how long it acts, and what signs it. */
import type { Settings } from "../config/settings.ts";
import { signLink, type LinkClaims } from "./links.ts";

export async function reviewUrl(origin: string, claims: LinkClaims, secrets: readonly string[]): Promise<string> {
  return `${origin}/review/${await signLink(claims, secrets)}`;
}

/**
 * A link can act as long as its question can be open, extensions included; the question's own deadline may be earlier.
 */
export function linkExpiry(reviewExpiresAt: number, settings: Pick<Settings, "review">): number {
  return reviewExpiresAt + settings.review.extensionMs;
}

/** LINK_SECRET where it is set; otherwise links and sessions depend on the root key, and rotating it ends them. */
export function signingSecrets(settings: Pick<Settings, "linkSecrets" | "apiKey">): readonly string[] {
  return settings.linkSecrets.length > 0 ? settings.linkSecrets : [settings.apiKey];
}
