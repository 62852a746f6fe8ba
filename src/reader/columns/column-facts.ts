/** What the cells of one column look like in the first rows of a file. */
import { readDate } from "../dates/date-text.ts";
import { CURRENCY, readNumber } from "../text/number-text.ts";
import type { Row } from "../types.ts";

export interface ColumnFacts {
  readonly filled: number;
  readonly distinct: number;
  readonly numbers: number;
  readonly whole: number;
  /** Exactly two digits after a decimal mark, as money is printed. */
  readonly cents: number;
  readonly currency: number;
  /** Dates and periods, without plain numbers such as 20260131. */
  readonly dates: number;
  readonly partialDates: number;
  readonly flags: number;
  readonly least: number;
  readonly most: number;
  readonly example: string;
}

const FLAG = /^(?:0|1|true|false|yes|no|y|n)$/iu;

export function columnFacts(rows: readonly Row[], column: number): ColumnFacts {
  const seen = new Set<string>();
  let [filled, numbers, whole, cents, currency, dates, partialDates, flags] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let example = "";
  for (const { cells } of rows) {
    const cell = cells[column] ?? "";
    if (cell === "") continue;
    if (filled === 0) example = cell;
    filled++;
    seen.add(cell);
    if (FLAG.test(cell)) flags++;
    if (CURRENCY.test(cell)) currency++;
    const number = readNumber(cell);
    if (number !== null) {
      numbers++;
      const value = number.dot ?? number.comma ?? 0;
      least = Math.min(least, value);
      most = Math.max(most, value);
      if (Number.isInteger(value)) whole++;
      if (/[.,]\d\d$/u.test(cell)) cents++;
    }
    const date = /[^\d.,-]|\d[-./]\d+[-./]\d/u.test(cell) ? readDate(cell, "none") : null;
    if (date?.kind === "partial") partialDates++;
    else if (date !== null) dates++;
  }
  return {
    filled,
    distinct: seen.size,
    numbers,
    whole,
    cents,
    currency,
    dates,
    partialDates,
    flags,
    least,
    most,
    example,
  };
}

/** Nearly every filled cell is a number. */
export function isNumeric({ filled, numbers }: ColumnFacts): boolean {
  return filled > 0 && numbers >= filled * 0.9;
}

export function isDated({ filled, dates }: ColumnFacts): boolean {
  return filled > 0 && dates >= filled * 0.8;
}

/** Printed as money: a currency, or always two digits after the mark. */
export function looksLikeMoney({ filled, cents, currency, numbers }: ColumnFacts): boolean {
  return currency > filled * 0.5 || (numbers > 3 && cents >= numbers * 0.95);
}
