/** What an order's receipts show about its supplier's lead time. */
import type { LeadObservation } from "../workflow/orders/item-order.ts";
import { FEW_PIECES } from "../workflow/orders/few-pieces.ts";
import type { OrderRow } from "../workflow/orders/order-row.ts";
import { DAY_MS } from "../shared/durations.ts";

/** Days. A larger deviation means that one of the dates is wrong, so the order is ignored. */
const LONGEST_DEVIATION = 365;

/**
 * When the units of an order came, each observation with its share of them, once half of them have arrived. Small
 * deliveries are combined until they are more than a few pieces; a small rest does not count as late. Lead times are
 * measured against the promise at placement.
 */
export function leadObservations({ ordered, order, arrivals, closedAt, closedBy }: OrderRow): LeadObservation[] {
  const known = arrivals ?? (closedBy === "received" && closedAt !== null ? [{ at: closedAt, quantity: ordered }] : []);
  const arrived = known.reduce((sum, { quantity }) => sum + quantity, 0);
  if (ordered <= 0 || arrived < ordered / 2) return [];
  const promisedDays = ((order.promisedAt ?? order.expectedAt) - order.placedAt) / DAY_MS;
  const observations: LeadObservation[] = [];
  let units = 0;
  for (const { at, quantity } of known.toSorted((a, b) => a.at - b.at)) {
    units += quantity;
    const share = Math.min(1, units / ordered);
    if (share < FEW_PIECES) continue;
    units = 0;
    // Below 0 where an order is recorded only after its goods came; their delay still counts.
    const tookDays = (at - order.placedAt) / DAY_MS;
    if (Math.abs(tookDays - promisedDays) > LONGEST_DEVIATION) continue;
    observations.push({ promisedDays, tookDays, ...(share < 1 ? { share } : {}) });
  }
  return observations;
}
