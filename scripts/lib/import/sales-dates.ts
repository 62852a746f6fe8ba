/** Dates as people write them in sales lists, and the period they are spaced by. */

const MS_PER_DAY = 86_400_000;

/** How a numeric date such as 04/05/2026 is to be read. */
export type DayOrder = "day_first" | "month_first" | "unknown";

/** Days since 1970-01-01 of an ISO-like, dotted or slashed date (a time of day is ignored); null when it is none. */
export function dayNumberOf(text: string, order: DayOrder = "unknown"): number | null {
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].*)?$/u.exec(text);
  if (iso !== null) return dayNumber(Number(iso[1]), Number(iso[2]), Number(iso[3] ?? 1));
  const local = /^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})(?:[T ].*)?$/u.exec(text);
  if (local === null) return null;
  const [first, second, year] = [Number(local[1]), Number(local[3]), Number(local[4])];
  const dayFirst = order === "day_first" || local[2] === "." || first > 12;
  if (!dayFirst && order === "unknown" && second <= 12 && first !== second) return null;
  return dayFirst ? dayNumber(year, second, first) : dayNumber(year, first, second);
}

/** Which way round slashed dates are, told by any date that only one way allows. */
export function dayOrderOf(texts: Iterable<string>): DayOrder {
  for (const text of texts) {
    const local = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}/u.exec(text);
    if (local === null) continue;
    if (Number(local[1]) > 12) return "day_first";
    if (Number(local[2]) > 12) return "month_first";
  }
  return "unknown";
}

export function isoOf(dayNumberSinceEpoch: number): string {
  return new Date(dayNumberSinceEpoch * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days per period that a set of days is spaced by: 1, 7, or 30 for calendar months. */
export function spacingOf(sortedDays: readonly number[]): 1 | 7 | 30 {
  const gaps = sortedDays.slice(1).map((day, index) => day - (sortedDays[index] ?? day));
  if (gaps.length === 0) return 1;
  if (gaps.every((gap) => gap >= 28)) return 30;
  return gaps.every((gap) => gap % 7 === 0) ? 7 : 1;
}

/** Index of the period a day falls in, counted from the period of `first`. */
export function periodIndexOf(day: number, first: number, spacing: 1 | 7 | 30): number {
  if (spacing !== 30) return Math.floor((day - first) / spacing);
  return monthOf(day) - monthOf(first);
}

/** First day of period `index`. */
export function periodStart(index: number, first: number, spacing: 1 | 7 | 30): number {
  if (spacing !== 30) return first + index * spacing;
  const month = monthOf(first) + index;
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / MS_PER_DAY;
}

function monthOf(day: number): number {
  const date = new Date(day * MS_PER_DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function dayNumber(year: number, month: number, day: number): number | null {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time / MS_PER_DAY : null;
}
