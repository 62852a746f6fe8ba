/**
 * Seasonal factors around 1: week of the year from a shared profile, day of the week from the item's own days,
 * and known events ahead. Demand is divided by them before models see it, and multiplied again when simulated.
 */
import { dayNumberOfIso, DAYS_PER_WEEK, isoWeekIndex, weekdayOf, WEEKS } from "./calendar.ts";
import { believable } from "./history.ts";
import type { PlanInput } from "../types.ts";

/** No week or weekday is believed to sell less than this share: dividing by less would invent demand. */
export const FACTOR_FLOOR = 0.05;
/** Days of history before weekdays are told apart: four of each. */
const WEEKDAYS_FROM = 28;
/** Variance of a true weekday factor around 1: how different weekdays of a shop usually are (30 %). */
const WEEKDAY_VARIANCE = 0.09;

/** Factor of each period by index, 0 = the present one, negative = the past. Known events count from 0 on. */
export type SeasonFactor = (period: number) => number;

type SeasonInput = Pick<PlanInput, "history" | "inStock" | "historyStart" | "periodDays" | "seasonalProfile">;

/** What it returns is kept with an item's models: nothing in it may hold the input, whose history would be kept as well. */
export function seasonOf(input: SeasonInput): SeasonFactor {
  const { periodDays } = input;
  const weekday = weekdayFactors(input);
  const start = input.historyStart === null ? Number.NaN : dayNumberOfIso(input.historyStart);
  const today = start + input.history.length * periodDays;
  const profile = input.seasonalProfile;
  const weeks = profile !== null && profile.length === WEEKS && Number.isFinite(today) ? profile : null;
  if (weekday === null && weeks === null) return () => 1;
  const weekCache = new Map<number, number>();
  return (period) => {
    let factor = weekday === null ? 1 : (weekday[modulo(period, DAYS_PER_WEEK)] ?? 1);
    if (weeks !== null) {
      const firstDay = Math.round(today + period * periodDays);
      let week = weekCache.get(firstDay);
      if (week === undefined) {
        week = meanWeekFactor(weeks, firstDay, Math.max(1, Math.round(periodDays)));
        weekCache.set(firstDay, week);
      }
      factor *= week;
    }
    return Math.max(FACTOR_FLOOR, factor);
  };
}

/** Mean of a season's factors over the stretch of time [from, from + length), in periods. */
export function meanFactor(season: SeasonFactor, from: number, length: number): number {
  if (length <= 1) return season(Math.floor(from + 1e-9));
  let sum = 0;
  const count = Math.max(1, Math.round(length));
  for (let index = 0; index < count; index++) sum += season(Math.floor(from + index + 1e-9));
  return sum / count;
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
 * Factor by position in the week, index 0 = the weekday of the present period; null when the history is not daily or too short.
 * Each factor is shrunk to 1 by how noisy a day is: n / (n + cv^2 / WEEKDAY_VARIANCE), the normal-normal posterior mean.
 */
function weekdayFactors({ history, inStock, periodDays }: SeasonInput): Float64Array | null {
  if (periodDays !== 1 || history.length < WEEKDAYS_FROM) return null;
  const sums = new Float64Array(DAYS_PER_WEEK);
  const counts = new Float64Array(DAYS_PER_WEEK);
  let squares = 0;
  for (let index = 0; index < history.length; index++) {
    if (inStock?.[index] === false) continue;
    const position = modulo(index - history.length, DAYS_PER_WEEK);
    const units = believable(history[index]!);
    sums[position]! += units;
    counts[position]! += 1;
    squares += units * units;
  }
  const count = counts.reduce((sum, next) => sum + next, 0);
  const mean = sums.reduce((sum, next) => sum + next, 0) / Math.max(1, count);
  if (count < WEEKDAYS_FROM || !(mean > 0)) return null;
  const prior = Math.max(0, squares / count / (mean * mean) - 1) / WEEKDAY_VARIANCE;
  return sums.map((sum, position) => (sum / mean + prior) / (counts[position]! + prior));
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
