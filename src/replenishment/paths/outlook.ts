/** Everything a decision is judged on: simulated demand and the stock it meets when the order arrives. */
import { stockAtArrival } from "./arrival-stock.ts";
import { fillBankPaths } from "./bank-paths.ts";
import { fillCountPaths } from "./count-paths.ts";
import { pathsToFill, meanOfStep, type DemandPaths } from "./demand-paths.ts";
import { coversUntil, fillForecastPaths, forecastTrust } from "./forecast-paths.ts";
import { demandOnce } from "./keep-paths.ts";
import { meanLead, remainingAt, type LeadBelief } from "../supply/lead-times.ts";
import { criticalRatio } from "../statistics/newsvendor.ts";
import { normalQuantile } from "../statistics/normal.ts";
import type { Prepared } from "../models/prepare.ts";
import { clean } from "../models/unit.ts";
import { promisedLead, reviewOf, type Schedule } from "../supply/schedule.ts";
import { meanFactor, towardsWholeWeeks, type Season, type SeasonFactor } from "../models/season.ts";
import { LEAD_COLUMN, PATHS, shockTable } from "./shocks.ts";
import { supplyOf, type Supply, type SupplyMode } from "../supply/supply.ts";
import type { DemandForecast, PlanInput } from "../types.ts";

/** Largest factor that an event may have. Factors below LEAST_FACTOR mean closed, so nothing is divided by them. */
const MOST_EVENT = 1e6;
const LEAST_FACTOR = 1e-3;
/** The factors of an item without season or events, for the most steps that a schedule can have. */
const EVEN: readonly number[] = Array.from({ length: 64 }, () => 1);
/** A lost order is simulated as if it came after this many times the expected lead time. */
const LOST_STRETCH = 2;
/** Deviation of a new item's demand over its mean: it is known only by the safety stock somebody chose. */
const NEWCOMER_SPREAD = 0.7;

/** The next outlook reuses its arrays, so nothing may keep them beyond their plan. */
export interface Outlook {
  readonly mode: SupplyMode;
  readonly schedule: Schedule;
  readonly belief: LeadBelief;
  /** Demand of each path up to the arrival and in the arrival's own step: step j of path k at j * PATHS + k. */
  readonly demand: Float32Array;
  /** True where the same demand serves the next plan: what is derived from it alone is worth keeping. */
  readonly isKept: boolean;
  /** The paths up to their last step, which only an order needs. */
  readonly toTheEnd: () => DemandPaths;
  /** Stock per path when the order arrives, without it and without what expires before it is sold. */
  readonly stock: Float64Array;
  /** Mean units on hand or on order that expire unsold by the end of the arrival's step. */
  readonly expired: number;
  /** Units missing in the arrival step without the order; negative = left over. */
  readonly need: Float64Array;
  readonly ratio: number;
  /** On hand + on order - backordered. */
  readonly position: number;
  /** Expected demand per period in the order's arrival review. */
  readonly meanDemand: number;
  /** Mean demand per seen past period, without the season; null without a past. */
  readonly usualDemand: number | null;
  /** Share of paths that follow the uploaded forecast. */
  readonly trust: number;
  readonly newcomer: boolean;
}

/** `keep`: the caller keeps `prepared`, so paths are worth keeping with it. */
export function outlookOf(
  input: PlanInput,
  prepared: Prepared,
  supply: Supply = supplyOf(input),
  keep = false,
): Outlook {
  const { schedule, belief, mode } = supply;
  const ratio = criticalRatio(input.costs);
  const source = { ...sourceOf(input, prepared), ratio };
  const stretch = mode === "spread" ? leadStretch(belief, schedule.leadSteps, input.seed) : null;
  const reached = schedule.leadSteps + 1;
  let filled = 0;
  const upTo = (to: number): DemandPaths => {
    const from = filled;
    filled = to;
    return simulate(input, prepared, schedule, source, { stretch, from, to });
  };
  const toArrival = (): Float32Array => upTo(reached).demand.subarray(0, reached * PATHS);
  const ownDemand = keep && stretch === null && source.trust === 0;
  const demand = ownDemand
    ? demandOnce(
        prepared,
        { schedule, factors: stepFactors(schedule, prepared.season, input, reached), seed: input.seed },
        toArrival,
      )
    : toArrival();
  const { stock, expired } = stockAtArrival(input, belief, schedule, demand);
  const onOrder = input.openOrders.reduce((sum, order) => sum + Math.max(0, order.quantity), 0);
  const arrivalPeriods = Math.max(1e-9, schedule.duration[schedule.leadSteps]!);
  return {
    mode,
    schedule,
    belief,
    demand,
    isKept: ownDemand,
    toTheEnd: () => upTo(schedule.steps),
    stock,
    expired,
    need: lacking(demand, schedule.leadSteps, stock),
    ratio,
    position: clean(input.onHand + onOrder - input.backordered),
    meanDemand: meanOfStep(demand, schedule.leadSteps) / arrivalPeriods,
    usualDemand: prepared.profile.mean > 0 ? prepared.profile.mean : null,
    trust: source.trust,
    newcomer: source.newcomer,
  };
}

const need = new Float64Array(PATHS);

function lacking(demand: Float32Array, step: number, stock: Float64Array): Float64Array {
  for (let path = 0; path < PATHS; path++) need[path] = demand[step * PATHS + path]! - stock[path]!;
  return need;
}

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
function stepFactors({ start, duration }: Schedule, season: Season, input: PlanInput, to: number): readonly number[] {
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

/** Lead time of each path over the expected one. */
function leadStretch(belief: LeadBelief, leadSteps: number, seed: number): Float64Array | null {
  if (leadSteps === 0) return null;
  const expected = Math.max(belief.promised, meanLead(belief));
  const { uniform } = shockTable(seed);
  const stretch = new Float64Array(PATHS);
  for (let path = 0; path < PATHS; path++) {
    const lead = remainingAt(belief, 0, uniform[LEAD_COLUMN * PATHS + path]!);
    stretch[path] = Number.isFinite(lead) ? lead / expected : LOST_STRETCH;
  }
  return stretch;
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
