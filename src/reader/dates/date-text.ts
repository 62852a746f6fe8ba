/** Reads one text as a date: a day under each order it could be written in, a period, or part of a date. */
import type { DateOrder, Period } from "../types.ts";
import {
  FORTNIGHT_TEXT,
  HALF_MONTH_TEXT,
  HALF_MONTHS_TEXT,
  isWeekday,
  LINK_WORDS,
  monthNamed,
  QUARTER_TEXT,
  WEEK_LEAD,
  WEEK_OR_HALF_YEAR,
  WEEK_OR_QUARTER_TEXT,
  WEEK_OR_SEPTEMBER,
  WEEK_TEXT,
  WEEKDAY,
  WEEKDAY_AFTER,
  WEEKDAY_BEFORE,
} from "../text/calendar-words.ts";
import { plainText } from "../text/words.ts";
import { isoWeekStart } from "./days.ts";
import { dayNumber } from "../../shared/calendar-dates.ts";

/** What a text may mean besides its first reading; a null period is one that is neither planned nor played back. */
export interface OtherReading {
  readonly period: Period | null;
  readonly day: number;
  readonly means: string;
}

export type DateText =
  | {
      readonly kind: "exact";
      readonly period: Period;
      readonly day: number;
      readonly format: string;
      readonly other?: OtherReading;
    }
  /** Its numbers could be in another order; null = no such day in that order. */
  | {
      readonly kind: "ordered";
      readonly period: "day" | "week";
      readonly days: Readonly<Record<DateOrder, number | null>>;
      readonly dotted: boolean;
    }
  /** A month, week or day without its year. */
  | { readonly kind: "partial"; readonly what: "month" | "week" | "day" | "quarter"; readonly number: number };

/** 1970 to 2099: a date outside is a typing error, and would make a history of a thousand years. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;
const TIME =
  /[T\s,]+\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\.?)?\s*(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?\s*$/iu;
/** 1900 system; from 1989-12-31 to 2099. */
const SERIAL = /^\d{5}(?:[.,]\d+)?$/u;
const FIRST_SERIAL = 32_873;
const LAST_SERIAL = 73_050;
const SERIAL_EPOCH = 25_569;

/** How to read bare numbers in a date column: 20260131, Excel's 46053, 202605 for a month or a week. */
export type BareNumbers = "none" | "days" | "weeks";

export function readDate(raw: string, bare: BareNumbers): DateText | null {
  const text = figuresOf(raw);
  const date = numeric(text, bare);
  if (date === null) return text.length <= 40 ? worded(text) : null;
  const isWeek = WEEK_LEAD.test(raw) && date.kind !== "partial" && date.period === "day";
  return isWeek ? { ...date, period: "week" } : date;
}

/** The date alone: without a time, the day of the week, and words such as "week of" before figures. */
export function figuresOf(raw: string): string {
  const text = raw.replace(TIME, "").trim();
  if (!/\p{L}/u.test(text)) return text;
  const bare = text.replace(WEEK_LEAD, "");
  for (const place of [WEEKDAY_BEFORE, WEEKDAY_AFTER]) {
    const found = place.exec(bare);
    if (found === null || !isWeekday(found[1] ?? "")) continue;
    const rest = bare.replace(found[0], "");
    if (/^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}$/u.test(rest)) return rest;
  }
  return /^[\d\s./-]+$/u.test(bare) ? bare : text;
}

function numeric(text: string, bare: BareNumbers): DateText | null {
  const iso = /^(\d{4})([-/.])(\d{1,2})(?:[-/.](\d{1,2})\.?)?$/u.exec(text);
  if (iso !== null) {
    const [year, month] = [Number(iso[1]), Number(iso[3])];
    return iso[4] === undefined
      ? exact("month", checked(year, month, 1), `yyyy${iso[2]}mm`)
      : exact("day", checked(year, month, Number(iso[4])), `yyyy${iso[2]}mm${iso[2]}dd`);
  }
  const three = /^(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})$/u.exec(text);
  if (three !== null) return ordered(three);
  const monthYear = /^(\d{1,2})[-/.](\d{4})$/u.exec(text);
  if (monthYear !== null) return exact("month", checked(Number(monthYear[2]), Number(monthYear[1]), 1), "mm/yyyy");
  if (bare === "none") return null;
  const compact = /^(\d{4})(\d{2})(\d{2})$/u.exec(text);
  if (compact !== null)
    return exact("day", checked(Number(compact[1]), Number(compact[2]), Number(compact[3])), "yyyymmdd");
  const compactMonth = /^((?:19|20)\d{2})(\d{2})$/u.exec(text);
  if (compactMonth !== null && bare === "weeks") return week(compactMonth[1], compactMonth[2] ?? "");
  if (compactMonth !== null)
    return exact("month", checked(Number(compactMonth[1]), Number(compactMonth[2]), 1), "yyyymm");
  if (!SERIAL.test(text)) return null;
  const serial = Math.floor(Number(text.replace(",", ".")));
  return serial < FIRST_SERIAL || serial > LAST_SERIAL ? null : exact("day", serial - SERIAL_EPOCH, "Excel day number");
}

function ordered([, a, mark, b, c]: RegExpExecArray): DateText | null {
  const [first, second] = [Number(a), Number(b)];
  const year = fullYear(c ?? "");
  const days = {
    dmy: checked(year, second, first),
    mdy: checked(year, first, second),
    ymd: (c ?? "").length === 2 && (a ?? "").length === 2 ? checked(fullYear(a ?? ""), second, Number(c)) : null,
  };
  return days.dmy === null && days.mdy === null && days.ymd === null
    ? null
    : { kind: "ordered", period: "day", days, dotted: mark === "." };
}

function worded(text: string): DateText | null {
  const cjk =
    /^(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?/u.exec(text) ??
    /^(\d{4})\s?년\s?(\d{1,2})\s?월(?:\s?(\d{1,2})\s?일)?/u.exec(text);
  if (cjk !== null) {
    const [year, month] = [Number(cjk[1]), Number(cjk[2])];
    return cjk[3] === undefined
      ? exact("month", checked(year, month, 1), "year and month")
      : exact("day", checked(year, month, Number(cjk[3])), "year, month, day");
  }
  const cjkMonth = /^(\d{1,2})\s?[月월]$/u.exec(text);
  if (cjkMonth !== null) return { kind: "partial", what: "month", number: Number(cjkMonth[1]) };
  const cjkWeek = /^(?:(\d{4})\s?[年년]\s?)?第?\s?(\d{1,2})\s?[週周주]/u.exec(text);
  if (cjkWeek !== null) return week(cjkWeek[1], cjkWeek[2] ?? "");
  const cjkQuarter = /^(\d{4})\s?[年년]\s?(?:第\s?)?([1-4一二三四])\s?(?:四半期|季度|분기)/u.exec(text);
  if (cjkQuarter !== null)
    return quarter(cjkQuarter[1], String("一二三四".indexOf(cjkQuarter[2] ?? "") + 1 || cjkQuarter[2]));
  if (!/\d|\p{L}{3}/u.test(text)) return null;
  return phrase(
    plainText(text)
      .replaceAll(/(\d)(?=\p{L})|(\p{L})(?=\d)/gu, "$1$2 ")
      .replaceAll(/\s+/gu, " "),
  );
}

/** A text in words, as `plainText` writes it, with numbers separated from letters. */
function phrase(written: string): DateText | null {
  const text = written
    .split(" ")
    .filter((word) => !LINK_WORDS.has(word))
    .join(" ");
  const half = HALF_MONTH_TEXT.exec(text);
  if (half !== null) {
    const month = monthNamed(half[2] ?? "");
    return month === null ? null : halfMonth(Number(half[3]), month, Number(half[1]));
  }
  const twofold = WEEK_OR_QUARTER_TEXT.exec(text);
  if (twofold !== null) {
    const [number, year] = [Number(twofold[1]), fullYear(twofold[2] ?? "")];
    return withOther(week(twofold[2], twofold[1] ?? ""), {
      period: "quarter",
      day: number > 4 ? null : checked(year, number * 3 - 2, 1),
      means: `quarter ${number} of ${year}`,
    });
  }
  const weeks = WEEK_TEXT.exec(text);
  if (weeks !== null) return weekInWords(weeks);
  const quarters = QUARTER_TEXT.exec(text);
  if (quarters !== null) return quarter(quarters[1] ?? quarters[4], quarters[2] ?? quarters[3] ?? "");
  const halves = HALF_MONTHS_TEXT.exec(text);
  const numbered = Number(halves?.[2]);
  if (halves !== null && (halves[1] ?? halves[3]) !== undefined && numbered >= 1 && numbered <= 24)
    return halfMonth(Number(halves[1] ?? halves[3]), Math.ceil(numbered / 2), numbered % 2 === 1 ? 1 : 2);
  const fortnights = FORTNIGHT_TEXT.exec(text);
  if (fortnights !== null) {
    const year = fortnights[1] ?? fortnights[3];
    const start = year === undefined ? null : isoWeekStart(Number(year), Number(fortnights[2]) * 2 - 1);
    return exact("fortnight", start, "fortnights of a year");
  }
  return monthPhrase(withoutWeekdays(text.split(" ")));
}

function weekInWords([, before, word = "", number = "", after]: RegExpExecArray): DateText | null {
  const read = week(before ?? after, number);
  const year = fullYear(before ?? after ?? "0");
  if (word === WEEK_OR_SEPTEMBER)
    return withOther(read, {
      period: "day",
      day: checked(year, 9, Number(number)),
      means: `${Number(number)} September ${year}`,
    });
  if (WEEK_OR_HALF_YEAR.has(word) && Number(number) <= 2)
    return withOther(read, {
      period: null,
      day: checked(year, Number(number) * 6 - 5, 1),
      means: `half-year ${Number(number)} of ${year}`,
    });
  return read;
}

function withOther(
  date: DateText | null,
  { day, ...other }: Omit<OtherReading, "day"> & { readonly day: number | null },
): DateText | null {
  return date?.kind !== "exact" || day === null ? date : { ...date, other: { ...other, day } };
}

/** `half` is 1 or 2. */
function halfMonth(year: number, month: number, half: number): DateText | null {
  return exact("fortnight", checked(year, month, half === 1 ? 1 : 16), "half months");
}

/** "mar" is Tuesday in some languages and March in others: it is a month only where no other word is one. */
function withoutWeekdays(words: readonly string[]): readonly string[] {
  const months = words.filter((word) => monthNamed(word) !== null);
  const weekday = words.findIndex((word) => WEEKDAY.test(word) && (monthNamed(word) === null || months.length > 1));
  return words.filter((_, index) => index !== weekday);
}

/** `31 jan 2026`, `jan 31 2026`, `jan 2026`, `2026 jan`, `jan`. */
function monthPhrase(words: readonly string[]): DateText | null {
  const at = words.findIndex((word) => monthNamed(word) !== null);
  if (at < 0 || words.length > 4) return null;
  const month = monthNamed(words[at] ?? "") ?? 0;
  const rest = words.filter((word, index) => index !== at && !/^(?:st|nd|rd|th|er|e|o|a)$/u.test(word));
  if (rest.some((word) => !/^\d{1,4}$/u.test(word))) return null;
  if (rest.length === 0) return { kind: "partial", what: "month", number: month };
  if (rest.length === 1) {
    const [number] = rest;
    if (number!.length === 4) return exact("month", checked(Number(number), month, 1), "month and year");
    // `26-Jan` is a day of an unknown year, `Jan-26` Excel's short form of a month.
    return at === 0 && number!.length === 2
      ? exact("month", checked(fullYear(number!), month, 1), "month and year")
      : { kind: "partial", what: "day", number: Number(number) };
  }
  if (rest.length !== 2) return null;
  const [first, second] = rest as [string, string];
  const yearFirst = first.length === 4;
  const year = yearFirst ? first : second;
  if (year.length === 1 || year.length === 3) return null;
  return exact("day", checked(fullYear(year), month, Number(yearFirst ? second : first)), "month in words");
}

function week(year: string | undefined, number: string): DateText | null {
  if (year === undefined) return { kind: "partial", what: "week", number: Number(number) };
  return exact("week", isoWeekStart(fullYear(year), Number(number)), "ISO weeks");
}

function quarter(year: string | undefined, number: string): DateText | null {
  const numbered = /^\d/u.test(number) ? Number(number) : ["i", "ii", "iii", "iv"].indexOf(number) + 1;
  if (year === undefined) return { kind: "partial", what: "quarter", number: numbered };
  return exact("quarter", checked(fullYear(year), numbered * 3 - 2, 1), "quarters");
}

function exact(period: Period, day: number | null, format: string): DateText | null {
  return day === null ? null : { kind: "exact", period, day, format };
}

/** Null outside the years that a shop's file may contain. */
function checked(year: number, month: number, day: number): number | null {
  return year < FIRST_YEAR || year > LAST_YEAR ? null : dayNumber(year, month, day);
}

/** Two digits up to 69 are of this century, as in POSIX. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
}
