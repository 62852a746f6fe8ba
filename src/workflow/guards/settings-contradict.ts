/**
 * Minimum, pack and maximum may together rule out every order where one is needed. A person is then shown the smallest
 * order, though it exceeds the maximum. A maximum of 0 means "do not order" and is no contradiction.
 */
import { lotOf } from "../../replenishment/order/constraints.ts";
import { plainRule } from "../../replenishment/order/plain-rule.ts";
import { plan } from "../../replenishment/plan.ts";
import { exactly } from "../../replenishment/words/numbers.ts";
import type { OrderConstraints } from "../../replenishment/types.ts";
import type { Assessment } from "../assessment.ts";
import type { ReviewReason } from "../review.ts";
import type { Snapshot } from "../types/snapshot.ts";

/**
 * Recommends the smallest order where the settings rule out every order; else returns the assessment unchanged.
 *
 * @param tooLate units on order that do not help the need of now. Where they alone fill the maximum, what would be
 *   ordered without them is recommended: the shelf may be empty until they come.
 */
export function withSmallestOrder(snapshot: Snapshot, assessment: Assessment, tooLate: number): Assessment {
  const { decision } = assessment;
  const { maxStock } = snapshot.constraints;
  const room = (maxStock ?? 0) - (decision.evidence.inventoryPosition - tooLate);
  if (decision.action === "restock" || maxStock === null || maxStock <= 0 || room <= 0) return assessment;
  const smallest = lotOf(snapshot.constraints);
  if (smallest <= room - tooLate) return assessment;
  const isLate = smallest <= room;
  const within = { ...snapshot.constraints, maxStock: isLate ? maxStock + tooLate : null };
  const needed = neededOrder(snapshot, assessment, within);
  if (needed <= 0) return assessment;
  const quantity = isLate ? needed : smallest;
  const why = isLate
    ? `The maximum stock of ${maxStock} leaves no room beside the ${exactly(tooLate)} on order, which come too late ` +
      `for what is needed now: ${quantity} would be ordered without them.`
    : `Minimum, pack and maximum stock leave no order: the smallest one, ${smallest}, lifts the stock above the ` +
      `maximum of ${maxStock}.`;
  return {
    ...assessment,
    decision: {
      ...decision,
      action: "restock",
      quantity,
      rationale: why,
      // The plan's first sentence is about the hold that its settings forced.
      reasons: [why, ...(assessment.plan === null ? decision.reasons : decision.reasons.slice(1))],
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

function neededOrder(snapshot: Snapshot, { input, decision }: Assessment, constraints: OrderConstraints): number {
  if (input !== null) return plan({ ...input, constraints }).quantity;
  const { inventoryPosition, projectedStockAtArrival } = decision.evidence;
  const tooLate = inventoryPosition - projectedStockAtArrival;
  return plainRule({ safetyStock: snapshot.safetyStock, inventoryPosition, tooLate, constraints }).quantity;
}
