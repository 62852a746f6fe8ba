/** Day numbers as dates, weeks and months, without a clock or a time zone. */
import { dayNumberOfIso, weekdayOf } from "../replenishment/models/calendar.ts";
import { WEEKDAYS, type DayRange, type Weekday } from "./types.ts";

export const DAY_MS = 86_400_000;

/** ISO date of a day number. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
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

/** Year, month (1..12) and day of the month of a day number. */
export function civilOf(day: number): { readonly year: number; readonly month: number; readonly dayOfMonth: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

/** Day number of the first of a month; months beyond 1..12 run into the neighbouring years. */
export function firstOfMonth(year: number, month: number): number {
  return Math.round(Date.UTC(year, month - 1, 1) / DAY_MS);
}
