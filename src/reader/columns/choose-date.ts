/** Chooses the column, or columns together, with the date of a sale. */
import { readDate } from "../dates/date-text.ts";
import type { Period } from "../types.ts";
import { isDated, isNumeric } from "./column-facts.ts";
import type { HeaderClass } from "./header-class.ts";
import { areAlike, flagFor, headerText, type Choice, type Head, type Roles } from "./head.ts";
import type { DateSource } from "./layout.ts";

const RANK: Partial<Record<HeaderClass, number>> = {
  date_sale: 5,
  date_plain: 4,
  day_of_month: 4,
  week: 3,
  fortnight: 3,
  month: 3,
  quarter: 3,
  period: 3,
  date_other: 2,
  none: 1,
  year: 1,
};
const HINT: Partial<Record<HeaderClass, Period>> = {
  week: "week",
  fortnight: "fortnight",
  month: "month",
  quarter: "quarter",
};

const DAYS_OF_A_YEAR = 366;
/** Seconds or milliseconds since 1970: they say a moment, and not on which day it was at the store. */
const UNIX_TIME = /^1\d{9}(?:\d{3})?$/u;

/** A value of null without question or problem: the table has no dates. */
export function chooseDate(head: Head, roles: Roles): Choice<DateSource> {
  const free = head.headers.map((_, column) => column).filter((column) => roles.isFree(column));
  const ranked = free
    .map((column) => ({ column, rank: RANK[head.classes[column]!.class] ?? 0 }))
    .filter(({ column, rank }) => rank > 0 && holdsDates(head, column))
    .sort((a, b) => b.rank - a.rank || a.column - b.column);
  const parts = dateParts(head, free);
  const [best] = ranked;
  if (best !== undefined && (best.rank >= 4 || parts === null)) {
    const rivals = ranked.filter(({ rank }) => rank === best.rank).map(({ column }) => column);
    if (rivals.length > 1 && !areAlike(head, rivals)) return { value: null, question: dateQuestion(head, rivals) };
    return { value: giveColumn(head, roles, best.column) };
  }
  if (parts !== null) {
    for (const [role, column] of Object.entries(parts))
      if (role !== "kind") roles.give(column as number | null, role, "one date in several columns");
    return { value: parts };
  }
  return unreadable(head, free);
}

/** A column that the person named. */
export function dateFrom(head: Head, roles: Roles, column: number): DateSource {
  roles.give(column, "date", "chosen with --date-column");
  return { kind: "column", column, hint: HINT[head.classes[column]!.class] ?? null };
}

function giveColumn(head: Head, roles: Roles, column: number): DateSource {
  const { class: name, word } = head.classes[column]!;
  roles.give(column, "date", name === "none" ? "its cells are dates" : `"${word}", and its cells are dates`);
  return { kind: "column", column, hint: HINT[name] ?? null };
}

function holdsDates(head: Head, column: number): boolean {
  const facts = head.facts[column]!;
  if (isDated(facts)) return true;
  const { class: name } = head.classes[column]!;
  if (name === "none" || name === "year" || name === "date_other") return false;
  // In a column that is called a date, 20260131, 2026-01 and Excel's day numbers are dates; rows without one are left
  // out.
  return head.rows.some(({ cells }) => {
    const date = readDate(cells[column] ?? "", name === "week" ? "weeks" : "days");
    return date !== null && date.kind !== "partial";
  });
}

function dateParts(head: Head, free: readonly number[]): Extract<DateSource, { kind: "parts" }> | null {
  const whole = (name: HeaderClass | "day", least: number, most: number): number | null =>
    free.find((column) => {
      const facts = head.facts[column]!;
      const fits = isNumeric(facts) && facts.whole === facts.numbers && facts.least >= least && facts.most <= most;
      const { class: found } = head.classes[column]!;
      return fits && (name === "day" ? found === "day_of_month" || found === "date_plain" : found === name);
    }) ?? null;
  const partial = (name: HeaderClass): number | null =>
    free.find((column) => {
      const facts = head.facts[column]!;
      return head.classes[column]!.class === name && facts.filled > 0 && facts.partialDates >= facts.filled * 0.9;
    }) ?? null;
  const year = whole("year", 1970, 2099) ?? whole("year", 2513, 2642);
  if (year === null) return null;
  const month = whole("month", 1, 12) ?? partial("month");
  const week = month === null ? (whole("week", 1, 53) ?? partial("week")) : null;
  const quarter = month === null && week === null ? (whole("quarter", 1, 4) ?? partial("quarter")) : null;
  if (month === null && week === null && quarter === null) return null;
  return { kind: "parts", year, month, day: month === null ? null : whole("day", 1, 31), week, quarter };
}

function dateQuestion(head: Head, columns: readonly number[]) {
  return {
    about: "date_column",
    text: "Which of the dates is the day of the sale?",
    choices: columns.map((column) => ({
      flag: flagFor("--date-column", head.headers, column),
      means: `"${headerText(head.headers, column)}", for example ${head.facts[column]!.example}`,
    })),
  };
}

/** A column is called a date, but its cells are not dates: the problem names what they are. */
function unreadable(head: Head, free: readonly number[]): Choice<DateSource> {
  const at = free.find((column) => {
    const name = head.classes[column]!.class;
    const { filled, example } = head.facts[column]!;
    const isTime = name === "date_other" && UNIX_TIME.test(example);
    return isTime || ((RANK[name] ?? 0) >= 3 && name !== "period" && filled > 0);
  });
  if (at === undefined) return { value: null };
  const { example, partialDates, filled } = head.facts[at]!;
  const header = headerText(head.headers, at);
  const year = free.find((column) => head.classes[column]!.class === "year" && isNumeric(head.facts[column]!));
  if (year !== undefined && head.facts[year]!.most < 100) {
    const shown = head.facts[year]!.example;
    return {
      value: null,
      problem: `"${headerText(head.headers, year)}" should hold years such as 2026, and holds "${shown}".`,
    };
  }
  if (year !== undefined && head.classes[at]!.class === "fortnight")
    return {
      value: null,
      problem:
        `"${header}" numbers fortnights, and says no dates. ` +
        `Write the date each one begins on, such as 2026-01-05.`,
    };
  const date = readDate(example, "days");
  const isNumber = isNumeric(head.facts[at]!) && head.facts[at]!.most <= DAYS_OF_A_YEAR;
  if (partialDates >= filled * 0.5 || date?.kind === "partial" || isNumber)
    return {
      value: null,
      problem:
        `"${header}" does not say the year ("${example}"). Add a column with the year, or write dates as ` +
        "2026-01-31.",
    };
  return { value: null, problem: `"${header}" should hold dates such as 2026-01-31, and holds "${example}".` };
}
