/** Days of files as texts and parts of the calendar; days are numbers since 1970-01-01. */
import { calendarDate, dayNumber } from "../../shared/calendar-dates.ts";

/** 0 = Monday. */
export function weekdayOf(days: number): number {
  return (((days + 3) % 7) + 7) % 7;
}

/** Monday of an ISO week; null when the year has no such week. */
export function isoWeekStart(year: number, week: number): number | null {
  const fourth = dayNumber(year, 1, 4) ?? 0;
  const first = fourth - weekdayOf(fourth);
  const next = dayNumber(year + 1, 1, 4) ?? 0;
  const weeks = (next - weekdayOf(next) - first) / 7;
  return week >= 1 && week <= weeks ? first + (week - 1) * 7 : null;
}

/** Months since the year 0. */
export function monthIndex(days: number): number {
  const { year, month } = calendarDate(days);
  return year * 12 + month - 1;
}
