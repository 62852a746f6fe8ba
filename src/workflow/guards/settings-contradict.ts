/**
 * Minimum, pack and maximum may together rule out every order where one is needed. A person is then shown the smallest
 * order, though it exceeds the maximum. A maximum of 0 means "do not order" and is no contradiction.
 */
import { packOf, roundOrder } from "../../replenishment/order/constraints.ts";
import { plainRule } from "../../replenishment/order/plain-rule.ts";
import { plan } from "../../replenishment/plan.ts";
import type { OrderConstraints } from "../../replenishment/types.ts";
import type { Assessment } from "../assessment.ts";
import type { ReviewReason } from "../review.ts";
import type { Snapshot } from "../types/snapshot.ts";

/** Recommends the smallest order where the settings rule out every order; else returns the assessment unchanged. */
export function withSmallestOrder(snapshot: Snapshot, assessment: Assessment): Assessment {
  const { decision } = assessment;
  const { maxStock } = snapshot.constraints;
  const position = decision.evidence.inventoryPosition;
  if (decision.action === "restock" || maxStock === null || maxStock <= 0 || position >= maxStock) return assessment;
  const unbounded: OrderConstraints = { ...snapshot.constraints, maxStock: null };
  const smallest = roundOrder(packOf(unbounded), unbounded, position).quantity;
  if (smallest <= maxStock - position || !isNeeded(snapshot, assessment, unbounded)) return assessment;
  const why =
    `Minimum, pack and maximum stock leave no order: the smallest one, ${smallest}, lifts the stock above the ` +
    `maximum of ${maxStock}.`;
  return {
    ...assessment,
    decision: {
      ...decision,
      action: "restock",
      quantity: smallest,
      rationale: why,
      reasons: [why, ...decision.reasons],
      evidence: { ...decision.evidence, bindingConstraint: "max_stock" },
    },
    contradiction: true,
  };
}

export function leavesNoOrder(assessment: Assessment): boolean {
  return assessment.contradiction === true;
}

/** The limits of a verdict: a person who was asked about an order above the maximum may approve it. */
export function boundsOf({ constraints }: Snapshot, asked: readonly ReviewReason[]): OrderConstraints {
  return asked.includes("settings_contradict") ? { ...constraints, maxStock: null } : constraints;
}

function isNeeded(snapshot: Snapshot, { input, decision }: Assessment, constraints: OrderConstraints): boolean {
  if (input !== null) return plan({ ...input, constraints }).quantity > 0;
  const { inventoryPosition, projectedStockAtArrival } = decision.evidence;
  const tooLate = inventoryPosition - projectedStockAtArrival;
  return plainRule({ safetyStock: snapshot.safetyStock, inventoryPosition, tooLate, constraints }).quantity > 0;
}
