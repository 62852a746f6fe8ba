/** The rule for an item known only by its safety stock: below half of it, restock up to it. */
import { roundOrder, type RoundedOrder } from "./constraints.ts";
import { exactly } from "../words/numbers.ts";
import type { OrderConstraints } from "../types.ts";

/** Nothing was measured, so the rule's confidence is no better than a coin toss. */
const PLAIN_RULE_CONFIDENCE = 0.5;
/** The share of the safety stock under which the rule restocks. */
const RESTOCK_BELOW_SHARE = 0.5;

export interface PlainRuleInput {
  readonly safetyStock: number;
  readonly inventoryPosition: number;
  /** Units of the position that arrive too late for the need; they count for the maximum stock alone. Absent = 0. */
  readonly tooLate?: number;
  readonly constraints: OrderConstraints;
}

export interface PlainRuleAnswer extends RoundedOrder {
  readonly confidence: number;
  readonly reasons: readonly string[];
}

export function plainRule({
  safetyStock,
  inventoryPosition,
  tooLate = 0,
  constraints,
}: PlainRuleInput): PlainRuleAnswer {
  const inTime = inventoryPosition - tooLate;
  const short = inTime < safetyStock * RESTOCK_BELOW_SHARE;
  const { quantity, binding } = short
    ? roundOrder(safetyStock - inTime, constraints, inventoryPosition)
    : { quantity: 0, binding: null };
  const without = tooLate > 0 ? `, without ${exactly(tooLate)} that arrive too late,` : "";
  const position =
    `The inventory position of ${exactly(inventoryPosition)}${without} is ${short ? "below" : "not below"} half the ` +
    `safety stock of ${exactly(safetyStock)}.`;
  const reasons = [position, "There is no demand history and no forecast, so the plain rule decided."];
  if (binding !== null) reasons.push(`The order was bound by ${binding.replaceAll("_", " ")}.`);
  return { quantity, binding, confidence: PLAIN_RULE_CONFIDENCE, reasons };
}
