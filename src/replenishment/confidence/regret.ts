/** What an order cost beyond the best order that could have been placed knowing the arrival period's demand. */
import type { Costs } from "../types.ts";

/** `stock`: units when the order arrives, without it; `demand`: of the arrival period. Currency. */
export function regretOf(
  quantity: number,
  stock: number,
  demand: number,
  costs: Pick<Costs, "holding" | "shortage">,
): number {
  const left = stock + quantity - demand;
  return left < 0 ? costs.shortage * -left : costs.holding * Math.min(quantity, left);
}
