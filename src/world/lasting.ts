/**
 * How long stock lasts by expected demand: the day on which an item sells out if only the named arrivals come.
 */

/** Days looked ahead; stock that lasts longer counts as lasting. */
const HORIZON_DAYS = 400;

export interface Stock {
  readonly onHand: number;
  readonly arrivals: readonly { readonly day: number; readonly quantity: number }[];
  /** True where unmet demand waits for the next arrival. */
  readonly waits?: boolean;
}

/**
 * First day from `since` on at which stock does not cover demand; null = not within the horizon. Demand that meets an
 * empty shelf before `since` is lost, or waits where `stock.waits`.
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
