/** The result of adding up a table. */
import { isoDay } from "../shared/calendar-dates.ts";
import { periodOf } from "./dates/file-period.ts";
import { tidy, type LeftOutRows } from "./left-out.ts";
import { isTotalCaption } from "./text/total-rows.ts";
import type { SalesBook } from "./sales/sales-book.ts";
import type { Content, FileQuestion, LeftOut, Period, Reading, ReaderOptions } from "./types.ts";
import { weekdayOf } from "./dates/days.ts";

type Counted = "period" | "items" | "products" | "stores" | "rows" | "units" | "first" | "last";

export interface Outcome extends Pick<Reading, Counted | "questions" | "warnings" | "problem"> {
  readonly format: string | null;
  readonly leftOut: LeftOut;
  readonly content: Content;
}

export interface SalesFacts {
  readonly hint: Period | null;
  readonly written: Period;
  readonly format: string | null;
  readonly gaps: "zero" | "unrecorded";
  readonly isTable?: boolean;
  readonly undated?: boolean;
}

export function noOutcome(questions: readonly FileQuestion[], problem: string | null = null): Outcome {
  return {
    period: null,
    format: null,
    items: 0,
    products: 0,
    stores: 0,
    rows: 0,
    units: 0,
    first: null,
    last: null,
    leftOut: { rows: 0, units: 0, reasons: [] },
    questions,
    warnings: [],
    problem,
    content: { sales: null, catalogue: [], stock: [] },
  };
}

export function isEmptyOutcome({ items }: Outcome): boolean {
  return items === 0;
}

export function salesOutcome(
  { book, leftOut }: { readonly book: SalesBook; readonly leftOut: LeftOutRows },
  { hint, written, format, gaps, isTable = false, undated = false }: SalesFacts,
  options: ReaderOptions,
): Outcome {
  const { days, items } = book;
  const verdict = periodOf(
    { days, written, hint, isTable },
    undated ? { ...options, period: options.period ?? written } : options,
  );
  const warnings: string[] = [];
  if (undated) warnings.push(`the columns say no dates, so each is taken for a ${verdict.period}`);
  if (verdict.warning !== null && !undated) warnings.push(verdict.warning);
  if (verdict.period === "fortnight" || verdict.period === "quarter")
    warnings.push(
      `The service plans days, weeks and months: sales of a ${verdict.period} can be played back, and not loaded.`,
    );
  if (isTable && verdict.period === "day" && !undated && lacksWeekends(days))
    warnings.push(
      "No column is a Saturday or a Sunday: if the store is closed then, say so in its open_days, or those " +
        "days count as unrecorded.",
    );
  // Only captions with a space count: 時計 ends in the character for a sum, but means a clock.
  const sums = items
    .filter(({ product }) => /\s/u.test(product) && isTotalCaption(product))
    .map(({ product }) => `"${product}"`);
  if (sums.length > 0)
    warnings.push(
      `${[...new Set(sums)].slice(0, 3).join(", ")}${sums.length > 3 ? " …" : ""} could add others up, and ` +
        `${sums.length === 1 ? "is read as an item" : "are read as items"}: take such rows out of the file if so.`,
    );
  const report = leftOut.report();
  return {
    period: verdict.period,
    format,
    ...book.counts,
    rows: book.rows,
    units: tidy(book.units),
    first: undated || days.length === 0 ? null : isoDay(days[0]!),
    last: undated || days.length === 0 ? null : isoDay(days.at(-1)!),
    leftOut: report,
    questions: verdict.question === null ? [] : [verdict.question],
    warnings,
    problem: items.length === 0 ? nothingRead(report) : null,
    content: { sales: { period: verdict.period, undated, gaps, items }, catalogue: [], stock: [] },
  };
}

function lacksWeekends(days: readonly number[]): boolean {
  return days.length >= 10 && days.every((day) => weekdayOf(day) < 5);
}

function nothingRead({ reasons }: LeftOut): string {
  const [first] = reasons;
  return first === undefined ? "No row holds units." : `No row could be read; line ${first.line}: ${first.why}.`;
}
