/** Day numbers as dates, weeks and months, without a clock or a time zone. */
import { dayNumberOfIso, weekdayOf } from "../replenishment/models/day-numbers.ts";
import { WEEKDAYS, type DayRange, type Weekday } from "./types.ts";

export const DAY_MS = 86_400_000;

/** ISO date of a day number. */
export function dateOf(day: number): string {
  const { year, month, dayOfMonth } = civilOf(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
}

/** Day number of an ISO date; NaN when it is none, a date such as 2026-02-30 included. */
export function dayOf(date: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/u.test(date) ? dayNumberOfIso(date) : Number.NaN;
  return Number.isFinite(day) && dateOf(day) === date ? day : Number.NaN;
}

export function weekdayNameOf(day: number): Weekday {
  return WEEKDAYS[weekdayOf(day)]!;
}

export function isInRanges(day: number, ranges: readonly DayRange[]): boolean {
  return ranges.some(({ from, to }) => day >= from && day <= to);
}

/**
 * Year, month (1..12) and day of the month of a day number. After Hinnant, "chrono-compatible low-level date
 * algorithms".
 */
export function civilOf(day: number): { readonly year: number; readonly month: number; readonly dayOfMonth: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** Day number of the first of a month; months beyond 1..12 run into the neighbouring years. */
export function firstOfMonth(year: number, month: number): number {
  const months = year * 12 + month - 1;
  const [inYear, inMonth] = [Math.floor(months / 12), (months % 12) + 1];
  return dayNumberOfIso(`${String(inYear).padStart(4, "0")}-${String(inMonth).padStart(2, "0")}-01`);
}
