/**
 * A forecast without a record that contradicts what was sold. Nothing shows yet which of the two is right, and weeks
 * uploaded as days look the same, so the forecast is followed, and a person asked.
 */
import type { Prepared } from "../models/prepare.ts";
import { promisedLead, reviewOf } from "../supply/schedule.ts";
import type { PlanInput } from "../types.ts";

/** A forecast this many times the sales so far, or so many times smaller, contradicts them. */
const CONTRADICTS = 3;
/** Nor does one that lies within so many deviations of what is sold in as many periods. */
const DEVIATIONS = 2;
/** Sales of fewer days contradict nothing. */
const LEAST_DAYS = 28;

export interface Contradiction {
  /** Mean demand per period until the review after the arrival, by the forecast and by the item's models. */
  readonly forecast: number;
  readonly sales: number;
}

/** Null where they agree, or the forecast has a record. Season and events ahead count in what the models expect. */
export function contradictionOf(
  input: Pick<PlanInput, "forecast" | "periodDays" | "demandMultipliers" | "arrivals" | "leadTime" | "reviewPeriod">,
  { level, relativeError, past, season }: Pick<Prepared, "level" | "relativeError" | "past" | "season">,
): Contradiction | null {
  const { forecast, periodDays, demandMultipliers } = input;
  if (forecast === null || forecast.pastError !== null || level === null) return null;
  if (past.ownSeen * periodDays < LEAST_DAYS) return null;
  const end = Math.max(1, Math.ceil(promisedLead(input) + reviewOf(input)));
  let stated = 0;
  let sold = 0;
  let count = 0;
  for (let period = 0; period < Math.min(end, forecast.points.length); period++) {
    const point = forecast.points[period] ?? null;
    const multiplier = demandMultipliers?.[period] ?? 1;
    if (point === null || multiplier === 0) continue;
    stated += point.mean;
    sold += level * season.factor(period) * multiplier;
    count++;
  }
  const [less, more] = stated < sold ? [stated, sold] : [sold, stated];
  const usual = DEVIATIONS * (relativeError ?? 0) * level * Math.sqrt(count);
  // A unit more or less is nothing to ask about.
  if (more < CONTRADICTS * less || more - less <= Math.max(1, usual)) return null;
  return { forecast: stated / count, sales: sold / count };
}
