/** The decision of an item without history and without forecast: the plain rule's, labelled as a fallback. */
import { exactly } from "../replenishment/words/numbers.ts";
import { withoutDust } from "../shared/without-dust.ts";
import { plainRule } from "../replenishment/order/plain-rule.ts";
import type { CountedOrders } from "./orders/on-order.ts";
import type { Decision } from "./types/decision.ts";
import type { Snapshot } from "./types/snapshot.ts";

/** `tooLate`: units of the inventory position that do not help the need of now. */
export function plainDecision(
  snapshot: Snapshot,
  inventoryPosition: number,
  tooLate: number,
  unavailable: boolean,
): Decision {
  const { safetyStock, constraints } = snapshot;
  const rule = plainRule({ safetyStock, inventoryPosition, tooLate, constraints });
  const projectedStockAtArrival = withoutDust(inventoryPosition - tooLate);
  const why = unavailable ? ["Demand data could not be read, so the plain rule decides."] : [];
  return {
    action: rule.quantity > 0 ? "restock" : "hold",
    quantity: rule.quantity,
    confidence: rule.confidence,
    calendar: snapshot.calendar ?? null,
    forecastConfidence: 0,
    inStockProbability: null,
    decidedBy: "fallback",
    fallback: true,
    rationale: rule.reasons[0] ?? "The plain rule decides.",
    reasons: [...why, ...rule.reasons],
    evidence: {
      inventoryPosition,
      projectedStockAtArrival,
      demandQuantile: 0,
      criticalRatio: snapshot.costs.shortage / (snapshot.costs.shortage + snapshot.costs.holding),
      bindingConstraint: rule.binding,
      stockoutProbabilityIfHold: projectedStockAtArrival > 0 ? 0.5 : 1,
      meanDemandPerDay: null,
      leadTimeDays: snapshot.leadTimeDays,
      reviewPeriodDays: snapshot.reviewPeriodDays,
    },
    model: null,
    tokens: null,
    costUsd: null,
  };
}

export function overdueReasons(orders: CountedOrders): string[] {
  return orders.overdue.map(
    (order) =>
      `An open order of ${exactly(order.quantity)} is overdue and no longer counts, which lowers the confidence.`,
  );
}
