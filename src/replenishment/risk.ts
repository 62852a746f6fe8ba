/**
 * How a quantity fares on the simulated paths: the share in stock, the share whose regret is small.
 *
 * Regret of an order is what it cost in its arrival period beyond the best order that could have been placed knowing that
 * period's demand: units missing (shortage), or units of this order left over (holding).
 */
import type { Outlook } from "./outlook.ts";
import { regretOf } from "./regret.ts";
import { PATHS } from "./shocks.ts";
import type { PlanInput } from "./types.ts";

/** Regret up to this share of the shortage cost of the tolerated demand still counts as right. */
export const TOLERATED_SHARE = 0.2;

/** Units of demand that the regret is judged against: one period's, or the protection interval's. */
export function toleratedDemand(outlook: Outlook, input: Pick<PlanInput, "tolerance" | "leadTime" | "reviewPeriod">): number {
  const periods = input.tolerance === "period" ? 1 : input.leadTime.promised + Math.max(1, input.reviewPeriod);
  return outlook.meanDemand * periods;
}

/** Share of paths on which `quantity` is within tolerance. */
export function shareWithinTolerance(outlook: Outlook, input: PlanInput, quantity: number): number {
  const tolerance = TOLERATED_SHARE * input.costs.shortage * toleratedDemand(outlook, input);
  const { paths, stock, schedule } = outlook;
  let within = 0;
  for (let path = 0; path < PATHS; path++) {
    const demand = paths.demand[path * paths.steps + schedule.leadSteps]!;
    if (regretOf(quantity, stock[path]!, demand, input.costs) <= tolerance) within++;
  }
  return within / PATHS;
}

/** Share of paths on which the arrival period's demand is met in full. */
export function shareInStock(outlook: Outlook, quantity: number): number {
  const { paths, stock, schedule } = outlook;
  let met = 0;
  for (let path = 0; path < PATHS; path++) {
    if (stock[path]! + quantity >= paths.demand[path * paths.steps + schedule.leadSteps]!) met++;
  }
  return met / PATHS;
}

/** Mean units missing in the arrival period. */
export function meanShort(outlook: Outlook, quantity: number): number {
  const { paths, stock, schedule } = outlook;
  let short = 0;
  for (let path = 0; path < PATHS; path++) {
    short += Math.max(0, paths.demand[path * paths.steps + schedule.leadSteps]! - stock[path]! - quantity);
  }
  return short / PATHS;
}
