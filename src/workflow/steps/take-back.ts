/**
 * A person takes an answer back before it had any effect outside. The answer stays on record (I4), its unsent order or
 * its No ends, and people are asked about the item again.
 */
import { strangerRefusal } from "../asking/reviewer-limits.ts";
import type { StandingNo } from "../no.ts";
import { audited, changed, entryBy, touch, unchanged, type Transition } from "../record.ts";
import type { Actor, ReviewerLimits } from "../review.ts";
import { standsAt } from "../standing-no.ts";
import type { Workflow } from "../types/workflow.ts";

export interface TakingBack {
  readonly actor: Actor;
  readonly limits?: ReviewerLimits;
  /** The answer's order waits in a purchase order that is still open. */
  readonly hasUnsentOrder: boolean;
  /** The item's present No. */
  readonly standingNo: StandingNo | null;
  /** Of the item's newest count. */
  readonly newest: Workflow | null;
}

export function takeBack(workflow: Workflow, asked: TakingBack, now: number): Transition {
  const { actor, hasUnsentOrder, newest } = asked;
  const { review, purchase } = workflow;
  const stranger = strangerRefusal(workflow, asked.limits);
  if (stranger !== null) return unchanged(workflow, stranger);
  if (review?.takenBack !== undefined) {
    return review.takenBack.principal === actor.principal
      ? unchanged(workflow)
      : unchanged(workflow, tooLate(`${review.takenBack.by} took this answer back already.`));
  }
  const hasEffect = hasUnsentOrder || holdsBack(workflow, asked.standingNo, now);
  if (review?.verdict == null || !hasEffect) return unchanged(workflow, tooLate(whyTooLate(workflow)));
  const taken = touch(
    workflow,
    {
      review: { ...review, takenBack: { at: now, by: actor.label, principal: actor.principal } },
      audit: audited(workflow, { at: now, event: "taken_back", ...entryBy(actor) }),
      ...(purchase === undefined || !hasUnsentOrder ? {} : { purchase: { ...purchase, status: "cancelled" as const } }),
    },
    now,
  );
  return changed(taken, { others: newest === null ? [] : withoutNo(newest, workflow.id, now) });
}

/** True while this workflow's No answers the item's triggers. */
export function holdsBack({ id, review }: Workflow, no: StandingNo | null, now: number): boolean {
  return review?.verdict != null && no?.workflowId === id && standsAt(no, now);
}

/** The newest count may carry the No along. */
function withoutNo(newest: Workflow, takenBack: string, now: number): Workflow[] {
  if (newest.id === takenBack || newest.carriedNo?.workflowId !== takenBack) return [];
  const { carriedNo: _, ...rest } = newest;
  return [touch(rest, {}, now)];
}

function whyTooLate({ review, decision }: Workflow): string {
  if (review === null) return "Nobody was asked about this, so there is no answer to take back.";
  if (review.verdict == null) return "Nobody answered this question, so there is no answer to take back.";
  return (decision?.quantity ?? 0) > 0
    ? "The order is sent, or was cancelled already. Call the supplier, then cancel it on its page."
    : "This answer holds nothing back any more: its time is over, or something newer was decided.";
}

function tooLate(message: string) {
  return { reason: "too_late", message } as const;
}
