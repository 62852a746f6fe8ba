/** The period that a row of sales covers: a day, an ISO week or a calendar month. */
import { weekdayOf } from "../../replenishment/models/day-numbers.ts";
import { calendarDate } from "../../shared/calendar-dates.ts";
import { firstOfMonth } from "../dates.ts";

export const SALES_PERIODS = ["day", "week", "month"] as const;
export type SalesPeriod = (typeof SALES_PERIODS)[number];

/** With fewer rows the spacing cannot be recognised. */
const LEAST_ROWS = 4;

/** First day of the period that a day lies in. */
export function periodStart(period: SalesPeriod, day: number): number {
  switch (period) {
    case "day":
      return day;
    case "week":
      return day - weekdayOf(day);
    case "month": {
      const { year, month } = calendarDate(day);
      return firstOfMonth(year, month);
    }
  }
}

/** First day of the period after the one that a day lies in. */
export function nextPeriod(period: SalesPeriod, day: number): number {
  switch (period) {
    case "day":
      return day + 1;
    case "week":
      return periodStart("week", day) + 7;
    case "month": {
      const { year, month } = calendarDate(day);
      return firstOfMonth(year, month + 1);
    }
  }
}

/** Last day of the period that a day lies in. */
export function periodEnd(period: SalesPeriod, day: number): number {
  return nextPeriod(period, day) - 1;
}

/** First days of the periods from the one that `from` lies in to the one that `to` lies in. */
export function periodsBetween(period: SalesPeriod, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let start = periodStart(period, from); start <= to; start = nextPeriod(period, start)) starts.push(start);
  return starts;
}

/**
 * Guesses the period of a file that names none: rows always 7 days apart are weeks, 28 to 31 days apart are months;
 * null when they are neither, or too few to know.
 */
export function spacingOf(days: Iterable<number>): "week" | "month" | null {
  const sorted = [...new Set(days)].toSorted((a, b) => a - b);
  if (sorted.length < LEAST_ROWS) return null;
  const gaps = sorted.slice(1).map((day, index) => day - sorted[index]!);
  if (gaps.every((gap) => gap === 7)) return "week";
  return gaps.every((gap) => gap >= 28 && gap <= 31) ? "month" : null;
}
