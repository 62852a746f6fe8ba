/** Dates as day numbers (days since 1970-01-01), without a clock or a time zone. */

export const DAYS_PER_WEEK = 7;
/** ISO weeks a year can have. */
export const WEEKS = 53;

/** Day number of an ISO date; NaN for other text. After Hinnant, "chrono-compatible low-level date algorithms". */
export function dayNumberOfIso(date: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/u.exec(date);
  if (parts === null) return Number.NaN;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** 0 = Monday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 3) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
}

/** Index 0..52 of a day's ISO week. */
export function isoWeekIndex(dayNumber: number): number {
  const thursday = thursdayOf(dayNumber);
  return Math.min(WEEKS - 1, Math.floor((thursday - newYearOf(yearOf(thursday))) / DAYS_PER_WEEK));
}

/** Whether December 25th lies in the day's ISO week. */
export function isChristmasWeek(dayNumber: number): boolean {
  const thursday = thursdayOf(dayNumber);
  const christmas = newYearOf(yearOf(thursday) + 1) - 7;
  return Math.abs(christmas - thursday) <= 3;
}

/** An ISO week belongs to the year of its Thursday. */
function thursdayOf(dayNumber: number): number {
  return dayNumber - weekdayOf(dayNumber) + 3;
}

function yearOf(dayNumber: number): number {
  // The estimate is at most one year off, near New Year.
  const year = 1970 + Math.floor(dayNumber / 365.2425);
  if (dayNumber < newYearOf(year)) return year - 1;
  return dayNumber >= newYearOf(year + 1) ? year + 1 : year;
}

/** Day number of January 1st. */
function newYearOf(year: number): number {
  const before = year - 1;
  return 365 * before + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 719_162;
}
