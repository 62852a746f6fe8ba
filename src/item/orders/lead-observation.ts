/** What orders' receipts show about their supplier's lead time. */
import type { ItemOrder, LeadObservation } from "../../workflow/orders/item-order.ts";
import { FEW_PIECES } from "../../replenishment/supply/lead-times.ts";
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { noonOf } from "../../world/zones.ts";
import { DAY_MS } from "../../shared/durations.ts";

/** Days. A larger deviation means that one of the dates is wrong, so the order is ignored. */
const LONGEST_DEVIATION = 365;
/** Receipts within this time of the first one are one delivery. */
const ONE_DELIVERY_MS = DAY_MS / 2;

/** A part of an order that arrived; `share` is its weight. */
interface Part extends Required<LeadObservation> {
  readonly row: OrderRow;
  readonly at: number;
}

/**
 * One delivery weighs as one order, however many it brings: a lorry that was weeks late is one late lorry. Its orders
 * divide that weight by their units, and are taken together until they are more than a few pieces of it.
 */
export function leadObservations(rows: readonly OrderRow[], timeZone: string): LeadObservation[] {
  const parts = rows.flatMap((row) => partsOf(row, timeZone)).toSorted((a, b) => a.at - b.at);
  const observations: LeadObservation[] = [];
  for (let [first] = parts; first !== undefined; [first] = parts) {
    const { at: began } = first;
    const after = parts.findIndex(({ at }) => at - began >= ONE_DELIVERY_MS);
    const delivery = parts.splice(0, after < 0 ? parts.length : after);
    const units = [...new Set(delivery.map(({ row }) => row))].reduce((sum, { ordered }) => sum + ordered, 0);
    let weight = 0;
    for (const { row, share, promisedDays, tookDays } of delivery.toSorted((a, b) => lateness(a) - lateness(b))) {
      weight += (share * row.ordered) / units;
      if (weight < FEW_PIECES) continue;
      observations.push({ promisedDays, tookDays, ...(weight < 1 ? { share: weight } : {}) });
      weight = 0;
    }
  }
  return observations;
}

function lateness({ tookDays, promisedDays }: LeadObservation): number {
  return tookDays - promisedDays;
}

/**
 * When the units of an order came, each part with its share of them, once half of them have arrived. Small deliveries
 * are combined until they are more than a few pieces; a small rest does not count as late. Lead times are measured
 * against the promise at placement.
 */
function partsOf(row: OrderRow, timeZone: string): Part[] {
  const { ordered, order, arrivals, closedAt, closedBy } = row;
  const known = arrivals ?? (closedBy === "received" && closedAt !== null ? [{ at: closedAt, quantity: ordered }] : []);
  const arrived = known.reduce((sum, { quantity }) => sum + quantity, 0);
  if (ordered <= 0 || arrived < ordered / 2) return [];
  const promisedDays = (promisedMoment(order, timeZone) - order.placedAt) / DAY_MS;
  const parts: Part[] = [];
  let units = 0;
  for (const { at, quantity } of known.toSorted((a, b) => a.at - b.at)) {
    units += quantity;
    const share = Math.min(1, units / ordered);
    if (share < FEW_PIECES) continue;
    units = 0;
    // Below 0 where an order is recorded only after its goods came; their delay still counts.
    const tookDays = (at - order.placedAt) / DAY_MS;
    if (Math.abs(tookDays - promisedDays) <= LONGEST_DEVIATION) parts.push({ row, at, promisedDays, tookDays, share });
  }
  return parts;
}

/** When it was first promised: a day as its noon in the store, so that goods which come on that day are on time. */
function promisedMoment({ expectedAt, promisedAt, expectedOn, purchase }: ItemOrder, timeZone: string): number {
  const first = promisedAt ?? expectedAt;
  // Of a purchase order the first promise is its day, kept as the start of it in UTC.
  if (purchase !== undefined && first % DAY_MS === 0) return noonOf(first / DAY_MS, timeZone);
  return promisedAt === undefined && expectedOn !== undefined ? noonOf(expectedOn, timeZone) : first;
}
