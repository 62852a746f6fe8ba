/** What an order's receipts show of its supplier. */
import type { LeadObservation } from "../workflow/orders/item-order.ts";
import { FEW_PIECES } from "../workflow/orders/few-pieces.ts";
import { DAY_MS } from "../workflow/facts.ts";
import type { OrderRow } from "../workflow/orders/order-row.ts";

/** Days. No supplier is that late or early: one of the dates is wrong, and the order teaches nothing. */
const LONGEST_DEVIATION = 365;

/**
 * When the units of an order came, each observation with its share of them, once half of them are there. Deliveries are
 * taken together until they are more than a few pieces; the few that come last are no late order. Measured against what
 * was promised when it was placed.
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
    // Below 0 where an order is recorded only after its goods came: how late they were counts all the same.
    const tookDays = (at - order.placedAt) / DAY_MS;
    if (Math.abs(tookDays - promisedDays) > LONGEST_DEVIATION) continue;
    observations.push({ promisedDays, tookDays, ...(share < 1 ? { share } : {}) });
  }
  return observations;
}
