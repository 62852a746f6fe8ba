/** A decision, as its sentences need it. */
import type { Contradiction } from "../confidence/contradiction.ts";
import type { PlanEvidence } from "../types.ts";

/** Quantities in the item's own units. */
export interface Decided {
  readonly quantity: number;
  readonly inStockProbability: number;
  readonly evidence: PlanEvidence;
  /** Weeks by which the season is late; below 0 = early. */
  readonly late: number;
  /** Of a first forecast and the sales, in counted units. */
  readonly contradiction: Contradiction | null;
  /** Units of the item in one unit of the outlook. */
  readonly unit: number;
  /** Counted units on the shelf below which the service level is not kept. */
  readonly leastOnShelf: number;
  /** Chance of running short with half the order. */
  readonly chanceWithHalf: number;
}
