/** Packs the input that an adviser's answer was judged on, to be kept with the decision, and unpacks it for replay. */
import type { PlanInput } from "../../replenishment/types.ts";
import type { Assessment } from "../assessment.ts";
import type { AdviceBasis } from "./advice.ts";

/** Characters of JSON. Three years of daily sales take about 6,000; what is larger would crowd the decision log. */
const LARGEST_BASIS = 12_000;

/** Null where there was nothing to judge on (the plain rule), or too much to keep. */
export function keepBasis({ input, orders }: Assessment, usualOrder: number | null): AdviceBasis | null {
  if (input === null) return null;
  // Usually all flags are set, and one boolean replaces the list; null means "not known" and stays.
  const alwaysInStock = input.inStock?.every(Boolean) === true;
  const basis = {
    input: alwaysInStock ? { ...input, inStock: null } : input,
    alwaysInStock,
    overdue: orders.overdue,
    usualOrder,
  };
  return JSON.stringify(basis).length > LARGEST_BASIS ? null : basis;
}

/** The plan's input as it was. */
export function inputOf({ input, alwaysInStock }: AdviceBasis): PlanInput {
  return alwaysInStock ? { ...input, inStock: input.history.map(() => true) } : input;
}
