/**
 * What happens to an unanswered question (I8): past its deadline a review counts as expired on every read and write.
 * The outcome is `hold`, or the plain rule's quantity where that policy is set and the quantity is still allowed.
 * Expiry never asks again.
 */
import { checkQuantity } from "../../replenishment/order/constraints.ts";
import { plainRule } from "../../replenishment/order/plain-rule.ts";
import { exactly } from "../../replenishment/words/numbers.ts";
import { withoutDust } from "../../shared/without-dust.ts";
import { storeDay } from "../../world/opening.ts";
import { arrivesTooLate, expiredOn } from "../asking/still-sold.ts";
import { itemTime } from "../decision-time.ts";
import type { Facts, ItemInputs } from "../facts.ts";
import { presentSnapshot } from "./validate.ts";
import { countOrders, unitsTooLate } from "../orders/on-order.ts";
import { audited, changed, done, touch, unchanged, withNode, type Transition } from "../record.ts";
import { expiryOutcomeFor } from "../asking/expiry-outcome.ts";
import { completeWith, orderOf, outcomeNotice } from "./ending.ts";
import type { Decision } from "../types/decision.ts";
import type { Workflow } from "../types/workflow.ts";

/** The facts that expiry needs, none of which can fail to load. */
export type ExpiryFacts = Pick<Facts, "openOrders" | "receivedSince" | "policy" | "world"> & {
  readonly inputs: Pick<ItemInputs, "terms" | "unavailable">;
};

export function isPastDeadline(workflow: Workflow, now: number): boolean {
  return workflow.status === "awaiting_human_review" && workflow.review !== null && now >= workflow.review.expiresAt;
}

export function expire(workflow: Workflow, facts: ExpiryFacts, now: number): Transition {
  if (!isPastDeadline(workflow, now) || workflow.review === null || workflow.decision === null)
    return unchanged(workflow);
  const decision = decisionOnExpiry(workflow, workflow.decision, facts, now);
  const closed = touch(
    workflow,
    {
      review: {
        ...workflow.review,
        status: "expired",
        decidedAt: workflow.review.expiresAt,
        decidedBy: "expiry",
        channel: "expiry",
        remindAt: null,
      },
      nodes: withNode(workflow.nodes, done("review", 0, "expired")),
      audit: audited(workflow, { at: now, event: "expired", actor: "expiry", channel: "expiry" }),
    },
    now,
  );
  const expired = completeWith(closed, decision, "expired", now, { actor: "expiry" });
  return changed(expired, { order: orderOf(expired, decision, now), notices: [outcomeNotice(expired)] });
}

function decisionOnExpiry(workflow: Workflow, asked: Decision, facts: ExpiryFacts, now: number): Decision {
  // Uses present bounds: settings may have changed since the question was asked.
  const snapshot = presentSnapshot(workflow.snapshot, facts, now);
  const hold: Decision = {
    ...asked,
    action: "hold",
    quantity: 0,
    decidedBy: "expiry",
    rationale: "Nobody answered in time, so nothing is ordered.",
    reasons: ["The review expired.", ...asked.reasons],
  };
  if (expiryOutcomeFor(workflow.review?.reasons ?? [], facts.policy) === "hold") return hold;
  const orders = countOrders(
    facts.openOrders,
    snapshot,
    facts.policy.orderSyncMs,
    itemTime(snapshot, now),
    facts.receivedSince,
  );
  const today = storeDay(now, facts.world.store);
  const onHand = snapshot.onHand - expiredOn(snapshot, today);
  const inventoryPosition = withoutDust(onHand + facts.receivedSince + orders.total - snapshot.backordered);
  const safetyStock = arrivesTooLate(snapshot, today) ? 0 : snapshot.safetyStock;
  const tooLate = unitsTooLate(orders, snapshot, itemTime(snapshot, now));
  const rule = plainRule({ safetyStock, inventoryPosition, tooLate, constraints: snapshot.constraints });
  if (rule.quantity <= 0 || checkQuantity(rule.quantity, snapshot.constraints, inventoryPosition) !== null) return hold;
  return {
    ...hold,
    action: "restock",
    quantity: rule.quantity,
    confidence: rule.confidence,
    fallback: true,
    rationale: `Nobody answered in time, so the plain rule orders ${exactly(rule.quantity)}.`,
    reasons: ["The review expired.", ...rule.reasons],
  };
}
