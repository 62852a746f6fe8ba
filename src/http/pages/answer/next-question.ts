/**
 * The next question for somebody who has just answered one.
 *
 * Who is signed in is led to it. The holder of a link is not: a link may have been passed on, and it proves whose name
 * it carries for its one question only. They can have the next one mailed, and it goes to the address of the link's
 * recipient alone, once for each question.
 */
import { recipientsOf, type Reviewed } from "../../../review/asking/recipients.ts";
import type { LinkClaims } from "../../../review/links.ts";
import { headline } from "../../../review/question.ts";
import type { AfterAnswer } from "../../../ui/review/go-on.tsx";
import { storageOf } from "../../../storage/storage.ts";
import { inTime } from "../../../shared/waiting/in-time.ts";
import { storeObject } from "../../../store/store-worlds.ts";
import type { ListedReview } from "../../../workflow/asking/listed-review.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import type { Session } from "../../auth/inbox-session.ts";
import { rosterOf } from "../../auth/roster.ts";
import type { Reviewer } from "../../auth/reviewer.ts";
import { settings, type AppContext } from "../../kit/context.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { reviewerOf } from "../with-session.tsx";
import { untouched, type Shown } from "./take-answer.ts";
import { questionHref } from "../../../ui/page-paths.ts";

/** Of the questions that end first: a reader who has none among them opens the inbox. */
const MOST_LOOKED_AT = 20;

/** Null = none that this person has not answered yet, and that is not one of `except`. */
async function nextQuestion(
  c: AppContext,
  { actor, limits }: Reviewer,
  except: readonly (string | undefined)[],
  wasAsked: (listed: ListedReview, workflow: Workflow) => boolean | Promise<boolean> = () => true,
): Promise<ListedReview | null> {
  const filter = { store: "", search: "", stores: limits.stores };
  const listed = await storageOf(c.env).queue.reviews("pending", filter, null, MOST_LOOKED_AT, Date.now());
  for (const one of listed) {
    if (except.includes(one.workflowId)) continue;
    const workflow = await itemObject(c, one).read(one.workflowId);
    if (workflow?.status !== "awaiting_human_review") continue;
    if (workflow.review?.approvals.some((given) => given.actor.principal === actor.principal) === true) continue;
    if (await wasAsked(one, workflow)) return one;
  }
  return null;
}

/** Among those that the link's recipient was asked; null also where nothing can be mailed to them. */
export async function nextByMail(
  c: AppContext,
  { recipient, workflowId }: Pick<LinkClaims, "recipient" | "workflowId">,
  reviewer: Reviewer,
  /** The item's present question, to which the page leads by itself. */
  present: string | undefined = undefined,
): Promise<ListedReview | null> {
  const to = await mailboxOf(c, recipient);
  const { email } = settings(c);
  if (to === null || email === null || !reviewer.limits.mayReview) return null;
  const worlds = new Map<string, Promise<Reviewed>>();
  return nextQuestion(c, reviewer, [workflowId, present], async ({ storeId }, { deliveries }) => {
    if (deliveries.some((one) => one.channel === "email" && one.recipient?.toLowerCase() === to.address)) return true;
    // Questions that came with a morning's mail made none of their own.
    const world = worlds.get(storeId) ?? inTime(storeObject(c.env, storeId).world(storeId));
    worlds.set(storeId, world);
    return recipientsOf(await world, email.to, Date.now()).some(({ address }) => address.toLowerCase() === to.address);
  });
}

export async function mailNext(c: AppContext, claims: LinkClaims, reviewer: Reviewer): Promise<Shown> {
  const next = await nextByMail(c, claims, reviewer);
  const to = await mailboxOf(c, claims.recipient);
  if (next === null || to === null)
    return { ...untouched(null), notice: { tone: "green", title: "Nothing else waits for you", text: "" } };
  await itemObject(c, next).askPeople({
    schema: 1,
    workflowId: next.workflowId,
    people: [to],
    actor: reviewer.actor,
    isOwnWish: true,
    isAgain: true,
  });
  const text = "The next question is in your mail, with a link of its own.";
  return { ...untouched(null), notice: { tone: "green", title: "Look into your mail", text } };
}

/** Where the link's recipient is reached; null = nowhere, as with a link for a channel. */
async function mailboxOf(
  c: AppContext,
  recipient: string,
): Promise<{ readonly personId: string | null; readonly address: string } | null> {
  const roster = await rosterOf(c.env);
  const person = roster.byEmail(recipient) ?? roster.byId(recipient);
  if (person !== null) return { personId: person.personId, address: person.email };
  return recipient.includes("@") ? { personId: null, address: recipient.toLowerCase() } : null;
}

/** Where a session goes on. */
export async function nextInInbox(c: AppContext, session: Session, after: string): Promise<AfterAnswer["next"]> {
  const next = await nextQuestion(c, reviewerOf(session), [after]);
  return next === null ? null : { href: questionHref(next.workflowId), title: `${nextTitle(next)}?` };
}

function nextTitle(listed: ListedReview): string {
  return headline({ ...listed, ...(listed.recommendation ?? { action: "hold", quantity: 0 }) });
}
