/** Where a link to a question or an order points, how long it acts, and what signs it. */
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

/** A person's own link to a purchase order: it acts until the cut-off, and shows the order after it. */
export async function orderUrl(
  origin: string,
  order: { readonly id: string; readonly revision: number; readonly orderBy: number },
  recipient: string,
  secrets: readonly string[],
): Promise<string> {
  const { id, revision, orderBy } = order;
  const claims = { purpose: "decide", workflowId: id, revision, recipient, expiresAt: orderBy } as const;
  return `${origin}/order-link/${await signLink(claims, secrets)}`;
}
