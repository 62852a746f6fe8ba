/** What a review link leads to beyond its own question, and for how long. */
import type { Settings } from "../../../config/settings.ts";
import type { LinkClaims } from "../../../review/links.ts";
import type { AfterAnswer } from "../../../ui/review/go-on.tsx";
import { sessionOf } from "../../auth/inbox-session.ts";
import { mayAnswer, type Reviewer } from "../../auth/reviewer.ts";
import { settings, type AppContext } from "../../kit/context.ts";
import { TAKE_BACK } from "../look/item-actions.tsx";
import { nextByMail, nextInInbox } from "./next-question.ts";
import { isExpiredUnordered, takeBackSays, type LoadedReview } from "../review-view.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { itemHref, questionHref } from "../../../ui/page-paths.ts";

/** An expired link still leads to the current question for this long; an older one opens nothing. */
const LEADS_ON_FOR_MS = 7 * DAY_MS;

/** What the button says that mails the next question. */
export const MAIL_NEXT = "mail_next";

/**
 * The holder of a link is led to the next question by mail only, unless they are signed in here as well. The answer is
 * recorded by then, so its page is shown without what comes next when the database or another object is away.
 */
export async function afterLinkAnswer(
  c: AppContext,
  claims: LinkClaims,
  reviewer: Reviewer | null,
  { workflow, view, present }: LoadedReview,
): Promise<AfterAnswer> {
  const action = new URL(c.req.url).pathname;
  const session = await sessionOf(c).catch(() => null);
  const mayMail = session === null && reviewer !== null && leadsOn(claims, reviewer, settings(c), Date.now());
  const isMailed = mayMail && (await nextByMail(c, claims, reviewer, present?.id).catch(() => null)) !== null;
  const offersBack = view?.mayTakeBack === true && reviewer !== null && mayTakeBack(c, claims, reviewer);
  return {
    next: session === null ? null : await nextInInbox(c, session, workflow.id).catch(() => null),
    mailNext: isMailed ? { action, step: MAIL_NEXT } : null,
    itemHref: itemHref(workflow),
    orderHref: isExpiredUnordered(workflow, Date.now()) && present === null ? questionHref(workflow.id) : null,
    press: offersBack
      ? { label: "Take it back", action, csrf: null, step: TAKE_BACK, says: takeBackSays(workflow) }
      : null,
  };
}

/** True for a recently expired link of somebody who may answer: it leads to the item's current question. */
export function leadsOn(claims: LinkClaims, reviewer: Reviewer | null, config: Settings, now: number): boolean {
  return (
    claims.purpose === "decide" &&
    reviewer !== null &&
    mayAnswer(config, reviewer) &&
    now < claims.expiresAt + LEADS_ON_FOR_MS
  );
}

export function mayTakeBack(c: AppContext, claims: LinkClaims, reviewer: Reviewer): boolean {
  return claims.purpose === "decide" && !isExpired(claims) && mayAnswer(settings(c), reviewer);
}

export function isExpired(claims: LinkClaims): boolean {
  return Date.now() >= claims.expiresAt;
}
