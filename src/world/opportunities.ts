/**
 * When an item can be ordered from its supplier, and when goods ordered then arrive.
 *
 * - A cut-off is at the supplier's local time on an order day that the supplier has not closed.
 * - Goods arrive the lead time after that day (calendar days, or working days of the supplier), then on the next
 *   delivery day that the supplier has not closed and on which the store is open.
 * - When several cut-offs lead to the same arrival, only the last one counts.
 */
import { isInRanges, weekdayNameOf } from "./dates.ts";
import { isOpen, zoneOfStore } from "./opening.ts";
import type { StoreFacts, SupplierFacts } from "./types.ts";
import { localDay, momentOf } from "./zones.ts";

/** Days looked ahead: a supplier without an order day in that time counts as taking no orders. */
const HORIZON_DAYS = 400;

export interface Opportunity {
  /** Epoch ms; the last moment at which an order still counts for it. */
  readonly orderBy: number;
  /** The store's calendar day on which the goods are there. */
  readonly arrivesOn: number;
}

export interface Calendar {
  readonly supplier: SupplierFacts;
  readonly store: StoreFacts | null;
  /** Days from the order to the arrival before the move to a delivery day: the item's own, else the supplier's. */
  readonly leadTimeDays: number;
}

/** The next opportunity at or after a moment, and the one after it; null where the supplier takes no orders. */
export function nextOpportunities(
  calendar: Calendar,
  now: number,
): { readonly next: Opportunity; readonly after: Opportunity | null } | null {
  const coming = opportunities(calendar, now);
  const next = coming.next();
  if (next.done === true) return null;
  const after = coming.next();
  return { next: next.value, after: after.done === true ? null : after.value };
}

/** Every opportunity whose cut-off lies between two moments, both included. */
export function opportunitiesBetween(calendar: Calendar, from: number, to: number): Opportunity[] {
  const found: Opportunity[] = [];
  for (const opportunity of opportunities(calendar, from)) {
    if (opportunity.orderBy > to) break;
    found.push(opportunity);
  }
  return found;
}

function* opportunities(calendar: Calendar, from: number): Generator<Opportunity, undefined> {
  let last: Opportunity | null = null;
  for (const cutOff of cutOffs(calendar, from)) {
    if (last !== null && cutOff.arrivesOn !== last.arrivesOn) yield last;
    last = cutOff;
  }
  if (last !== null) yield last;
}

/** Cut-offs at or after a moment, until none comes within the horizon of the one before. */
function* cutOffs(calendar: Calendar, from: number): Generator<Opportunity, undefined> {
  const { supplier } = calendar;
  const zone = supplier.timeZone ?? zoneOfStore(calendar.store);
  let until = localDay(from, zone) + HORIZON_DAYS;
  // A local time that a clock change skips may fall on the next day, so the day before is checked as well.
  for (let day = localDay(from, zone) - 1; day <= until; day++) {
    if (!takesOrders(supplier, day)) continue;
    const orderBy = momentOf(day, supplier.cutOff, zone);
    if (orderBy < from) continue;
    const arrivesOn = arrivalOf(calendar, day, localDay(orderBy, zoneOfStore(calendar.store)));
    if (arrivesOn === null) return;
    yield { orderBy, arrivesOn };
    until = day + HORIZON_DAYS;
  }
}

function takesOrders({ orderDays, closed }: SupplierFacts, day: number): boolean {
  return (orderDays === null || orderDays.includes(weekdayNameOf(day))) && !isInRanges(day, closed);
}

/**
 * Day on which an order placed on a day arrives; null when no day within the horizon accepts the delivery. `notBefore`:
 * the store's day of the cut-off, which is the next one already where the supplier is beyond the date line.
 */
function arrivalOf({ supplier, store, leadTimeDays }: Calendar, orderedOn: number, notBefore: number): number | null {
  const after = afterLeadTime(supplier, Math.max(0, Math.round(leadTimeDays)), orderedOn);
  if (after === null) return null;
  const ready = Math.max(after, notBefore);
  for (let day = ready; day <= ready + HORIZON_DAYS; day++) {
    const delivers = supplier.deliveryDays === null || supplier.deliveryDays.includes(weekdayNameOf(day));
    if (delivers && !isInRanges(day, supplier.closed) && isOpen(store, day)) return day;
  }
  return null;
}

function afterLeadTime(supplier: SupplierFacts, days: number, orderedOn: number): number | null {
  if (supplier.leadTimeIn === "calendar") return orderedOn + days;
  let day = orderedOn;
  let left = days;
  while (left > 0) {
    day++;
    if (day > orderedOn + HORIZON_DAYS + 7 * days) return null;
    if (supplier.workingDays.includes(weekdayNameOf(day)) && !isInRanges(day, supplier.closed)) left--;
  }
  return day;
}
