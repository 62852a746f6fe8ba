/** What one text may be as a date, and the days that its parts make. */
import type { DateOrder, Period } from "../types.ts";
import { isoWeekStart } from "./days.ts";
import { dayNumber } from "../../shared/calendar-dates.ts";

/** What a text may mean besides its first reading; a null period is one that is neither planned nor played back. */
export interface OtherReading {
  readonly period: Period | null;
  readonly day: number;
  readonly means: string;
}

export type DateText =
  | {
      readonly kind: "exact";
      readonly period: Period;
      readonly day: number;
      readonly format: string;
      readonly other?: OtherReading;
    }
  /** Its numbers could be in another order; null = no such day in that order. */
  | {
      readonly kind: "ordered";
      readonly period: "day" | "week";
      readonly days: Readonly<Record<DateOrder, number | null>>;
      readonly dotted: boolean;
    }
  /** A month, week or day without its year. */
  | { readonly kind: "partial"; readonly what: "month" | "week" | "day" | "quarter"; readonly number: number };

/** 1970 to 2099: a date outside is a typing error, and would make a history of a thousand years. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;
/** The Thai calendar counts from the year 543 before ours. */
const BUDDHIST_YEARS = 543;

export function week(year: string | undefined, number: string): DateText | null {
  if (year === undefined) return { kind: "partial", what: "week", number: Number(number) };
  return exact("week", isoWeekStart(fullYear(year), Number(number)), "ISO weeks");
}

export function quarter(year: string | undefined, number: string): DateText | null {
  const numbered = /^\d/u.test(number) ? Number(number) : ["i", "ii", "iii", "iv"].indexOf(number) + 1;
  if (year === undefined) return { kind: "partial", what: "quarter", number: numbered };
  return exact("quarter", checked(fullYear(year), numbered * 3 - 2, 1), "quarters");
}

export function exact(period: Period, day: number | null, format: string): DateText | null {
  return day === null ? null : { kind: "exact", period, day, format };
}

/** Null outside the years that a shop's file may contain. */
export function checked(written: number, month: number, day: number): number | null {
  const year = commonYear(written);
  return year < FIRST_YEAR || year > LAST_YEAR ? null : dayNumber(year, month, day);
}

/** 2026 of 2569, which only the Thai calendar can mean. */
export function commonYear(year: number): number {
  return year >= FIRST_YEAR + BUDDHIST_YEARS && year <= LAST_YEAR + BUDDHIST_YEARS ? year - BUDDHIST_YEARS : year;
}

/** Two digits up to 69 are of this century, as in POSIX. */
export function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
}

export function withOther(
  date: DateText | null,
  { day, ...other }: Omit<OtherReading, "day"> & { readonly day: number | null },
): DateText | null {
  return date?.kind !== "exact" || day === null ? date : { ...date, other: { ...other, day } };
}

/** `half` is 1 or 2. */
export function halfMonth(year: number, month: number, half: number): DateText | null {
  return exact("fortnight", checked(year, month, half === 1 ? 1 : 16), "half months");
}
