/**
 * What every system is asked: the same items, the same demand, the same triggers. The stock is ample, so that the
 * answer is `hold` however often it is asked, and every system works on the same state after a thousand decisions as at
 * first.
 */
import { historyOf as historyOfBook, type DemandHistory } from "../../src/world/history.ts";
import { mergeSales, type SalesBook } from "../../src/world/sales/sales.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

export const STORE = "bench";
/** Days of sales every item has: a quarter, as a store would upload it. */
export const HISTORY_DAYS = 90;

export interface TriggerRequest {
  readonly product_id: string;
  readonly store_id: string;
  readonly current_stock: number;
  readonly safety_stock_level: number;
  readonly lead_time_days: number;
  readonly unit_cost: number;
}

export function itemName(index: number): string {
  return `item-${index}`;
}

/** Ample stock, different at each call. */
export function steadyTrigger(item: number, count: number): TriggerRequest {
  return {
    product_id: itemName(item),
    store_id: STORE,
    current_stock: 400 + (count % 97),
    safety_stock_level: 20,
    lead_time_days: 7,
    unit_cost: 3.5,
  };
}

/** Triggers whose answers differ: short, near the order point, and ample stock. Each goes to an item of its own. */
export function probeTriggers(firstItem: number): TriggerRequest[] {
  return [0, 3, 25, 60, 400].map((stock, index) => ({ ...steadyTrigger(firstItem + index, 0), current_stock: stock }));
}

/** Sales of a day: some weekday rhythm and some spread, the same on every machine. */
export function unitsSold(item: number, day: number): number {
  return 3 + ((item * 31 + day * 17) % 5) + (day % 7 === 6 ? 4 : 0);
}

/** The item's sales as an upload would store them; the last day is yesterday. */
export function bookOf(item: number, now: number): SalesBook {
  const firstDay = Math.floor(now / DAY_MS) - HISTORY_DAYS;
  const days = Array.from({ length: HISTORY_DAYS }, (_, index) => firstDay + index);
  const rows = days.map((day) => ({ day, units: unitsSold(item, day), inStock: true }));
  const merged = mergeSales(null, { period: "day", source: "", rows, completeThrough: null, replace: false });
  if (merged.kind !== "merged") throw new Error("the workload's sales are of days");
  return merged.book;
}

export function historyOf(item: number, now: number): DemandHistory {
  return historyOfBook(bookOf(item, now))!;
}

export function itemIndex(name: string): number {
  return Number(name.slice(name.lastIndexOf("-") + 1));
}
