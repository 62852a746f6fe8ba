/** What one reviewer may decide: their stores, the value of an order, and that nobody approves what they asked for. */
import { orderValue } from "../orders/money.ts";
import type { Refusal } from "../record.ts";
import type { ReviewerLimits, ReviewPolicy, Verdict } from "../review.ts";
import type { Snapshot } from "../types/snapshot.ts";
import type { Workflow } from "../types/workflow.ts";
import { reachesStore } from "../../shared/reach.ts";
import { withoutDust } from "../../shared/without-dust.ts";

export const NO_LIMITS: ReviewerLimits = { stores: null, mayReview: true, valueLimit: null, countsForQuorum: true };

/** Why this reviewer may not answer this question at all; null = may. */
export function strangerRefusal(workflow: Workflow, limits: ReviewerLimits = NO_LIMITS): Refusal | null {
  if (!limits.mayReview) return { reason: "not_allowed", message: "You may look at questions, but not answer them." };
  if (!reachesStore(limits.stores, workflow.storeId))
    return { reason: "not_allowed", message: "This question is about a store that is not yours." };
  return null;
}

/** Why this reviewer may not let this quantity be ordered; null = may. */
export function orderRefusal(
  { sentBy, alsoSentBy }: Workflow,
  { actor, limits = NO_LIMITS }: Verdict,
  order: { readonly snapshot: Snapshot; readonly quantity: number; readonly needed: number },
  policy: ReviewPolicy,
): Refusal | null {
  if (policy.fourEyes === true && (sentBy === actor.principal || alsoSentBy?.includes(actor.principal) === true))
    return { reason: "same_person", message: "You sent this trigger, so somebody else has to approve it." };
  if (order.needed > 1 && !limits.countsForQuorum)
    return { reason: "not_allowed", message: "This order needs two people, and this channel cannot say who you are." };
  const message = aboveLimit(orderValue(order.snapshot, order.quantity), limits);
  return message === null ? null : { reason: "not_allowed", message };
}

/** Why a reviewer may not order what has this value, in the store's money: null is unknown. Null = they may. */
export function aboveLimit(value: number | null, { valueLimit }: Pick<ReviewerLimits, "valueLimit">): string | null {
  if (valueLimit === null) return null;
  if (value === null) return "The order's value is unknown, and your approvals have a value limit.";
  return withoutDust(value) > valueLimit
    ? `The order's value is above your limit of ${valueLimit} in the store's currency.`
    : null;
}
