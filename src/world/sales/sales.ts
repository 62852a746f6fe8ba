/**
 * An item's sales as they were uploaded: rows of a period, by source, and the day up to which they are complete.
 *
 * - Equal knowledge, equal book (I14): the order of rows, zeros written out or left out, one upload or several of
 *   different dates give the same book. Rows of one date in one upload are added up, returns included.
 * - Between uploads the last one wins for a date and source; sources add.
 * - A zero is stored only where its stock flag says something: days without a row between `knownFrom` and
 *   `completeThrough` are days without sales, days beyond are unseen (I13).
 */
import { withoutDust } from "../../shared/without-dust.ts";
import { nextPeriod, periodEnd, periodStart, type SalesPeriod } from "./periods.ts";

export const SALES_SCHEMA = 1;

export interface SalesEntry {
  readonly units: number;
  /** False = sold out, the units are censored; true = known to be in stock; null = nothing was said. */
  readonly inStock: boolean | null;
}

/** Entries by the first day of their period. */
export type SourceSales = ReadonlyMap<number, SalesEntry>;

export interface SalesBook {
  readonly schema: typeof SALES_SCHEMA;
  readonly period: SalesPeriod;
  /** First day of the earliest period that a row was about, zeros included; null = there is none. */
  readonly knownFrom: number | null;
  /** Sales are listed in full up to and including this day; null = there is no row. */
  readonly completeThrough: number | null;
  readonly sources: ReadonlyMap<string, SourceSales>;
}

export interface SalesRow {
  readonly day: number;
  readonly units: number;
  readonly inStock: boolean | null;
}

export interface SalesUpload {
  /** Null = not said: the stored one, else days. */
  readonly period: SalesPeriod | null;
  /** Empty = the default source. */
  readonly source: string;
  readonly rows: readonly SalesRow[];
  /** As stated; null = the end of the last row's period. */
  readonly completeThrough: number | null;
  /** Drops the stored rows, so the period may change. */
  readonly replace: boolean;
}

export type SalesMerge =
  | {
      readonly kind: "merged";
      readonly book: SalesBook;
      /** Rows that shared their date with another row of the upload. */
      readonly addedUp: number;
      /** First days of periods whose sum over all sources is below 0 and counts as 0. */
      readonly belowZero: readonly number[];
    }
  | { readonly kind: "period_differs"; readonly stored: SalesPeriod; readonly given: SalesPeriod };

/** The book after an upload. Rows are checked before: finite units, no date after today. */
export function mergeSales(stored: SalesBook | null, upload: SalesUpload): SalesMerge {
  const before = upload.replace ? null : stored;
  const period = upload.period ?? before?.period ?? "day";
  if (before !== null && before.period !== period && hasRows(before))
    return { kind: "period_differs", stored: before.period, given: period };
  const sums = addUp(upload.rows, period);
  const sources = new Map(before?.sources);
  const entries = new Map(sources.get(upload.source));
  for (const [start, entry] of sums) {
    if (entry.units === 0 && entry.inStock === null) entries.delete(start);
    else entries.set(start, entry);
  }
  if (entries.size > 0) sources.set(upload.source, entries);
  else sources.delete(upload.source);
  const starts = [...sums.keys()];
  const last =
    starts.length === 0
      ? null
      : periodEnd(
          period,
          starts.reduce((a, b) => Math.max(a, b)),
        );
  const book: SalesBook = {
    schema: SALES_SCHEMA,
    period,
    knownFrom: leastOf(before?.knownFrom ?? null, starts.length === 0 ? null : starts.reduce((a, b) => Math.min(a, b))),
    completeThrough: mostOf(before?.completeThrough ?? null, upload.completeThrough ?? last),
    sources,
  };
  return {
    kind: "merged",
    book,
    addedUp: upload.rows.length - sums.size,
    belowZero: starts.filter((start) => unitsOf(book, start) < 0).toSorted((a, b) => a - b),
  };
}

/**
 * The book without the rows of a range, both ends included. Deleted days at the end of the book become unseen; days
 * between remaining rows count as days without sales, as everywhere.
 */
export function deleteSales(book: SalesBook, from: number, to: number): SalesBook {
  const gone = (start: number): boolean => start <= to && periodEnd(book.period, start) >= from;
  const sources = new Map<string, SourceSales>();
  for (const [source, entries] of book.sources) {
    const kept = new Map([...entries].filter(([start]) => !gone(start)));
    if (kept.size > 0) sources.set(source, kept);
  }
  const rest = { ...book, sources };
  const firstLeft = leastStart(rest);
  const lastLeft = lastStart(rest);
  const { knownFrom, completeThrough } = book;
  const headGone = knownFrom !== null && gone(knownFrom);
  const tailGone = completeThrough !== null && completeThrough >= from && completeThrough <= periodEnd(book.period, to);
  return {
    ...rest,
    knownFrom: firstLeft === null ? null : headGone ? firstLeft : knownFrom,
    completeThrough: lastLeft === null ? null : tailGone ? periodEnd(book.period, lastLeft) : completeThrough,
  };
}

/** Rows as they are served: one a period, sources added up, oldest first; zeros only where a flag was stored. */
export function rowsOf(book: SalesBook): SalesRow[] {
  const starts = new Set([...book.sources.values()].flatMap((entries) => [...entries.keys()]));
  return [...starts]
    .toSorted((a, b) => a - b)
    .map((day) => ({ day, units: unitsOf(book, day), inStock: flagOf(book, day) }));
}

/** Units of a period, all sources together; below 0 where returns outweigh. */
export function unitsOf(book: SalesBook, start: number): number {
  let units = 0;
  for (const entries of book.sources.values()) units += entries.get(start)?.units ?? 0;
  return withoutDust(units);
}

/** Sold out where any source says so. */
export function flagOf(book: SalesBook, start: number): boolean | null {
  let flag: boolean | null = null;
  for (const entries of book.sources.values()) flag = worse(flag, entries.get(start)?.inStock ?? null);
  return flag;
}

/** First day of the last period with an entry; null without one. */
function lastStart(book: SalesBook): number | null {
  return extreme(book, mostOf);
}

function leastStart(book: SalesBook): number | null {
  return extreme(book, leastOf);
}

function extreme(book: SalesBook, pick: (a: number | null, b: number | null) => number | null): number | null {
  let found: number | null = null;
  for (const entries of book.sources.values()) for (const start of entries.keys()) found = pick(found, start);
  return found;
}

function hasRows(book: SalesBook): boolean {
  return book.knownFrom !== null;
}

function addUp(rows: readonly SalesRow[], period: SalesPeriod): Map<number, SalesEntry> {
  // Sums in order of size: sums of fractions depend on their order, but equal rows must give an equal book (I14).
  const byStart = new Map<number, SalesRow[]>();
  for (const row of rows) {
    const start = periodStart(period, row.day);
    const known = byStart.get(start);
    if (known === undefined) byStart.set(start, [row]);
    else known.push(row);
  }
  const sums = new Map<number, SalesEntry>();
  for (const [start, group] of byStart) {
    const units = group.map((row) => row.units).toSorted((a, b) => a - b);
    sums.set(start, {
      units: withoutDust(units.reduce((sum, next) => sum + next, 0)),
      inStock: group.reduce<boolean | null>((flag, row) => worse(flag, row.inStock), null),
    });
  }
  return sums;
}

function worse(a: boolean | null, b: boolean | null): boolean | null {
  return a === false || b === false ? false : (a ?? b);
}

function leastOf(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function mostOf(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** First day after everything that the book covers or lists. */
export function endOfBook(book: SalesBook): number | null {
  const last = lastStart(book);
  return mostOf(
    last === null ? null : nextPeriod(book.period, last),
    book.completeThrough === null ? null : book.completeThrough + 1,
  );
}
