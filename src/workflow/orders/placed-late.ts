/** When an order comes that somebody places later than it was decided. Pure. */
import type { CalendarTerms } from "../../world/supply-terms.ts";
import { DAY_MS } from "../../shared/durations.ts";
import type { ItemOrder } from "./item-order.ts";

/**
 * Epoch ms. A day that a supplier named stays. An order that makes its cut-off comes as decided, one that makes the
 * next comes with that; where no calendar says more, it comes as much later as it is placed.
 *
 * @param calendar the opportunity that it was decided for; null = without one
 */
export function expectedWhenPlaced(order: ItemOrder, calendar: CalendarTerms | null, placedAt: number): number {
  const { expectedAt, promisedAt } = order;
  if (promisedAt !== undefined || (calendar !== null && placedAt <= calendar.orderBy)) return expectedAt;
  const { nextOrderBy = null, nextArrivesOn = null } = calendar ?? {};
  if (calendar !== null && nextOrderBy !== null && nextArrivesOn !== null && placedAt <= nextOrderBy)
    return expectedAt + (nextArrivesOn - calendar.arrivesOn) * DAY_MS;
  return expectedAt + Math.max(0, placedAt - order.placedAt);
}
