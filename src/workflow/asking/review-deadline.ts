/**
 * What happens to an open question as time passes, apart from its expiry: it is extended, people are reminded, others
 * are asked.
 */
import { expire, isPastDeadline } from "../steps/expire.ts";
import type { Facts } from "../facts.ts";
import { audited, changed, entryBy, touch, unchanged, type Transition } from "../record.ts";
import { refusalOf } from "../refusals.ts";
import type { Actor, Review, ReviewerLimits, ReviewPolicy } from "../review.ts";
import { strangerRefusal } from "./reviewer-limits.ts";
import { afterAnswerTime } from "./answer-time.ts";
import type { StoreFacts } from "../../world/types.ts";
import type { Snapshot } from "../types/snapshot.ts";
import type { Workflow } from "../types/workflow.ts";

const EXTENSION_OFF = "Deadlines are not put off here: REVIEW_EXTENSION_SECONDS is not set.";

/** A reviewer puts the deadline off, within the limit that policy sets over the whole review. */
export function extend(
  workflow: Workflow,
  { byMs, actor, limits }: { readonly byMs: number; readonly actor: Actor; readonly limits?: ReviewerLimits },
  facts: Facts,
  now: number,
): Transition {
  const { review } = workflow;
  if (workflow.status !== "awaiting_human_review" || review === null) return unchanged(workflow, refusalOf(workflow));
  if (isPastDeadline(workflow, now)) return { ...expire(workflow, facts, now), refusal: { reason: "expired" } };
  const stranger = strangerRefusal(workflow, limits);
  if (stranger !== null) return unchanged(workflow, stranger);
  if (facts.policy.extensionMs === 0) return unchanged(workflow, { reason: "not_allowed", message: EXTENSION_OFF });
  const { store } = facts.world;
  const wished = afterAnswerTime(review.expiresAt, byMs, store);
  const expiresAt = Math.min(wished, latestDeadline({ ...workflow, review }, facts.policy, store));
  if (expiresAt <= review.expiresAt) return unchanged(workflow);
  const detail = `${expiresAt - review.expiresAt} ms`;
  const extended = touch(
    workflow,
    {
      review: { ...review, expiresAt },
      audit: audited(workflow, { at: now, event: "extended", ...entryBy(actor), detail }),
    },
    now,
  );
  return changed(extended, {
    notices: [{ workflowId: extended.id, revision: extended.revision, purpose: "facts_updated" }],
  });
}

/**
 * The latest deadline that extensions may reach, counted in the hours in which people answer. It is never earlier than
 * the present one and not past the cut-off, since an order approved after it comes too late.
 */
export function latestDeadline(
  { review, snapshot }: { readonly review: Review; readonly snapshot: Snapshot },
  policy: Pick<ReviewPolicy, "ttlMs" | "extensionMs">,
  store: StoreFacts | null,
): number {
  const full = review.fullTimeEndsAt ?? review.askedAt + policy.ttlMs;
  const orderBy = snapshot.calendar?.orderBy ?? Infinity;
  const latest = afterAnswerTime(full, policy.extensionMs, store);
  return Math.max(review.expiresAt, orderBy > review.askedAt ? Math.min(latest, orderBy) : latest);
}

/** The reminder is due: once per question. */
export function remind(workflow: Workflow, now: number): Transition {
  const { review } = workflow;
  if (workflow.status !== "awaiting_human_review" || review?.remindAt == null || now < review.remindAt)
    return unchanged(workflow);
  const reminded = touch(
    workflow,
    {
      review: { ...review, remindAt: null },
      audit: audited(workflow, { at: now, event: "reminded", actor: "stockwarden" }),
    },
    now,
  );
  return changed(reminded, { notices: [{ workflowId: reminded.id, revision: reminded.revision, purpose: "remind" }] });
}

/** Time is running out and nobody has answered: a second list of people is asked, once per question. */
export function escalate(workflow: Workflow, now: number): Transition {
  const { review } = workflow;
  if (workflow.status !== "awaiting_human_review" || review?.escalateAt == null || now < review.escalateAt)
    return unchanged(workflow);
  const escalated = touch(
    workflow,
    {
      review: { ...review, escalateAt: null },
      audit: audited(workflow, { at: now, event: "escalated", actor: "stockwarden" }),
    },
    now,
  );
  return changed(escalated, {
    notices: [{ workflowId: escalated.id, revision: escalated.revision, purpose: "escalate" }],
  });
}
