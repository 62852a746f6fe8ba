/**
 * A shared season from many items: when in the year do items like these sell more? The index is not smoothed, since
 * that would lose its peaks. Each week is shrunk to 1 by pseudo-units, so a week seen only once does not make a season.
 */
import { dayNumberOfIso, DAYS_PER_WEEK, isoWeekIndex, WEEKS } from "./day-numbers.ts";
import { seasonFactors } from "./season-factors.ts";

/** Units of ordinary demand that each week starts with. */
const PSEUDO_UNITS = 20;

export interface ProfileHistory {
  readonly units: readonly number[];
  readonly inStock: readonly boolean[] | null;
  /** ISO date of the first period. */
  readonly start: string;
  readonly periodDays: number;
}

/**
 * 53 factors around 1, by ISO week: sales of a week over what the same items would have sold at their own means. Items
 * sold for only part of the year therefore do not look like a season.
 */
export function seasonalProfile(histories: Iterable<ProfileHistory>): number[] {
  const sold = new Float64Array(WEEKS);
  const expected = new Float64Array(WEEKS);
  for (const history of histories) addHistory(history, sold, expected);
  return seasonFactors(
    Array.from(sold, (units, week) =>
      expected[week] === 0 ? null : (units + PSEUDO_UNITS) / (expected[week]! + PSEUDO_UNITS),
    ),
  );
}

function addHistory(
  { units, inStock, start, periodDays }: ProfileHistory,
  sold: Float64Array,
  expected: Float64Array,
): void {
  const first = dayNumberOfIso(start);
  if (!Number.isFinite(first)) return;
  const seen = (index: number): boolean => inStock?.[index] !== false;
  let sum = 0;
  let count = 0;
  units.forEach((value, index) => {
    if (!seen(index)) return;
    sum += value;
    count++;
  });
  if (count === 0) return;
  const mean = sum / count;
  units.forEach((value, index) => {
    if (!seen(index)) return;
    // The week that holds the middle of the period.
    const week = isoWeekIndex(Math.round(first + index * periodDays + Math.min(periodDays, DAYS_PER_WEEK) / 2 - 0.5));
    sold[week]! += value;
    expected[week]! += mean;
  });
}
