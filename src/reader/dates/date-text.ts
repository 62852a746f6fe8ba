/** Reads one text as a date: a day under each order it could be written in, a period, or part of a date. */
import { isWeekday, WEEK_LEAD, WEEKDAY_AFTER, WEEKDAY_BEFORE } from "../text/calendar-words.ts";
import { plainDigits } from "../text/digits.ts";
import { checked, exact, fullYear, week, type DateText } from "./date-parts.ts";
import { worded } from "./date-words.ts";

const CLOCK = String.raw`\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\.?)?`;
/** `Z`, `CET`, `+01:00`, `GMT+1`, `Europe/Berlin`, and its name in parentheses. */
const ZONE = String.raw`(?:Z|[A-Z]{3,4}|[A-Z]+(?:/[A-Z_]+)+)?(?:[+-]\d{1,2}(?::?\d{2})?)?\s*(?:\([^()]*\))?`;
const TIME = new RegExp(String.raw`[T\s,]+${CLOCK}\s*${ZONE}\s*$`, "iu");
const UTC_TIME = new RegExp(String.raw`[T\s,]+(${CLOCK})\s*(?:Z|UTC|GMT|[+-]00:?00)\s*$`, "iu");
/** 1900 system; from 1989-12-31 to 2099. */
const SERIAL = /^\d{5}(?:[.,]\d+)?$/u;
const FIRST_SERIAL = 32_873;
const LAST_SERIAL = 73_050;
const SERIAL_EPOCH = 25_569;

/** How to read bare numbers in a date column: 20260131, Excel's 46053, 202605 for a month or a week. */
export type BareNumbers = "none" | "days" | "weeks";

/** `令和8年11月1日`, `R8.11.1`. */
const ERA = /^(令和|平成|R(?=\d{1,2}[./-]\d{1,2}[./-]\d))(元|\d{1,2})(?=[年./-])/u;
/** The last year before each era. */
const ERA_BEFORE: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, R: 2018 };

export function readDate(raw: string, bare: BareNumbers): DateText | null {
  const text = figuresOf(raw);
  const date = numeric(text, bare);
  if (date === null) return text.length <= 40 ? worded(text) : null;
  const isWeek = WEEK_LEAD.test(raw) && date.kind !== "partial" && date.period === "day";
  return isWeek ? { ...date, period: "week" } : date;
}

const BETWEEN = /\s+(?:-|to|bis|au|al|tot|till|until)\s+|\s*[–—~]\s*|(?<=[./]\d{2,4})\s*-\s*(?=\d{1,4}[./])/iu;

/** 01.11.2026 - 07.11.2026 */
export function isDateRange(text: string): boolean {
  const ends = text.split(BETWEEN);
  return (
    ends.length === 2 && ends.every((end) => (readDate(end.trim(), "none") ?? { kind: "partial" }).kind !== "partial")
  );
}

const COMPACT = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?$/u;

/** A header in figures alone: 202601, 20260131. */
export function isCompactDate(text: string): boolean {
  return COMPACT.test(text);
}

/** 11/1, 1.11. and 11月1日. */
const DAY_AND_MONTH = /^(?:\d{1,2}\/(\d{1,2})|(\d{1,2})\.\d{1,2}\.|\d{1,2}月(\d{1,2})日)$/u;

/** A date in a header, where bare numbers are dates only if they look like nothing else. */
export function dateInHeader(text: string): DateText | null {
  const day = DAY_AND_MONTH.exec(text);
  if (day !== null) return { kind: "partial", what: "day", number: Number(day[1] ?? day[2] ?? day[3]) };
  return readDate(text, isCompactDate(text) ? "days" : "none");
}

/** The date alone: without a time, the day of the week, and words such as "week of" before figures. */
export function figuresOf(raw: string): string {
  const text = plainDigits(raw)
    .replace(/^'(?=\d)/u, "")
    // `Mo 02.11.26` is a day: a time follows figures.
    .replace(TIME, (time, at: number, whole: string) => (/\d/u.test(whole.slice(0, at)) ? "" : time))
    .replaceAll(/(?<=\d[./-])\s+(?=\d)/gu, "")
    .replace(ERA, (_, era: string, year: string) => String((ERA_BEFORE[era] ?? 0) + (year === "元" ? 1 : Number(year))))
    .trim();
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

/** `2026-11-01T23:30:00Z`: a moment in UTC, whose day may be another one at the store. */
export function isUtcMoment(text: string): boolean {
  return /[1-9]/u.test(UTC_TIME.exec(text)?.[1] ?? "");
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
