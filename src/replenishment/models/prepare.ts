/**
 * What a plan needs of the past: models fitted to it. Costs O(history), so a caller that keeps an item in memory can keep
 * this too, for as long as history, stock-out flags and seasonal profile are the same. Nothing of stock, open orders or the
 * supplier is in it; a lead time that calls for other bins is noticed, and the models are then fitted anew.
 */
import { bankWeights, errorScale, fitBank, MODELS, type Bank } from "./bank.ts";
import { fitCountBank, countForecast, countModel, COUNT_MODELS, type CountBank } from "./count-bank.ts";
import { COUNT_PRIOR } from "./count-prior.ts";
import { profileOf, type DemandProfile } from "./demand-class.ts";
import { adjustedBins } from "./history.ts";
import { FACTOR_FLOOR, meanFactor, seasonOf, type SeasonFactor } from "./season.ts";
import { supplyOf } from "../supply/supply.ts";
import type { PlanInput } from "../types.ts";

/** Bins that models look back over: older ones have no weight left in any but the plain mean. */
const MOST_BINS = 208;
/** The same for count models, whose start level should be of this year's demand. */
const MOST_COUNT_BINS = 60;
/** Mean units a bin under which flagged or seasonal demand is counted; above it the bank knows trends and swings, too. */
const COUNT_MEAN = 30;

export type Models =
  | { readonly kind: "bank"; readonly bank: Bank; readonly weights: Float64Array }
  | { readonly kind: "counts"; readonly bank: CountBank };

export interface Prepared {
  readonly season: SeasonFactor;
  /** Periods that one observation of the models spans. */
  readonly bin: number;
  readonly profile: DemandProfile;
  /** Null when no period was ever seen. */
  readonly models: Models | null;
  /** Standard deviation of one bin's error over its mean, by the models' own account; null without models or demand. */
  readonly relativeError: number | null;
}

export function prepare(input: PlanInput, bin: number = supplyOf(input).schedule.bin): Prepared {
  const season = seasonOf(input);
  const adjusted = adjustedBins({ units: input.history, inStock: input.inStock }, season, bin, MOST_BINS);
  const profile = profileOf(adjusted);
  const models = profile.seen === 0 ? null : modelsFor(input, adjusted, profile, season, bin);
  return { season, bin, profile, models, relativeError: models === null ? null : relativeErrorOf(models) };
}

function modelsFor(
  input: PlanInput,
  adjusted: Float64Array,
  profile: DemandProfile,
  season: SeasonFactor,
  bin: number,
): Models {
  if (!countsFit(input, profile)) {
    const bank = fitBank(adjusted);
    return { kind: "bank", bank, weights: bankWeights(bank) };
  }
  const recent = adjusted.subarray(Math.max(0, adjusted.length - MOST_COUNT_BINS));
  const factor = Float64Array.from(recent, (_, index) =>
    Math.max(FACTOR_FLOOR, meanFactor(season, (index - recent.length) * bin, bin)),
  );
  return { kind: "counts", bank: fitCountBank(recent, factor, COUNT_PRIOR) };
}

/** Intermittent demand, and low volumes with stock-out flags or a shared season, come in counts. */
function countsFit(input: PlanInput, profile: DemandProfile): boolean {
  if (profile.class === "intermittent" || profile.class === "lumpy") return true;
  return (input.inStock !== null || input.seasonalProfile !== null) && profile.mean < COUNT_MEAN;
}

function relativeErrorOf(models: Models): number | null {
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
      const { gainIndex, size } = countModel(index);
      const forecast = countForecast(models.bank.level[gainIndex]!, models.bank.slow);
      mean += models.bank.weights[index]! * forecast;
      variance += models.bank.weights[index]! * (forecast + forecast ** 2 / size);
    }
  }
  return mean > 0 ? Math.sqrt(variance) / mean : null;
}
