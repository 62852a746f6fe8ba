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
  readonly constraints: OrderConstraints;
}

export interface PlainRuleAnswer extends RoundedOrder {
  readonly confidence: number;
  readonly reasons: readonly string[];
}

export function plainRule({ safetyStock, inventoryPosition, constraints }: PlainRuleInput): PlainRuleAnswer {
  const short = inventoryPosition < safetyStock * RESTOCK_BELOW_SHARE;
  const { quantity, binding } = short
    ? roundOrder(safetyStock - inventoryPosition, constraints, inventoryPosition)
    : { quantity: 0, binding: null };
  const position =
    `The inventory position of ${exactly(inventoryPosition)} is ${short ? "below" : "not below"} half the safety ` +
    `stock of ${exactly(safetyStock)}.`;
  const reasons = [position, "There is no demand history and no forecast, so the plain rule decided."];
  if (binding !== null) reasons.push(`The order was bound by ${binding.replaceAll("_", " ")}.`);
  return { quantity, binding, confidence: PLAIN_RULE_CONFIDENCE, reasons };
}
