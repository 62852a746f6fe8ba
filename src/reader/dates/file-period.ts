/** Decides the period of a file's dates, and where periods begin. */
import type { Period, FileQuestion, ReaderOptions } from "../types.ts";
import { monthIndex, weekdayOf } from "./days.ts";
import { calendarDate, dayNumber, daysInMonth } from "../../shared/calendar-dates.ts";

/** With fewer dates no spacing can be recognised. */
const LEAST_DATES = 4;

export interface PeriodVerdict {
  readonly period: Period;
  readonly question: FileQuestion | null;
  readonly warning: string | null;
}

export interface PeriodEvidence {
  /** Rising. */
  readonly days: readonly number[];
  /** The period that the texts of the dates name. */
  readonly written: Period;
  /** The period that the header names. */
  readonly hint: Period | null;
  /** True with one column for each period: nobody keeps a column for Mondays alone. */
  readonly isTable: boolean;
}

export function periodOf({ days, written, hint, isTable }: PeriodEvidence, options: ReaderOptions): PeriodVerdict {
  if (options.period !== undefined) return plain(options.period);
  if (written !== "day") return plain(written);
  const spaced = spacingOf(days);
  if (hint !== null && fits(hint, days)) return plain(hint);
  if (spaced === "day") return plain("day");
  if (isTable)
    return {
      ...plain(spaced),
      warning:
        `The dates are a ${spaced} apart, so each column is taken for a ${spaced}; --period day takes them for ` +
        "single days.",
    };
  return {
    period: spaced,
    warning: null,
    question: {
      about: "period",
      text: `The dates are a ${spaced} apart throughout. What does a row cover?`,
      choices: [
        { flag: `--period ${spaced}`, means: `the sales of a ${spaced}` },
        { flag: "--period day", means: "the sales of that one day" },
      ],
    },
  };
}

function plain(period: Period): PeriodVerdict {
  return { period, question: null, warning: null };
}

/** The period that separates all dates; `day` for any other spacing. */
function spacingOf(days: readonly number[]): Period {
  if (days.length < LEAST_DATES) return "day";
  const gaps = days.slice(1).map((day, index) => day - days[index]!);
  if (gaps.every((gap) => gap % 14 === 0)) return "fortnight";
  if (gaps.every((gap) => gap % 7 === 0)) return "week";
  const dates = days.map(calendarDate);
  const isStart = dates.every(({ day }) => day === dates[0]!.day);
  const isEnd = dates.every(({ year, month, day }) => day === daysInMonth(year, month));
  if (isStart || isEnd) {
    const months = days.map(monthIndex);
    const apart = months.slice(1).map((month, index) => month - months[index]!);
    return apart.every((gap) => gap % 3 === 0) ? "quarter" : "month";
  }
  return dates.every(({ day }) => day === 1 || day === 15 || day === 16) ? "fortnight" : "day";
}

/** True when the dates do not contradict a header that names a week or month. */
function fits(period: Period, days: readonly number[]): boolean {
  if (days.length < 2) return true;
  const gaps = days.slice(1).map((day, index) => day - days[index]!);
  const least = { day: 1, week: 6, fortnight: 13, month: 28, quarter: 89 }[period];
  return gaps.every((gap) => gap >= least);
}

/** First day of the period that a day lies in; fortnights count from `anchor`. */
export function periodStart(day: number, period: Period, anchor: number): number {
  if (period === "day") return day;
  if (period === "week") return day - weekdayOf(day);
  const { year, month } = calendarDate(day);
  if (period === "fortnight") return anchor + Math.floor((day - anchor) / 14) * 14;
  return dayNumber(year, period === "month" ? month : month - ((month - 1) % 3), 1) ?? day;
}

/** Last day of the period that begins on `start`. */
export function periodEnd(start: number, period: Period): number {
  if (period === "day") return start;
  if (period === "week") return start + 6;
  if (period === "fortnight") return start + 13;
  const { year, month } = calendarDate(start);
  const last = period === "month" ? month : month + 2;
  return dayNumber(year, last, daysInMonth(year, last)) ?? start;
}

/** How many periods `start` is after `first`; both are first days of periods. */
export function periodIndex(start: number, first: number, period: Period): number {
  if (period === "month" || period === "quarter")
    return (monthIndex(start) - monthIndex(first)) / (period === "month" ? 1 : 3);
  return Math.floor((start - first) / { day: 1, week: 7, fortnight: 14 }[period]);
}

export const PERIOD_DAYS: Readonly<Record<Period, number>> = { day: 1, week: 7, fortnight: 14, month: 30, quarter: 91 };
