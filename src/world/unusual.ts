/**
 * Finds periods that sold far more than those around them: a bulk order, an event nobody entered, a typing error.
 */
import { chanceOfAtLeast } from "./gamma-tail.ts";

/** Periods around one from which its usual sales are estimated. */
const WINDOW = 56;
/** Fewest other periods whose mean and variance are known well enough. */
const LEAST_OTHERS = 14;
/**
 * Sales are assumed to vary by at least this share of their mean: a few equal days make no other one surprising.
 */
const LEAST_VARIATION = 0.25;
/** A period near the judged one belongs to the same event if it sold at least this share of it. */
const ALIKE = 0.5;

export interface Sample {
  readonly units: readonly number[];
  readonly seen: readonly boolean[];
  readonly factors: readonly number[] | null;
  readonly periodDays: number;
}

/** Days in which a person is asked about sales. */
const ASKED_ABOUT_DAYS = 7;

/** How many of the newest seen periods a person is asked about. */
export function periodsAskedAbout(periodDays: number): number {
  return Math.max(1, Math.floor(ASKED_ABOUT_DAYS / periodDays));
}

/**
 * How unlikely a period's sales were by those around it, 0..1; 1 where that is unknown. `times`: over the others'
 * mean. What sold about as much within a week, or in the next period, is not among the others: an event of several days
 * would hide each of them behind the rest.
 */
export function surprise(
  { units, seen, factors, periodDays }: Sample,
  index: number,
  season: (index: number) => number = () => 1,
): { readonly chance: number; readonly times: number } {
  const level = (at: number): number => units[at]! / ((factors?.[at] ?? 1) * Math.max(1e-9, season(at)));
  const judged = level(index);
  const near = Math.max(1, periodsAskedAbout(periodDays) - 1);
  let count = 0;
  let sold = 0;
  let sum = 0;
  let squares = 0;
  for (let at = Math.max(0, index - WINDOW); at < Math.min(units.length, index + WINDOW); at++) {
    if (at === index || seen[at] !== true) continue;
    const value = level(at);
    if (Math.abs(at - index) <= near && value >= ALIKE * judged) continue;
    count++;
    if (value > 0) sold++;
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, count);
  if (!(mean > 0)) return { chance: 1, times: 1 };
  const times = judged / mean;
  // Of few periods hardly more than the sum is known: Lomax, the exponential of an unknown rate.
  if (count < LEAST_OTHERS) return { chance: (1 + judged / sum) ** -sold, times };
  const variance = Math.max(squares / count - mean ** 2, (LEAST_VARIATION * mean) ** 2);
  return { chance: chanceOfAtLeast(judged, mean, variance), times };
}

/**
 * A sale is left out of learning when it is this many times the others' mean, and nearly impossible given them.
 */
const FAR_TIMES = 8;
const FAR_CHANCE = 1e-9;
/** Length of a year. */
const YEAR_DAYS = 365.25;

/** Indices of sales far from all others, older than what a person is asked about. */
export function farFromAllOthers(sample: Sample): number[] {
  const { units, seen, periodDays } = sample;
  const total = units.reduce((sum, value, index) => (seen[index] === true ? sum + value : sum), 0);
  const count = seen.reduce((sum, is) => sum + (is ? 1 : 0), 0);
  const mean = total / Math.max(1, count);
  const found: number[] = [];
  const askedAbout = periodsAskedAbout(periodDays);
  let newer = 0;
  for (let index = units.length - 1; index >= 0; index--) {
    if (seen[index] !== true) continue;
    newer++;
    // Most sales are far below the threshold: this cheap check skips the exact one for them.
    if (newer <= askedAbout || units[index]! < (FAR_TIMES / 2) * mean) continue;
    const { chance, times } = surprise(sample, index);
    if (times >= FAR_TIMES && chance < FAR_CHANCE && !isYearly(sample, index)) found.push(index);
  }
  return found;
}

/** True where about as much or more was sold at the same time of another year: a season, or a feast. */
function isYearly({ units, periodDays }: Sample, index: number): boolean {
  const year = Math.round(YEAR_DAYS / periodDays);
  const slack = periodsAskedAbout(periodDays);
  for (const same of [index - year, index + year]) {
    for (let at = same - slack; at <= same + slack; at++) if ((units[at] ?? 0) >= ALIKE * units[index]!) return true;
  }
  return false;
}
