/**
 * Events as factors on demand: sales of past days are divided by them, demand of coming days is multiplied by them.
 */
import type { EventFacts } from "./types.ts";

/** Least divisor of an event: with a smaller one, sales of its days would count for too much. */
const LEAST_FACTOR = 0.05;

/** What demand of a day is multiplied by; overlapping events multiply. */
export function eventFactor(events: readonly EventFacts[], day: number): number {
  let factor = 1;
  for (const event of events) if (covers(event, day)) factor *= event.factor;
  return Math.max(LEAST_FACTOR, factor);
}

export function eventsBetween(events: readonly EventFacts[], from: number, to: number): EventFacts[] {
  return events.filter((event) => event.from <= to && event.to >= from);
}

export function covers(event: EventFacts, day: number): boolean {
  return day >= event.from && day <= event.to;
}

/** Whether it is about an item. Its stores need no check here: a store's world holds only events that cover it. */
export function concerns(event: EventFacts, productId: string, supplierId: string | null): boolean {
  if (event.products !== null && !event.products.includes(productId)) return false;
  return event.suppliers === null || (supplierId !== null && event.suppliers.includes(supplierId));
}

export function nameOf(event: EventFacts): string {
  return event.name ?? event.eventId;
}
