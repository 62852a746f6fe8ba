/**
 * What shrunk weekday factors leave of the week in the demand that models see. Their levels follow it up and down, so a
 * day that nobody saw must not keep a level where another weekday had moved it.
 */
import { DAYS_PER_WEEK } from "./day-numbers.ts";

export interface Residue {
  /**
   * Mean adjusted demand by weekday over that of all, index 0 = the weekday of the present period; NaN = never seen.
   */
  readonly share: Float64Array;
  /** Part of the deviation of adjusted days that weekdays do not explain, 0..1. */
  readonly unexplained: number;
}

/** Weeks after which a level's swing repeats. */
const WEEKS_TO_SETTLE = 30;

/** By weekday as in `share`: factor on the level of a model that learns by `gain` where an average such day passes. */
export function passingDays({ share }: Residue, gain: number): Float64Array {
  const factors = new Float64Array(DAYS_PER_WEEK).fill(1);
  let level = 1;
  for (let day = 0; day < WEEKS_TO_SETTLE * DAYS_PER_WEEK; day++) {
    const sold = share[day % DAYS_PER_WEEK]!;
    if (sold !== sold) continue;
    const next = level + gain * (sold - level);
    factors[day % DAYS_PER_WEEK] = next / level;
    level = next;
  }
  return factors;
}

/** Position in the week of the period that is `ahead` of the present one; the past is negative. */
export function weekPosition(ahead: number): number {
  return ((ahead % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
}
