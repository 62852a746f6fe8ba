/** Which days a store sells on, and what of a day's demand is still to come. */
import { isInRanges, weekdayNameOf } from "./dates.ts";
import type { StoreFacts } from "./types.ts";
import { localDay, localMinutes } from "./zones.ts";

/**
 * A day's demand is assumed to come evenly between these hours, since opening hours are not known. A count before the
 * first of them has the whole day's demand ahead.
 */
const FIRST_SALE_MINUTES = 6 * 60;
const LAST_SALE_MINUTES = 22 * 60;

export function zoneOfStore(store: StoreFacts | null): string {
  return store?.timeZone ?? "UTC";
}

/** The store's calendar day at a moment (I13). */
export function storeDay(moment: number, store: StoreFacts | null): number {
  return localDay(moment, zoneOfStore(store));
}

export function isOpen(store: StoreFacts | null, day: number): boolean {
  if (store === null) return true;
  return store.openDays.includes(weekdayNameOf(day)) && !isInRanges(day, store.closed);
}

/** Share of a day's demand that is still ahead at a moment; the whole day where nobody described the store. */
export function shareOfDayAhead(moment: number, store: StoreFacts | null): number {
  if (store === null) return 1;
  const minutes = localMinutes(moment, store.timeZone);
  const passed = (minutes - FIRST_SALE_MINUTES) / (LAST_SALE_MINUTES - FIRST_SALE_MINUTES);
  return 1 - Math.min(1, Math.max(0, passed));
}
