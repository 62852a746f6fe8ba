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
  /** What of it does not keep, with its last day of sale. What expires first is sold first. */
  readonly spoils?: readonly { readonly until: number; readonly quantity: number }[];
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
  const spoils = (stock.spoils ?? []).toSorted((a, b) => a.until - b.until);
  let left = stock.onHand;
  let next = 0;
  /** Units that expired or should have been sold by now; what was sold; what was thrown away. */
  let due = 0;
  let sold = 0;
  let gone = 0;
  for (let day = today; day < today + HORIZON_DAYS; day++) {
    for (const arrival of stock.arrivals) if (Math.max(today, arrival.day) === day) left += arrival.quantity;
    for (let lot = spoils[next]; lot !== undefined && lot.until < day; lot = spoils[++next]) {
      due += lot.quantity;
      const unsold = Math.max(0, due - sold - gone);
      gone += unsold;
      left -= unsold;
    }
    const demand = demandOf(day);
    if (day >= since && (left < demand - 1e-9 || (left <= 0 && demand > 0))) return day;
    sold += Math.max(0, Math.min(left, demand));
    left = stock.waits === true ? left - demand : Math.max(Math.min(left, 0), left - demand);
  }
  return null;
}
