/** Sales to play back (backtest, replay), from a file that a person has. */
import { isoDay } from "../../../src/shared/calendar-dates.ts";
import { PERIOD_DAYS, periodIndex, periodStart } from "../../../src/reader/dates/file-period.ts";
import { describeReading } from "../../../src/reader/describe.ts";
import { readFile } from "../../../src/reader/read-file.ts";
import type { ReaderChoices } from "../../../src/reader/choices.ts";
import type { FileSource, ItemSales as ReadItem, Period, ReadResult, SalesContent } from "../../../src/reader/types.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import { nodeFile } from "./node-file.ts";
import { today } from "./reader-flags.ts";

export interface ItemSales {
  readonly item: string;
  /** ISO date of the first period; null when the columns were not dates. */
  readonly start: string | null;
  /** Units sold per period, oldest first; null = not recorded. */
  readonly units: readonly (number | null)[];
  /** False = out of stock in that period; null when the file says nothing about it. */
  readonly inStock: readonly boolean[] | null;
}

export interface Sales {
  /** Days per period: 1, 7 or 14; 30 for calendar months, 91 for quarters. */
  readonly periodDays: number;
  readonly items: readonly ItemSales[];
  /** What was left out, and what was inferred. */
  readonly warnings: readonly string[];
}

/** What a reading adds to a reason after its first lines. */
const MORE = / \(and \d+ more\)$/u;

/** Throws a StartupProblem for a file that cannot be read, or can be read two ways. */
export async function readSalesFile(path: string, choices: ReaderChoices): Promise<Sales> {
  return salesFrom(nodeFile(path), choices);
}

export async function readSalesText(text: string, choices: ReaderChoices = {}): Promise<Sales> {
  const bytes = new TextEncoder().encode(text);
  const source = {
    name: "the file",
    size: bytes.length,
    async *slices() {
      yield bytes;
    },
  };
  return salesFrom(source, choices);
}

/** The items that sold the most; all of them for a count of null. Says how many were left out. */
export function bestSellers(sales: Sales, count: number | null): Sales {
  if (count === null || count >= sales.items.length) return sales;
  const items = [...sales.items].sort((a, b) => unitsSold(b) - unitsSold(a)).slice(0, count);
  return { ...sales, items, warnings: [...sales.warnings, `the ${count} best sellers of ${sales.items.length} items`] };
}

function unitsSold({ units }: ItemSales): number {
  return units.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

async function salesFrom(source: FileSource, choices: ReaderChoices): Promise<Sales> {
  const results = await readFile(source, { ...choices, undated: true, today: today() });
  const sales = results.filter(({ reading }) => reading.kind === "sales" || reading.kind === "orders");
  const chosen = sales.length > 0 ? sales : results;
  if (chosen.length > 1)
    throw new StartupProblem(`${source.name} has sales on several sheets. Choose one with --sheet.`);
  return playable(chosen[0]!);
}

function playable({ reading, content }: ReadResult): Sales {
  if (reading.status !== "read") throw new StartupProblem(describeReading(reading).join("\n"));
  if (content.sales === null)
    throw new StartupProblem(`${reading.file} holds ${reading.kind === "stock" ? "stock" : "products"}, and no sales.`);
  const { left_out, warnings } = reading;
  const out =
    left_out.rows === 0 && left_out.units === 0
      ? []
      : [
          `left out: ${left_out.rows} ${left_out.rows === 1 ? "row" : "rows"}, ${left_out.units} units ` +
            `(${[...new Set(left_out.reasons.map(({ why }) => why.replace(MORE, "")))].slice(0, 4).join("; ")})`,
        ];
  const { items, returns } = itemsOf(content.sales);
  if (returns > 0)
    out.push(`${returns} ${returns === 1 ? "period" : "periods"} with more returns than sales counted as no sales`);
  return { periodDays: PERIOD_DAYS[content.sales.period], items, warnings: [...out, ...warnings] };
}

function itemsOf(sales: SalesContent): { items: ItemSales[]; returns: number } {
  const { period, undated, gaps } = sales;
  let [anchor, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { units } of sales.items)
    for (const day of units.keys()) [anchor, last] = [Math.min(anchor, day), Math.max(last, day)];
  const place: Place = {
    period,
    anchor,
    index: undated
      ? (day) => day
      : (day, first) => periodIndex(periodStart(day, period, anchor), periodStart(first, period, anchor), period),
    // In a list, a period without a row is one without sales, to the end of the file.
    until: gaps === "zero" ? last : null,
  };
  let returns = 0;
  const items = sales.items.map((item) => {
    const units = seriesOf(item, place, gaps);
    for (let at = 0; at < units.length; at++) {
      if ((units[at] ?? 0) >= 0) continue;
      returns++;
      units[at] = 0;
    }
    const first = Math.min(...item.units.keys());
    return {
      item: item.store === null ? item.product : `${item.store} / ${item.product}`,
      start: undated ? null : isoDay(periodStart(first, period, anchor)),
      units,
      inStock: marksOf(item, place, units.length),
    };
  });
  return { items, returns };
}

interface Place {
  readonly period: Period;
  readonly anchor: number;
  readonly index: (day: number, first: number) => number;
  readonly until: number | null;
}

function seriesOf(
  { units, unrecorded }: ReadItem,
  { index, until }: Place,
  gaps: "zero" | "unrecorded",
): (number | null)[] {
  const days = [...units.keys()];
  const first = Math.min(...days);
  const length = index(until ?? Math.max(...days), first) + 1;
  const series: (number | null)[] = Array.from({ length }, () => (gaps === "zero" ? 0 : null));
  for (const day of unrecorded) {
    const at = index(day, first);
    if (at > 0 && at < length) series[at] = null;
  }
  const seen = new Set<number>();
  for (const [day, sold] of units) {
    const at = index(day, first);
    series[at] = seen.has(at) ? (series[at] ?? 0) + sold : sold;
    seen.add(at);
  }
  return series;
}

function marksOf({ units, inStock }: ReadItem, { index }: Place, length: number): boolean[] | null {
  if (inStock === null) return null;
  const first = Math.min(...units.keys());
  const marks = Array.from({ length }, () => true);
  for (const [day, mark] of inStock) {
    const at = index(day, first);
    if (at >= 0 && at < length && !mark) marks[at] = false;
  }
  return marks;
}
