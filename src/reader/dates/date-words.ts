/** Reads a text that writes a date or a period in words. */
import {
  FORTNIGHT_TEXT,
  HALF_MONTH_TEXT,
  HALF_MONTHS_TEXT,
  LINK_WORDS,
  monthNamed,
  QUARTER_TEXT,
  WEEK_OR_HALF_YEAR,
  WEEK_OR_QUARTER_TEXT,
  WEEK_OR_SEPTEMBER,
  WEEK_TEXT,
  WEEKDAY,
} from "../text/calendar-words.ts";
import { plainText } from "../text/words.ts";
import { checked, exact, fullYear, halfMonth, quarter, week, withOther, type DateText } from "./date-parts.ts";
import { isoWeekStart } from "./days.ts";

export function worded(text: string): DateText | null {
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
