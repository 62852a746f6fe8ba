/**
 * A link shows what it was made for only while its holder may see that: a person who was deleted, or who is bound to
 * other stores by now, sees nothing of it (I19).
 */
import { MessagePage } from "../../ui/message-page.tsx";
import { linkReviewer } from "../auth/reviewer.ts";
import { verifyLink, type LinkClaims } from "../../review/links.ts";
import { signingSecrets } from "../../review/review-url.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { page } from "./page.ts";

const LISTED_NO_LONGER = {
  title: "This link has ended",
  line: "The person it was made for is no longer listed.",
} as const;
const OF_ANOTHER_STORE = {
  title: "This is about another store",
  line: "The person this link was made for is bound to other stores, so it shows nothing.",
} as const;

/** Null = it is no link of ours, or it was signed too long ago. */
export async function claimsOf(c: AppContext, token: string): Promise<LinkClaims | null> {
  const verified = await verifyLink(token, signingSecrets(settings(c)), Date.now());
  return verified.ok ? verified.claims : null;
}

export function wrongLink(c: AppContext, instead: string): Response {
  const why = "It may have been cut off when it was copied, or it was signed too long ago.";
  return page(c, <MessagePage title="This link does not work" lines={[why, instead]} />, 404);
}

/** The page to answer instead; null = they may see it. `storeOf` is called only for a person who is bound to stores. */
export async function hiddenFromHolder(
  c: AppContext,
  recipient: string,
  storeOf: () => Promise<{ readonly storeId: string }>,
): Promise<Response | null> {
  const holder = await linkReviewer(c, recipient);
  const stores = holder?.limits.stores ?? null;
  if (holder !== null && (stores === null || stores.includes((await storeOf()).storeId))) return null;
  const { title, line } = holder === null ? LISTED_NO_LONGER : OF_ANOTHER_STORE;
  return page(c, <MessagePage title={title} lines={[line]} />, c.req.method === "POST" ? 403 : 404);
}
