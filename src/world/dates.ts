/** Day numbers as dates, weeks and months, without a clock or a time zone. */
import { isoDay } from "../shared/calendar-dates.ts";
import { dayNumberOfIso, weekdayOf } from "../replenishment/models/day-numbers.ts";
import { WEEKDAYS, type DayRange, type Weekday } from "./types.ts";

/** ISO date of a day number. */
export function dateOf(day: number): string {
  return isoDay(day);
}

/** Day number of an ISO date; NaN for anything else, including a date like 2026-02-30. */
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

/** Day number of the first of a month; months beyond 1..12 run into the neighbouring years. */
export function firstOfMonth(year: number, month: number): number {
  const months = year * 12 + month - 1;
  const [inYear, inMonth] = [Math.floor(months / 12), (months % 12) + 1];
  return dayNumberOfIso(`${String(inYear).padStart(4, "0")}-${String(inMonth).padStart(2, "0")}-01`);
}
