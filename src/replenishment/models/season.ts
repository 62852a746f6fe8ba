/**
 * Seasonal factors around 1: week of the year from a shared profile, and day of the week from the item's own days.
 * Demand is divided by them before models see it, and multiplied again when simulated.
 */
import { dayNumberOfIso, DAYS_PER_WEEK, isoWeekIndex, weekdayOf, WEEKS } from "./day-numbers.ts";
import { weekPosition, type Residue } from "./residue.ts";
import { weeksLate } from "./season-shift.ts";
import { FACTOR_FLOOR, weekdaysOf } from "./weekdays.ts";
import type { PlanInput } from "../types.ts";

/** Factor of each period by index, 0 = the present one, negative = the past. */
export type SeasonFactor = (period: number) => number;

export interface Season {
  /** Weekday and week of the year together. */
  readonly factor: SeasonFactor;
  /** The shared profile's part alone; null without one. */
  readonly week: SeasonFactor | null;
  /** As of `Weekdays`; 1 and null where weekdays are not distinguished. */
  readonly wholeWeeks: number;
  readonly residue: Residue | null;
  /** Weeks by which this year's season is later than the profile; below 0 = earlier. */
  readonly late: number;
  /** True when every factor is 1. */
  readonly flat: boolean;
}

const FLAT: Season = { factor: () => 1, week: null, wholeWeeks: 1, residue: null, late: 0, flat: true };

type SeasonInput = Pick<PlanInput, "history" | "historyStart" | "periodDays" | "seasonalProfile">;

/**
 * `demand`: of the past, NaN = unseen, ending with the period before the present one; `unit`: what counts as one. The
 * result is cached with an item's models, so it must not reference the input: that would keep the history in memory as
 * well.
 */
export function seasonOf(input: SeasonInput, demand: Float64Array, unit: number): Season {
  const usual = weekFactor(input);
  const late = usual === null ? 0 : weeksLate(demand, unit, usual, input.periodDays);
  const week = usual === null || late === 0 ? usual : shifted(usual, late, input.periodDays);
  const weekday = input.periodDays === 1 ? weekdaysOf(demand, week) : null;
  if (weekday === null && week === null) return FLAT;
  const days = weekday?.factors ?? null;
  const factor: SeasonFactor = (period) => {
    const day = days === null ? 1 : days[weekPosition(period)]!;
    return Math.max(FACTOR_FLOOR, week === null ? day : day * week(period));
  };
  return { factor, week, wholeWeeks: weekday?.wholeWeeks ?? 1, residue: weekday?.residue ?? null, late, flat: false };
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

/** Earlier seasons came in their weeks. */
const SHIFTED_DAYS = 182;

function shifted(usual: SeasonFactor, weeks: number, periodDays: number): SeasonFactor {
  const periods = (weeks * DAYS_PER_WEEK) / periodDays;
  return (period) => usual(period * periodDays > -SHIFTED_DAYS ? period - periods : period);
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
