/**
 * Demand history as an item keeps it in memory: dense periods from the book of its sales, before the world is applied.
 */
import { periodsBetween, type SalesPeriod } from "./sales/periods.ts";
import { endOfBook, flagOf, unitsOf, type SalesBook } from "./sales/sales.ts";
import { isoDay } from "../shared/calendar-dates.ts";

/** A little over three years: enough for any season, and small enough to load at once. */
const HISTORY_DAYS = 1_100;

export interface DemandHistory {
  /** Absent = days. */
  readonly period?: SalesPeriod;
  /** First day of the first period, days since 1970-01-01. */
  readonly firstDay: number;
  readonly startDate: string;
  /** Units of each period, dense. */
  readonly units: readonly number[];
  /** As uploaded: false = out of stock, the units are censored; null = nothing was said. */
  readonly inStock: readonly (boolean | null)[];
  /** Last day of which everything is known; absent = the last day of `units`. */
  readonly completeThrough?: number;
}

/** A predecessor's sales, then its successor's from their first day on; what lies between is unseen. */
export function continued(earlier: DemandHistory | null, later: DemandHistory | null): DemandHistory | null {
  if (earlier === null || later === null) return later ?? earlier;
  const period = later.period ?? "day";
  if ((earlier.period ?? "day") !== period || earlier.firstDay >= later.firstDay) return later;
  const starts = periodsBetween(period, earlier.firstDay, later.firstDay - 1);
  const known = earlier.completeThrough ?? Infinity;
  return {
    ...later,
    firstDay: earlier.firstDay,
    startDate: earlier.startDate,
    units: [...starts.map((_, at) => earlier.units[at] ?? 0), ...later.units],
    inStock: [
      ...starts.map((start, at) => (at < earlier.units.length && start <= known ? earlier.inStock[at]! : false)),
      ...later.inStock,
    ],
  };
}

/** Null where no row was ever uploaded. */
export function historyOf(book: SalesBook): DemandHistory | null {
  const end = endOfBook(book);
  if (book.knownFrom === null || end === null) return null;
  const starts = periodsBetween(book.period, Math.max(book.knownFrom, end - HISTORY_DAYS), end - 1);
  const firstDay = starts[0];
  if (firstDay === undefined) return null;
  return {
    period: book.period,
    firstDay,
    startDate: isoDay(firstDay),
    units: starts.map((start) => Math.max(0, unitsOf(book, start))),
    inStock: starts.map((start) => flagOf(book, start)),
    ...(book.completeThrough === null ? {} : { completeThrough: book.completeThrough }),
  };
}
