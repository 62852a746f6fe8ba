/** Day numbers as dates, weeks and months, without a clock or a time zone. */
import { weekdayOf } from "../replenishment/models/day-numbers.ts";
import { dayNumber } from "../shared/calendar-dates.ts";
import { WEEKDAYS, type DayRange, type Weekday } from "./types.ts";

export function weekdayNameOf(day: number): Weekday {
  return WEEKDAYS[weekdayOf(day)]!;
}

export function isInRanges(day: number, ranges: readonly DayRange[]): boolean {
  return ranges.some(({ from, to }) => day >= from && day <= to);
}

/** Day number of the first of a month; months beyond 1..12 run into the neighbouring years. */
export function firstOfMonth(year: number, month: number): number {
  const months = year * 12 + month - 1;
  return dayNumber(Math.floor(months / 12), (months % 12) + 1, 1)!;
}
