/** The measured multiplier of an event, from the sums of its days. */
import type { MeasuredEvent } from "./types.ts";

/** Units of ordinary demand that each event starts with. */
const PSEUDO_UNITS = 5;
const LEAST_MULTIPLIER = 0.05;
const MOST_MULTIPLIER = 50;

/** Sums of an event's days over a store's items. */
export interface EventSums {
  readonly sold: number;
  /** Units that the level around those days would have sold. */
  readonly usual: number;
  readonly items: number;
  /** Days of the event on which any item's sales were seen. */
  readonly days: number;
}

/** One measure from the sums of several stores; null where nothing was seen. */
export function measureOf(sums: readonly EventSums[]): MeasuredEvent | null {
  const total = (of: (sums: EventSums) => number): number => sums.reduce((sum, each) => sum + of(each), 0);
  const items = total((each) => each.items);
  if (items === 0) return null;
  const ratio = (total((each) => each.sold) + PSEUDO_UNITS) / (total((each) => each.usual) + PSEUDO_UNITS);
  return {
    multiplier: Math.min(MOST_MULTIPLIER, Math.max(LEAST_MULTIPLIER, ratio)),
    items,
    days: sums.reduce((most, each) => Math.max(most, each.days), 0),
  };
}
