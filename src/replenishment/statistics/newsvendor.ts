/**
 * The one-period trade-off: how likely demand should be covered, and how much stock that takes.
 * Snyder & Shen, Fundamentals of Supply Chain Theory, 2nd ed., chapter 4.
 */
import { normalQuantile } from "./normal.ts";
import type { Costs } from "../types.ts";

/** Ratios outside these limits would ask for infinite or no stock, as costs of 0 do. */
const RATIO_FLOOR = 1e-3;
const RATIO_CEILING = 0.9995;

/** p / (p + h): the share of demand outcomes that stock should cover. */
export function criticalRatio(costs: Pick<Costs, "holding" | "shortage">): number {
  const total = costs.holding + costs.shortage;
  if (!(total > 0)) return 0.5;
  return Math.min(RATIO_CEILING, Math.max(RATIO_FLOOR, costs.shortage / total));
}

/** The shortage cost per unit at which `serviceLevel` is the critical ratio for this holding cost. */
export function shortageForServiceLevel(serviceLevel: number, holding: number): number {
  const ratio = Math.min(RATIO_CEILING, Math.max(RATIO_FLOOR, serviceLevel));
  return (holding * ratio) / (1 - ratio);
}

export interface NormalDemand {
  /** Units per period. */
  readonly mean: number;
  readonly sd: number;
}

/** Order-up-to level that covers `protection` periods of normal demand at the critical ratio. */
export function normalBaseStock(demand: NormalDemand, ratio: number, protection: number): number {
  return demand.mean * protection + normalQuantile(ratio) * demand.sd * Math.sqrt(protection);
}
