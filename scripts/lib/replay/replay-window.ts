/** Cuts a sales file into what a store knew before the replayed days and what was asked for on each of them. Pure. */
import { bestSellers, type ItemSales, type Sales } from "../import/sales-file.ts";
import { isoWeekIndex } from "../../../src/replenishment/models/day-numbers.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import { DAY_MS } from "../../../src/shared/durations.ts";

export interface ReplayItem {
  readonly productId: string;
  /** CSV rows `date,units,in_stock` before the window, oldest first; empty for an item that was not sold yet. */
  readonly history: readonly string[];
  /** Units asked for on each day of the window. */
  readonly demand: readonly number[];
  /** Mean daily units of the last four recorded weeks before the window. */
  readonly dailyMean: number;
}

export interface ReplayWindow {
  readonly items: readonly ReplayItem[];
  /** ISO date of each replayed day, moved as `movedDays` says. */
  readonly dates: readonly string[];
  /**
   * Whole weeks by which the file's dates were moved, so that the window ends before today, within the last seven days.
   */
  readonly movedDays: number;
  /** ISO weeks by which a week of the file's year lies elsewhere in the year it was moved to. */
  readonly movedWeeks: number;
  /** What is left out of the file. */
  readonly notes: readonly string[];
}

const MEAN_OVER_DAYS = 28;
const LONGEST_NAME = 128;

export function replayWindow(
  sales: Sales,
  want: { readonly items: number; readonly days: number },
  today: string,
): ReplayWindow {
  if (sales.periodDays !== 1) {
    throw new StartupProblem(
      `A replay plays days, and this file has sales per ${sales.periodDays} days. It needs a column or row a day.`,
    );
  }
  const dated = sales.items.flatMap((item) => (item.start === null ? [] : [{ item, first: dayNumber(item.start) }]));
  if (dated.length === 0)
    throw new StartupProblem("A replay needs dates: name the columns (or a date column) such as 2026-01-31.");
  const end = Math.max(...dated.map(({ item, first }) => first + item.units.length));
  const begin = end - want.days;
  if (dated.every(({ first }) => first >= begin)) {
    throw new StartupProblem(
      `The file has no history before its last ${want.days} days. Replay fewer days, with --days.`,
    );
  }
  // Of a store and a product together; the service takes no longer names.
  const named = dated.filter(({ item }) => item.item.length <= LONGEST_NAME);
  const best = new Set(bestSellers({ ...sales, items: named.map(({ item }) => item) }, want.items).items);
  const movedDays = Math.floor((dayNumber(today) - end) / 7) * 7;
  return {
    items: named
      .filter(({ item }) => best.has(item))
      .map(({ item, first }) => cut(item, first, begin, want.days, movedDays)),
    dates: Array.from({ length: want.days }, (_, index) => isoDate(begin + index + movedDays)),
    movedDays,
    movedWeeks: isoWeekIndex(end - 1 + movedDays) - isoWeekIndex(end - 1),
    notes: [
      ...(dated.length > named.length
        ? [`left out: ${dated.length - named.length} items whose names are longer than ${LONGEST_NAME} characters`]
        : []),
      ...(named.length > best.size ? [`the ${best.size} best sellers of ${named.length} items are played`] : []),
    ],
  };
}

function cut(item: ItemSales, first: number, begin: number, days: number, movedDays: number): ReplayItem {
  const known = Math.max(0, Math.min(item.units.length, begin - first));
  const history = item.units.slice(0, known).map((units, index) => {
    // A day nobody recorded is a day of unknown demand, which is what a censored zero says.
    const inStock = units === null || item.inStock?.[index] === false ? 0 : 1;
    return `${isoDate(first + index + movedDays)},${units ?? 0},${inStock}`;
  });
  const recent = item.units.slice(Math.max(0, known - MEAN_OVER_DAYS), known).map((units) => units ?? 0);
  return {
    productId: item.item,
    history,
    demand: Array.from({ length: days }, (_, day) => item.units[begin + day - first] ?? 0),
    dailyMean: recent.length === 0 ? 0 : recent.reduce((sum, units) => sum + units, 0) / recent.length,
  };
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
