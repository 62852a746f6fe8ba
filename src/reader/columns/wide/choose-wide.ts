/** Tables with a column for each period. */
import type { DateText } from "../../dates/date-parts.ts";
import { dateInHeader } from "../../dates/date-text.ts";
import type { Period } from "../../types.ts";
import { isWeekday } from "../../text/calendar-words.ts";
import { plainText } from "../../text/words.ts";
import { isDated, isNumeric } from "../column-facts.ts";
import type { Choice, Head, Roles } from "../head.ts";
import type { WideLayout } from "../layout.ts";
import { giveTotals, totalColumns } from "./total-columns.ts";

export interface WideColumns {
  readonly periods: readonly number[];
  readonly totals: readonly number[];
  readonly numbered: boolean;
}

/** Least numbered columns that count as periods. */
const LEAST_NUMBERED = 4;
const LEAST_WEEKDAYS = 4;
const NUMBERED: Readonly<Record<string, Period>> = {
  d: "day",
  day: "day",
  w: "week",
  wk: "week",
  week: "week",
  kw: "week",
  m: "month",
  month: "month",
  p: "week",
  period: "week",
  t: "week",
  q: "quarter",
};

const LENGTHS = ["day", "week", "fortnight", "month", "quarter"] as const;
const YEAR = /^(?:19|20)\d\d$/u;

/** Null when the headers are not periods. */
export function wideColumns(head: Head): Choice<WideColumns> {
  const dates = head.headers.map((header) => headerDate(header));
  const figures = (column: number): boolean => {
    const facts = head.facts[column]!;
    return facts.filled === 0 || facts.numbers >= facts.filled * 0.5;
  };
  const whole = head.headers.map((_, column) => column).filter((column) => isWhole(dates[column]) && figures(column));
  if (whole.length >= 2) return periodsOfOneLength(head, dates, whole);
  const series = numberedSeries(head).filter(figures);
  if (series.length >= LEAST_NUMBERED)
    return { value: { periods: series, totals: totalColumns(head, new Set(series)), numbered: true } };
  const partial = head.headers
    .map((_, column) => column)
    .filter((column) => dates[column]?.kind === "partial" && figures(column) && head.facts[column]!.filled > 0);
  const least = head.facts.some(isDated) ? LEAST_NUMBERED : 2;
  const weekdays = head.headers.filter((header) => isWeekday(plainText(header)));
  if (weekdays.length >= LEAST_WEEKDAYS && least === 2)
    return {
      value: null,
      problem:
        `The columns "${weekdays[0]}" to "${weekdays.at(-1)}" are days of the week without a date. Write the date of ` +
        "each, such as 2026-01-05.",
    };
  if (partial.length < least) return { value: null };
  const kind = dates[partial[0]!];
  const what = kind?.kind === "partial" ? kind.what : "week";
  if (what === "week")
    return { value: { periods: partial, totals: totalColumns(head, new Set(partial)), numbered: true } };
  const [first, last] = [head.headers[partial[0]!], head.headers[partial.at(-1)!]];
  return {
    value: null,
    problem:
      `The columns "${first}" to "${last}" are ${what}s without a year. Write the year with each, such as ` +
      `"${first} 2026".`,
  };
}

/** Columns of a longer period beside shorter ones add these up: quarters among months, a year among quarters. */
function periodsOfOneLength(
  head: Head,
  dates: readonly (DateText | null)[],
  columns: readonly number[],
): Choice<WideColumns> {
  const period = (column: number): Period => {
    const date = dates[column];
    return date?.kind === "exact" || date?.kind === "ordered" ? date.period : "day";
  };
  const counts = LENGTHS.map((length) => columns.filter((column) => period(column) === length).length);
  const usual = counts.indexOf(Math.max(...counts));
  const finer = columns.find((column) => LENGTHS.indexOf(period(column)) < usual);
  const periods = columns.filter((column) => LENGTHS.indexOf(period(column)) === usual);
  if (finer !== undefined)
    return {
      value: null,
      problem:
        `The column "${head.headers[finer]}" is a ${period(finer)}, and "${head.headers[periods[0]!]}" is a ` +
        `${LENGTHS[usual]}. Export columns of one period.`,
    };
  const longer = columns.filter((column) => !periods.includes(column));
  const others = head.headers
    .map((_, column) => column)
    .filter(
      (column) =>
        column > periods[0]! &&
        !columns.includes(column) &&
        isNumeric(head.facts[column]!) &&
        (head.headers[column] === "" || YEAR.test(head.headers[column]!)),
    );
  const totals = [...longer, ...others, ...totalColumns(head, new Set(columns))].sort((a, b) => a - b);
  return { value: { periods, totals, numbered: false } };
}

/** The period of a numbered column, by its word: d_1, W1, M1. */
export function numberedPeriod(header: string): Period | null {
  const word = /^(\p{L}{1,8})[ _-]?\d{1,4}$/u.exec(header)?.[1]?.toLowerCase() ?? "";
  return NUMBERED[word] ?? null;
}

/** Columns such as d_1, d_2 … or M1, M2 …: a word for a period, with consecutive numbers. */
function numberedSeries(head: Head): number[] {
  if (head.facts.some(isDated)) return [];
  const parts = head.headers.map((header) => /^(\p{L}{1,8})[ _-]?(\d{1,4})$/u.exec(header));
  let best: number[] = [];
  let run: number[] = [];
  parts.forEach((part, column) => {
    const before = parts[column - 1];
    const isNumbered = part !== null && numberedPeriod(part[0]) !== null;
    const follows = isNumbered && before?.[1] === part[1] && Number(before?.[2]) + 1 === Number(part[2]);
    run = follows ? [...run, column] : isNumbered ? [column] : [];
    if (run.length > best.length) best = run;
  });
  return best;
}

export function wideLayout(
  roles: Roles,
  { periods, totals, numbered }: WideColumns,
  names: Pick<WideLayout, "item" | "store" | "measure">,
): WideLayout {
  for (const column of periods)
    roles.give(column, "units", `its header is a ${numbered ? "numbered period" : "date or period"}`);
  giveTotals(roles, totals);
  return { kind: "wide", ...names, variants: [], periods, totals, numbered };
}

/** A header without a word such as "units" before or after its date. */
export function bareDate(header: string): string {
  return header.replace(
    /^(?:units|qty|quantity|sold|sales|menge|absatz)\s+|\s+(?:units|qty|quantity|sold|menge)$/iu,
    "",
  );
}

/** The date in a header, even with such a word. */
export function headerDate(header: string): DateText | null {
  const bare = bareDate(header);
  return bare.length > 40 ? null : dateInHeader(bare);
}

function isWhole(date: DateText | null | undefined): boolean {
  return date?.kind === "exact" || date?.kind === "ordered";
}
