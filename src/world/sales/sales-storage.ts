/**
 * A book of sales as it is stored: a head, and one packed row a year that holds rows. A year of daily sales takes some
 * 4 kB, so that 10,000 items of three years are 30,000 rows rather than 11 million. Stored contracts: new fields are
 * optional (I12).
 */
import { calendarDate } from "../../shared/calendar-dates.ts";
import { firstOfMonth } from "../dates.ts";
import type { SalesPeriod } from "./periods.ts";
import { SALES_SCHEMA, type SalesBook, type SalesEntry } from "./sales.ts";

export interface SalesHead {
  readonly schema: typeof SALES_SCHEMA;
  readonly period: SalesPeriod;
  readonly knownFrom: number | null;
  readonly completeThrough: number | null;
}

export interface PackedSource {
  readonly source: string;
  /** Days from January 1st of the year, ascending; `units` of the same length beside it. */
  readonly days: readonly number[];
  readonly units: readonly number[];
  /** Those of `days` that were sold out, and those known to be in stock. */
  readonly out?: readonly number[];
  readonly in?: readonly number[];
}

export interface PackedYear {
  readonly schema: typeof SALES_SCHEMA;
  readonly year: number;
  readonly sources: readonly PackedSource[];
}

export function headOf({ period, knownFrom, completeThrough }: SalesBook): SalesHead {
  return { schema: SALES_SCHEMA, period, knownFrom, completeThrough };
}

/** Oldest year first; years without a row are left out. Equal books give equal years. */
export function packYears(book: SalesBook): PackedYear[] {
  const years = new Map<number, PackedSource[]>();
  for (const [source, entries] of [...book.sources].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = [...entries].toSorted(([a], [b]) => a - b);
    const byYear = Map.groupBy(sorted, ([day]) => calendarDate(day).year);
    for (const [year, of] of byYear) {
      years.set(year, [...(years.get(year) ?? []), packSource(source, year, of)]);
    }
  }
  return [...years].toSorted(([a], [b]) => a - b).map(([year, sources]) => ({ schema: SALES_SCHEMA, year, sources }));
}

export function unpackBook(head: SalesHead, years: readonly PackedYear[]): SalesBook {
  const sources = new Map<string, Map<number, SalesEntry>>();
  for (const { year, sources: packed } of years) {
    const first = firstOfMonth(year, 1);
    for (const { source, days, units, out = [], in: stocked = [] } of packed) {
      const entries = sources.get(source) ?? new Map<number, SalesEntry>();
      const soldOut = new Set(out);
      const inStock = new Set(stocked);
      days.forEach((day, index) => {
        const flag = soldOut.has(day) ? false : inStock.has(day) ? true : null;
        entries.set(first + day, { units: units[index]!, inStock: flag });
      });
      sources.set(source, entries);
    }
  }
  const { period, knownFrom, completeThrough } = head;
  return { schema: SALES_SCHEMA, period, knownFrom, completeThrough, sources };
}

function packSource(source: string, year: number, entries: readonly (readonly [number, SalesEntry])[]): PackedSource {
  const first = firstOfMonth(year, 1);
  const days = entries.map(([day]) => day - first);
  const flagged = (flag: boolean): number[] => days.filter((_, index) => entries[index]![1].inStock === flag);
  const out = flagged(false);
  const stocked = flagged(true);
  return {
    source,
    days,
    units: entries.map(([, entry]) => entry.units),
    ...(out.length === 0 ? {} : { out }),
    ...(stocked.length === 0 ? {} : { in: stocked }),
  };
}
