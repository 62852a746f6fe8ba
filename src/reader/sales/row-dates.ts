/** The day of a row, from one column or from several. */
import { monthNamed } from "../text/calendar-words.ts";
import { plainText } from "../text/words.ts";
import { plainDigits } from "../text/digits.ts";
import { commonYear } from "../dates/date-parts.ts";
import { readDate } from "../dates/date-text.ts";
import { DateSurvey, type DateVerdict } from "../dates/date-survey.ts";
import { isoWeekStart } from "../dates/days.ts";
import { dayNumber } from "../../shared/calendar-dates.ts";
import type { DateSource } from "../columns/layout.ts";
import type { Period, ReaderOptions } from "../types.ts";

export interface RowDates {
  /** The first pass over the rows. */
  survey(cells: readonly string[]): void;
  verdict(options: ReaderOptions): DateVerdict;
  /** The text in place of a row's date, for naming it when it is not a date. */
  text(cells: readonly string[]): string;
  dayOf(cells: readonly string[]): number | null;
  /** The period that the texts themselves name. */
  readonly period: Period;
  readonly isEmpty: boolean;
  /** A moment in UTC among the dates; null = the texts say the store's own days. */
  readonly utc: string | null;
}

export function rowDates(source: DateSource, options: ReaderOptions): RowDates {
  return source.kind === "column" ? oneColumn(source, options) : severalColumns(source);
}

/** What a person should check about moments in UTC. */
export function utcWarnings({ utc }: RowDates): readonly string[] {
  return utc === null
    ? []
    : [
        `"${utc}" is a time in UTC, so each sale counts on its day in UTC. If the store has another clock, export ` +
          "the store's own times.",
      ];
}

function oneColumn({ column, hint }: Extract<DateSource, { kind: "column" }>, options: ReaderOptions): RowDates {
  const survey = new DateSurvey(options, hint === "week" ? "weeks" : "days");
  let period: Period = "day";
  return {
    survey: (cells) => survey.add(cells[column] ?? ""),
    verdict(chosen) {
      const verdict = survey.verdict(chosen, hint);
      period = survey.period;
      return verdict;
    },
    text: (cells) => cells[column] ?? "",
    dayOf(cells) {
      const date = survey.dayOf(cells[column] ?? "");
      // A month in a column of days gives no day.
      return date !== null && date.period === period ? date.day : null;
    },
    get period() {
      return period;
    },
    get isEmpty() {
      return survey.read === 0;
    },
    get utc() {
      return survey.utc;
    },
  };
}

function severalColumns({ year, month, day, week, quarter }: Extract<DateSource, { kind: "parts" }>): RowDates {
  const kept = new Map<string, number | null>();
  const columns = [year, month, day, week, quarter].filter((column) => column !== null);
  const period: Period = week !== null ? "week" : quarter !== null ? "quarter" : day === null ? "month" : "day";
  const text = (cells: readonly string[]): string => columns.map((column) => cells[column] ?? "").join(" ");
  const read = (cells: readonly string[]): number | null => {
    const years = commonYear(Number(plainDigits(cells[year] ?? "")));
    if (!Number.isInteger(years) || years < 1970 || years > 2099) return null;
    if (week !== null) return isoWeekStart(years, numberIn(cells[week]));
    if (quarter !== null) return dayNumber(years, numberIn(cells[quarter]) * 3 - 2, 1);
    const months = monthNamed(plainText(cells[month!] ?? "")) ?? numberIn(cells[month!]);
    return dayNumber(years, months, day === null ? 1 : Number(plainDigits(cells[day] ?? "")));
  };
  let any = false;
  return {
    survey: (cells) => {
      any ||= read(cells) !== null;
    },
    verdict: () => ({
      order: null,
      format: columns.length === 2 ? "two columns" : "three columns",
      question: null,
      problem: null,
    }),
    text,
    dayOf(cells) {
      const key = text(cells);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const day = read(cells);
      kept.set(key, day);
      return day;
    },
    period,
    get isEmpty() {
      return !any;
    },
    utc: null,
  };
}

/** 5 of `5`, `W5`, `Q2` or `week 5`; 0 for none. */
function numberIn(text: string | undefined): number {
  const date = readDate(text ?? "", "none");
  if (date?.kind === "partial") return date.number;
  const figures = plainDigits(text ?? "");
  return /^\d{1,2}$/u.test(figures) ? Number(figures) : 0;
}
