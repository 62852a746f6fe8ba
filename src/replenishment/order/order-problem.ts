/** The input of the search for the cheapest order: paths from the arrival on, stock, and prices. */
import type { DemandPaths } from "../paths/demand-paths.ts";
import type { Shelf } from "./spoilage.ts";

export interface OrderProblem {
  readonly paths: DemandPaths;
  readonly leadSteps: number;
  /** End of the steps over which leftover stock is priced. */
  readonly carryEnd: number;
  /** Stock per path when the order arrives, without it, and what its arrival step lacks then. */
  readonly stock: Float64Array;
  readonly need: Float64Array;
  readonly holding: number;
  readonly shortage: number;
  readonly ratio: number;
  readonly unmet: "lost" | "backorder";
  /** How long a unit of the order keeps, in steps; null = for good. A spoiled unit costs what a missing one does. */
  readonly shelf: Shelf | null;
  /** Cost of a later refill, charged to each step that needs one. */
  readonly refillCost: number;
}
