/** What an order's receipts show of its supplier. */
import type { LeadObservation } from "../workflow/orders/item-order.ts";
import { DAY_MS } from "../workflow/facts.ts";
import type { OrderRow } from "../workflow/orders/order-row.ts";

/**
 * The day by which half of an order's units were there, once they are: a few late pieces are no late order. Measured against what
 * was promised when it was placed.
 */
export function leadObservation({ ordered, order, arrivals, closedAt, closedBy }: OrderRow): LeadObservation[] {
  const known = arrivals ?? (closedBy === "received" && closedAt !== null ? [{ at: closedAt, quantity: ordered }] : []);
  let arrived = 0;
  for (const { at, quantity } of known.toSorted((a, b) => a.at - b.at)) {
    arrived += quantity;
    if (arrived >= ordered / 2) {
      return [
        {
          promisedDays: ((order.promisedAt ?? order.expectedAt) - order.placedAt) / DAY_MS,
          tookDays: Math.max(0, (at - order.placedAt) / DAY_MS),
        },
      ];
    }
  }
  return [];
}
