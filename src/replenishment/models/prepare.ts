/**
 * What a plan needs from the past: models fitted to it. Fitting costs O(history), so a caller that keeps an item in
 * memory can keep the result too, while history, its flags and factors, the seasonal profile and the pack are the same.
 * It does not depend on stock, open orders or the supplier.
 */
import { bankWeights, errorScale, fitBank, MODELS, type Bank } from "./bank.ts";
import {
  fitCountBank,
  countForecast,
  countModel,
  countSize,
  countVariance,
  COUNT_MODELS,
  type CountBank,
} from "./count-bank.ts";
import { COUNT_PRIOR } from "./count-prior.ts";
import { growthOf } from "./growth.ts";
import { profileOf, usualSaleOf, type DemandProfile } from "./demand-class.ts";
import { pastOf, type Past, type PastInput } from "./known-past.ts";
import { seasonOf, type Season } from "./season.ts";
import { unitOf } from "./unit.ts";
import { FACTOR_FLOOR } from "./weekdays.ts";
import type { PlanInput } from "../types.ts";

/** Periods that models look back over: older ones have weight only in the plain mean. */
const MOST_PERIODS = 208;
/** The same for count models, whose start level should reflect this year's demand. */
const MOST_COUNT_PERIODS = 60;
/** They look back farther where fewer than this were seen. */
const LEAST_SEEN = 26;
/**
 * Days of an item that sells on few of them are read in blocks as long as from one sale to the next (ADIDA;
 * Nikolopoulos et al. 2011). The models' learning rates and their prior come from weeks and months: day by day, a level
 * would follow each single sale. So many blocks at least are left, and none is longer than two weeks.
 */
const LEAST_BLOCKS = 6;
const MOST_BLOCK_DAYS = 14;
/** Shorter blocks are not worth it: pairs of days, or of weeks, make the confidence worse. */
const LEAST_BLOCK = 3;
/**
 * Below this mean of units a period, flagged or seasonal demand uses the count models. Above it the bank is better,
 * since it models trends and swings.
 */
const COUNT_MEAN = 30;

export type Models =
  | { readonly kind: "bank"; readonly bank: Bank; readonly weights: Float64Array }
  | { readonly kind: "counts"; readonly bank: CountBank };

export type PreparedFrom = PastInput & Pick<PlanInput, "constraints">;

export interface Prepared {
  readonly season: Season;
  /** Units of the item that models count as one. */
  readonly unit: number;
  /** In counted units, as everything below. */
  readonly profile: DemandProfile;
  /** What the item sells when it sells, if that is seldom; else 1. */
  readonly usualSale: number;
  /** Null when no period was ever seen. */
  readonly models: Models | null;
  /** Expected demand of a period without its season, as the models estimate it; null without models. */
  readonly level: number | null;
  /** Standard deviation of one period's error over its mean, likewise; null without models or demand. */
  readonly relativeError: number | null;
  /** Growth of sales per period, as `growthOf` has it. */
  readonly growth: number;
  readonly past: Omit<Past, "demand">;
}

export function prepare(input: PreparedFrom): Prepared {
  const past = pastOf(input);
  const pack = input.constraints.packSize;
  const unit = soldUnit(input, pack > 0 && Number.isFinite(pack) ? pack : 1);
  const season = seasonOf(input, past.demand, unit);
  const adjusted = adjustedDemand(past, season, unit);
  const profile = profileOf(adjusted);
  const models = profile.seen === 0 ? null : modelsFor(input, adjusted, profile, season, past.unseenTail);
  const next = models === null ? null : nextPeriod(models);
  return {
    season,
    unit,
    profile,
    usualSale: usualSaleOf(past.demand, profile, unit),
    models,
    level: next === null ? null : next.mean,
    relativeError: next === null || next.mean <= 0 ? null : Math.sqrt(next.variance) / next.mean,
    growth: growthOf(adjusted, input.periodDays),
    past: { ownSeen: past.ownSeen, unseenTail: past.unseenTail, soldOut: past.soldOut },
  };
}

/** Another item's sales have that item's unit, whatever they are scaled by. */
function soldUnit({ history, inStock, borrowed }: PreparedFrom, pack: number): number {
  const own = unitOf(history, inStock, pack);
  return borrowed == null ? own : unitOf(borrowed.history, borrowed.inStock, own);
}

/** Counted units over their season, oldest first, NaN = unseen; ending with the period before the present one. */
function adjustedDemand({ demand, unseenTail }: Past, season: Season, unit: number): Float64Array {
  const known = latest(demand, MOST_PERIODS + unseenTail).slice();
  if (season.flat && unit === 1) return known;
  for (let index = 0; index < known.length; index++) known[index]! /= unit * season.factor(index - known.length);
  return known;
}

/** The last `periods` periods, and more where it takes more to have LEAST_SEEN seen ones. */
function latest(demand: Float64Array, periods: number): Float64Array {
  const enough = Math.max(0, demand.length - periods);
  let from = demand.length;
  for (let left = LEAST_SEEN; from > 0 && left > 0; from--) if (demand[from - 1] === demand[from - 1]) left--;
  return demand.subarray(Math.min(from, enough));
}

function modelsFor(
  input: PreparedFrom,
  adjusted: Float64Array,
  profile: DemandProfile,
  season: Season,
  unseenTail: number,
): Models {
  if (!countsFit(input, profile)) {
    const bank = fitBank(adjusted, season.residue);
    return { kind: "bank", bank, weights: bankWeights(bank) };
  }
  const block = blockOf(profile, input.periodDays);
  const recent = latest(adjusted, MOST_COUNT_PERIODS * block + unseenTail);
  const factor = recent.map((_, index) => Math.max(FACTOR_FLOOR, season.factor(index - recent.length)));
  const [demand, exposure] = block === 1 ? [recent, factor] : inBlocks(recent, factor, block);
  return {
    kind: "counts",
    bank: fitCountBank(demand, exposure, COUNT_PRIOR, block === 1 ? season.residue : null, block),
  };
}

function blockOf({ spacing, seen }: DemandProfile, periodDays: number): number {
  const block = Math.floor(Math.min(spacing, seen / LEAST_BLOCKS, MOST_BLOCK_DAYS / periodDays));
  return block < LEAST_BLOCK ? 1 : block;
}

/** Mean demand per period of each block, oldest first, and the sum of its seen periods' factors. */
function inBlocks(adjusted: Float64Array, factor: Float64Array, block: number): [Float64Array, Float64Array] {
  const count = Math.ceil(adjusted.length / block);
  const rates = new Float64Array(count);
  const exposures = new Float64Array(count);
  adjusted.forEach((rate, index) => {
    if (rate !== rate) return;
    const at = count - 1 - Math.floor((adjusted.length - 1 - index) / block);
    rates[at]! += rate * factor[index]!;
    exposures[at]! += factor[index]!;
  });
  return [rates.map((units, at) => units / exposures[at]!), exposures];
}

/** Count models suit intermittent demand, and low volumes with stock-out flags or a shared season. */
function countsFit(input: PreparedFrom, profile: DemandProfile): boolean {
  if (profile.class === "intermittent" || profile.class === "lumpy") return true;
  const flagged = input.inStock !== null || (input.borrowed?.inStock ?? null) !== null;
  return (flagged || input.seasonalProfile !== null) && profile.mean < COUNT_MEAN;
}

function nextPeriod(models: Models): { mean: number; variance: number } {
  let mean = 0;
  let variance = 0;
  if (models.kind === "bank") {
    for (let m = 0; m < MODELS.count; m++) {
      const forecast = Math.max(0, models.bank.level[m]!);
      mean += models.weights[m]! * forecast;
      variance += models.weights[m]! * errorScale(models.bank, m, forecast) ** 2;
    }
  } else {
    for (let index = 0; index < COUNT_MODELS; index++) {
      const forecast = countForecast(models.bank.level[countModel(index).gainIndex]!, models.bank.slow);
      mean += models.bank.weights[index]! * forecast;
      variance +=
        models.bank.weights[index]! * countVariance(forecast, countSize(index, forecast, 1 / models.bank.block));
    }
  }
  return { mean, variance };
}
