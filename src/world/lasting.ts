/**
 * How long stock lasts by expected demand: the day on which an item sells out, if nothing more comes than what is
 * named.
 */

/** Days looked ahead; what lasts longer lasts. */
const HORIZON_DAYS = 400;

export interface Stock {
  readonly onHand: number;
  readonly arrivals: readonly { readonly day: number; readonly quantity: number }[];
  /** True where unmet demand waits for the next arrival. */
  readonly waits?: boolean;
}

/**
 * First day from `since` on at which stock does not cover demand; null = not within the horizon. What is wanted of an
 * empty shelf before that is lost, or waits where `stock.waits`.
 */
export function sellsOutOn(
  stock: Stock,
  today: number,
  demandOf: (day: number) => number,
  since: number = today,
): number | null {
  let left = stock.onHand;
  for (let day = today; day < today + HORIZON_DAYS; day++) {
    for (const arrival of stock.arrivals) if (Math.max(today, arrival.day) === day) left += arrival.quantity;
    const demand = demandOf(day);
    if (day >= since && (left < demand - 1e-9 || (left <= 0 && demand > 0))) return day;
    left = stock.waits === true ? left - demand : Math.max(Math.min(left, 0), left - demand);
  }
  return null;
}
