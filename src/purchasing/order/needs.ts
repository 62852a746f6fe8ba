/** Whether an order may be sent without a person. Pure. */
import { hasUnknownValue, liveLines, minimumOf, orderValue } from "./totals.ts";
import type { NeedsPerson, PurchaseOrder, PurchasePolicy } from "./types.ts";

/** Why a person is needed before the order is sent; empty = it may be sent, or wait, without one. */
export function needsPerson(order: PurchaseOrder, policy: PurchasePolicy): readonly NeedsPerson[] {
  const lines = liveLines(order);
  if (lines.length === 0) return [];
  const needs: NeedsPerson[] = linesToKeep(order).length > 0 ? ["other_supplier"] : [];
  if (mayWait(order)) return needs;
  if (policy.send === "manual") needs.push("manual");
  if (minimumOf(order)?.met === false) needs.push("minimum_not_met");
  if (policy.valueAbove !== null) {
    if (orderValue(order) > policy.valueAbove) needs.push("value_above_cap");
    else if (hasUnknownValue(order)) needs.push("value_unknown");
  }
  if (approvalsNeeded(order, policy) > 1 && !needs.includes("value_above_cap")) needs.push("value_above_cap");
  if (lines.some((line) => isOldAt(line.fact.countedAt, order.orderBy, policy) && line.firmQuantity < line.quantity))
    needs.push("old_count");
  return needs;
}

/** Products that now have another supplier, and firm units that nobody has decided to keep or remove. */
export function linesToKeep(order: PurchaseOrder): readonly string[] {
  return liveLines(order).flatMap(({ productId, fact }) => (fact.otherSupplier === true ? [productId] : []));
}

/** True below the minimum when probably nothing runs out before the next opportunity's goods arrive. */
export function mayWait(order: PurchaseOrder): boolean {
  return minimumOf(order)?.met === false && !liveLines(order).some((line) => line.fact.runsOut);
}

export function approvalsNeeded(order: PurchaseOrder, { approvalsRequiredAbove }: PurchasePolicy): number {
  return approvalsRequiredAbove !== null && orderValue(order) > approvalsRequiredAbove ? 2 : 1;
}

function isOldAt(countedAt: number | null, at: number, { countMaxAgeMs }: PurchasePolicy): boolean {
  return countedAt !== null && at - countedAt > countMaxAgeMs;
}
