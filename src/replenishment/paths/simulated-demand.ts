/** Demand paths over a schedule, from where an item's demand comes: its models, its forecast, or both. */
import { fillBankPaths } from "./bank-paths.ts";
import { fillCountPaths } from "./count-paths.ts";
import { pathsToFill, type DemandPaths } from "./demand-paths.ts";
import { coversUntil, fillForecastPaths, forecastTrust } from "./forecast-paths.ts";
import { normalQuantile } from "../statistics/normal.ts";
import type { Prepared } from "../models/prepare.ts";
import { reviewOf, promisedLead, type Schedule } from "../supply/schedule.ts";
import { meanFactor, towardsWholeWeeks, type Season, type SeasonFactor } from "../models/season.ts";
import type { DemandForecast, PlanInput } from "../types.ts";

/** Largest factor that an event may have. Factors below LEAST_FACTOR mean closed, so nothing is divided by them. */
const MOST_EVENT = 1e6;
const LEAST_FACTOR = 1e-3;
/** The factors of an item without season or events, for the most steps that a schedule can have. */
const EVEN: readonly number[] = Array.from({ length: 64 }, () => 1);
/** Deviation of a new item's demand over its mean: it is known only by the safety stock somebody chose. */
const NEWCOMER_SPREAD = 0.7;

/** Where an item's demand comes from. */
export function sourceOf(input: PlanInput, prepared: Prepared): Omit<DemandSource, "ratio"> {
  const newcomer = prepared.models === null && !hasPoints(input.forecast);
  const forecast = newcomer ? newcomerForecast(input) : input.forecast;
  return { newcomer, forecast, trust: forecast === null ? 0 : forecastTrust(forecast, prepared.relativeError) };
}

export interface DemandSource {
  /** Nothing is known of the item but its safety stock. */
  readonly newcomer: boolean;
  readonly forecast: DemandForecast | null;
  /** Share of paths that follow the forecast. */
  readonly trust: number;
  readonly ratio: number;
}

/** What a simulation may be given besides its schedule and source. */
export interface Simulated {
  readonly stretch?: Float64Array | null;
  /** Steps to fill; all of them unless given. */
  readonly from?: number;
  readonly to?: number;
}

/** Demand paths over a schedule, from the models, the forecast, or both. */
export function simulate(
  input: PlanInput,
  prepared: Prepared,
  schedule: Schedule,
  source: DemandSource,
  { stretch = null, from = 0, to = schedule.steps }: Simulated = {},
): DemandPaths {
  const paths = pathsToFill(schedule.steps);
  const { models, relativeError } = prepared;
  const frame = {
    start: schedule.start,
    duration: schedule.duration,
    leadSteps: schedule.leadSteps,
    unseen: prepared.past.unseenTail,
    residue: prepared.season.residue,
    stretch,
    z: normalQuantile(source.ratio),
    seed: input.seed,
    from,
    to,
  };
  const { forecast, trust } = source;
  const end = schedule.start.at(-1)! + schedule.duration.at(-1)!;
  const modelled = models !== null && (forecast === null || trust < 1 || !coversUntil(forecast, end));
  if (modelled) {
    const factor = stepFactors(schedule, prepared.season, input, to);
    if (models.kind === "bank") fillBankPaths(paths, models, { ...frame, factor });
    else fillCountPaths(paths, models.bank, { ...frame, factor });
  }
  if (forecast !== null && trust > 0) {
    fillForecastPaths(paths, forecast, {
      ...frame,
      factor: [],
      trust,
      ownRelativeError: relativeError,
      onPoints: onPointsOf(input, source.newcomer),
      modelled,
    });
  }
  return paths;
}

/** Season, events, and the end of demand, over each of the steps up to `to`. */
export function stepFactors(
  { start, duration }: Schedule,
  season: Season,
  input: PlanInput,
  to: number,
): readonly number[] {
  const { demandMultipliers: multipliers, periodsLeft } = input;
  if (season.flat && multipliers === null && periodsLeft === null) return EVEN;
  const eventless = multipliers === null && periodsLeft === null;
  const all = eventless ? season.factor : (period: number) => season.factor(period) * multiplierOf(input, period);
  const factors: number[] = [];
  for (let step = 0; step < to; step++) {
    const length = duration[step]!;
    const factor = meanFactor(all, start[step]!, length) * towardsWholeWeeks(season, length);
    factors.push(factor < LEAST_FACTOR ? 0 : factor);
  }
  return factors;
}

/** An uploaded forecast includes its season and events, but not that the shop is closed or the item is phased out. */
function onPointsOf(input: PlanInput, newcomer: boolean): SeasonFactor {
  return (period) => {
    const multiplier = multiplierOf(input, period);
    return newcomer || multiplier === 0 ? multiplier : 1;
  };
}

function multiplierOf({ demandMultipliers, periodsLeft }: PlanInput, period: number): number {
  if (periodsLeft !== null && period >= periodsLeft) return 0;
  return Math.min(MOST_EVENT, Math.max(0, demandMultipliers?.[period] ?? 1));
}

function hasPoints(forecast: DemandForecast | null): boolean {
  return forecast !== null && forecast.points.some((point) => point !== null);
}

/**
 * A new item is expected to sell its safety stock in one protection interval, which a safety stock is meant to cover.
 */
function newcomerForecast(input: PlanInput): DemandForecast {
  const mean = input.safetyStock / (promisedLead(input) + Math.max(1, reviewOf(input)));
  return { points: [{ mean, std: NEWCOMER_SPREAD * mean }], ageDays: 0, pastError: null };
}
