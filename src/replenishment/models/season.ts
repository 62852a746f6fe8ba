/**
 * Seasonal factors around 1: week of the year from a shared profile, and day of the week from the item's own days.
 * Demand is divided by them before models see it, and multiplied again when simulated.
 */
import { dayNumberOfIso, DAYS_PER_WEEK, isoWeekIndex, weekdayOf, WEEKS } from "./day-numbers.ts";
import { weekPosition, type Residue } from "./residue.ts";
import type { PlanInput } from "../types.ts";

/** No week or weekday is believed to sell less than this share: dividing by less would invent demand. */
export const FACTOR_FLOOR = 0.05;
/** Days of history before weekdays are distinguished: four of each. */
const WEEKDAYS_FROM = 28;
/** Variance of a true weekday factor around 1: how different weekdays of a shop usually are (30 %). */
const WEEKDAY_VARIANCE = 0.09;

/** Factor of each period by index, 0 = the present one, negative = the past. */
export type SeasonFactor = (period: number) => number;

export interface Season {
  /** Weekday and week of the year together. */
  readonly factor: SeasonFactor;
  /** The shared profile's part alone; null without one. */
  readonly week: SeasonFactor | null;
  /**
   * Sales of whole weeks over what the factors predict from the mean adjusted day. It corrects a bias: with weekday
   * factors shrunk to 1 the predicted sum of a week is too small.
   */
  readonly wholeWeeks: number;
  /** Null without weekdays. */
  readonly residue: Residue | null;
  /** True when every factor is 1. */
  readonly flat: boolean;
}

const FLAT: Season = { factor: () => 1, week: null, wholeWeeks: 1, residue: null, flat: true };

type SeasonInput = Pick<PlanInput, "history" | "historyStart" | "periodDays" | "seasonalProfile">;

/**
 * `demand`: of the past, NaN = unseen, ending with the period before the present one. The result is cached with an
 * item's models, so it must not reference the input: that would keep the history in memory as well.
 */
export function seasonOf(input: SeasonInput, demand: Float64Array): Season {
  const week = weekFactor(input);
  const weekday = input.periodDays === 1 ? weekdayFactors(demand, week) : null;
  if (weekday === null && week === null) return FLAT;
  const days = weekday?.factors ?? null;
  const factor: SeasonFactor = (period) => {
    const day = days === null ? 1 : days[weekPosition(period)]!;
    return Math.max(FACTOR_FLOOR, week === null ? day : day * week(period));
  };
  return { factor, week, wholeWeeks: weekday?.wholeWeeks ?? 1, residue: weekday?.residue ?? null, flat: false };
}

/** The part of `wholeWeeks` that applies to a step: none for a single day, all of it from a week on. */
export function towardsWholeWeeks({ wholeWeeks }: Season, length: number): number {
  if (wholeWeeks === 1 || length <= 1) return 1;
  return wholeWeeks ** Math.min(1, (length - 1) / (DAYS_PER_WEEK - 1));
}

/** Mean of a factor over [from, from + length), in periods; parts of periods count in proportion. */
export function meanFactor(factor: SeasonFactor, from: number, length: number): number {
  const first = Math.floor(from + 1e-9);
  const end = from + Math.max(length, 1e-9);
  if (end <= first + 1 + 1e-9) return factor(first);
  let sum = (first + 1 - from) * factor(first);
  let period = first + 1;
  for (; period + 1 <= end + 1e-9; period++) sum += factor(period);
  if (end - period > 1e-9) sum += (end - period) * factor(period);
  return sum / (end - from);
}

function weekFactor({ history, historyStart, periodDays, seasonalProfile }: SeasonInput): SeasonFactor | null {
  const start = historyStart === null ? Number.NaN : dayNumberOfIso(historyStart);
  const today = start + history.length * periodDays;
  if (seasonalProfile === null || seasonalProfile.length !== WEEKS || !Number.isFinite(today)) return null;
  const cache = new Map<number, number>();
  const days = Math.max(1, Math.round(periodDays));
  return (period) => {
    const firstDay = Math.round(today + period * periodDays);
    let factor = cache.get(firstDay);
    if (factor === undefined) {
      factor = Math.max(FACTOR_FLOOR, meanWeekFactor(seasonalProfile, firstDay, days));
      cache.set(firstDay, factor);
    }
    return factor;
  };
}

/** Whole weeks of the profile, weighted by the days a period has in them. */
function meanWeekFactor(weeks: readonly number[], firstDay: number, days: number): number {
  let sum = 0;
  for (let day = 0; day < days;) {
    const untilMonday = DAYS_PER_WEEK - weekdayOf(firstDay + day);
    const span = Math.min(untilMonday, days - day);
    sum += span * (weeks[isoWeekIndex(firstDay + day)] ?? 1);
    day += span;
  }
  return sum / days;
}

/**
 * Factor by position in the week, index 0 = the weekday of the present period; null when the history is too short. Each
 * factor is shrunk to 1 by how noisy a day is: n / (n + cv^2 / WEEKDAY_VARIANCE), the normal-normal posterior mean. A
 * weekday that was never seen has nothing of its own: its factor is 1.
 */
function weekdayFactors(
  demand: Float64Array,
  week: SeasonFactor | null,
): { readonly factors: Float64Array; readonly wholeWeeks: number; readonly residue: Residue } | null {
  if (demand.length < WEEKDAYS_FROM) return null;
  const sums = new Float64Array(DAYS_PER_WEEK);
  const counts = new Float64Array(DAYS_PER_WEEK);
  const squares = new Float64Array(DAYS_PER_WEEK);
  // The position is incremented because a remainder for each day would take a large part of a first plan's time.
  let position = weekPosition(-demand.length);
  for (let index = 0; index < demand.length; index++, position = position === DAYS_PER_WEEK - 1 ? 0 : position + 1) {
    let units = demand[index]!;
    if (units !== units) continue;
    if (week !== null) units /= week(index - demand.length);
    sums[position]! += units;
    counts[position]! += 1;
    squares[position]! += units * units;
  }
  const count = counts.reduce((sum, next) => sum + next, 0);
  const mean = sums.reduce((sum, next) => sum + next, 0) / Math.max(1, count);
  const square = squares.reduce((sum, next) => sum + next, 0) / Math.max(1, count);
  if (count < WEEKDAYS_FROM || !(mean > 0)) return null;
  const prior = Math.max(0, square / (mean * mean) - 1) / WEEKDAY_VARIANCE;
  const factors = sums.map((sum, day) => (counts[day] === 0 ? 1 : (sum / mean + prior) / (counts[day]! + prior)));
  let [sold, adjusted, expected] = [0, 0, 0];
  for (let day = 0; day < DAYS_PER_WEEK; day++) {
    const share = counts[day] === 0 ? 1 : sums[day]! / mean / counts[day]!;
    sold += share;
    adjusted += share / Math.max(FACTOR_FLOOR, factors[day]!);
    expected += Math.max(FACTOR_FLOOR, factors[day]!);
  }
  const wholeWeeks = sold / ((adjusted / DAYS_PER_WEEK) * expected);
  return { factors, wholeWeeks, residue: residueOf(factors, sums, squares, counts) };
}

function residueOf(factors: Float64Array, sums: Float64Array, squares: Float64Array, counts: Float64Array): Residue {
  const means = new Float64Array(DAYS_PER_WEEK);
  let [count, sum, square, within] = [0, 0, 0, 0];
  for (let day = 0; day < DAYS_PER_WEEK; day++) {
    const factor = Math.max(FACTOR_FLOOR, factors[day]!);
    means[day] = sums[day]! / counts[day]! / factor;
    if (counts[day] === 0) continue;
    count += counts[day]!;
    sum += sums[day]! / factor;
    square += squares[day]! / factor ** 2;
    within += squares[day]! / factor ** 2 - counts[day]! * means[day]! ** 2;
  }
  const mean = sum / count;
  const variance = square - count * mean ** 2;
  return {
    share: means.map((each) => each / mean),
    unexplained: variance > 0 ? Math.sqrt(Math.min(1, Math.max(0, within / variance))) : 1,
  };
}
