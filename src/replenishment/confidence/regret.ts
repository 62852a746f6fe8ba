/**
 * What an order cost beyond the best one that could have been placed knowing the arrival period's demand. An order
 * cannot be smaller than a lot, so what is left of one lot is no mistake while it sells within a quarter of a year,
 * before it spoils and before demand ends.
 */
import { lotOf } from "../order/constraints.ts";
import type { Costs, PlanInput } from "../types.ts";

export const LOT_DAYS = 91;

/**
 * Currency. `stock`: units when the order arrives, without it; `demand`: of the arrival period; `most`: the largest
 * order that the maximum stock allowed, beyond which nothing is missing by mistake.
 */
export function regretOf(
  quantity: number,
  stock: number,
  demand: number,
  costs: Pick<Costs, "holding" | "shortage">,
  lot = 0,
  most = Number.POSITIVE_INFINITY,
): number {
  const left = stock + quantity - demand;
  return left < 0
    ? costs.shortage * Math.min(-left, Math.max(0, most - quantity))
    : costs.holding * Math.max(0, Math.min(quantity, left) - lot);
}

/**
 * The part of a lot that is no mistake. A usual sale is a lot where a service level is stated: it is held for its own
 * sake, not to save its costs. `demandPerDay`: of all days so far; `days`: in which it can be sold.
 */
export function lotThatSells(
  { constraints, serviceLevel }: Pick<PlanInput, "constraints" | "serviceLevel">,
  demandPerDay: number,
  usualSale = 1,
  days = Number.POSITIVE_INFINITY,
): number {
  const lot = lotOf(constraints);
  const sells = Math.max(0, Math.min(LOT_DAYS, days)) * demandPerDay;
  if (serviceLevel != null) return Math.min(Math.max(lot, usualSale), sells);
  return lot === 1 ? 0 : Math.min(lot, sells);
}
