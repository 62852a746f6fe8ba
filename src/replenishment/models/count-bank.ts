/**
 * Models for intermittent and censored demand: counts that are negative-binomial around a slowly moving level.
 *
 * Five learning rates times seven dispersions, each pair scored by the discounted likelihood of what was seen;
 * each forecast takes a tenth from the item's own slow mean. Unseen periods change nothing. The last two dispersions
 * are binomials, for demand steadier than chance (a standing order, a canteen).
 */

import { passingDays, weekPosition, type Residue } from "./residue.ts";

const GAINS = [0.02, 0.05, 0.1, 0.2, 0.35];
/** Size parameter r of the negative binomial (variance = mean + mean^2 / r); Infinity = Poisson. */
const SIZES = [0.6, 1.5, 4, 12, Number.POSITIVE_INFINITY];
const LOG_SIZES = SIZES.map(Math.log);
const POISSON = SIZES.length - 1;
/** Variance of the binomials: a share of the mean, but never less than `least`, so small means vary as by chance. */
const STEADY = [
  { share: 0.5, least: 3 },
  { share: 0, least: 1 },
] as const;
/** Models of one gain: the sizes, then the binomials. */
export const DISPERSIONS = SIZES.length + STEADY.length;
export const STEADY_DISPERSIONS = STEADY.length;
/**
 * Some counts are impossible under a binomial. One bulk order or typing error must neither rule steady demand out nor
 * widen it.
 */
const LEAST_LOG_PROBABILITY = -12;
/** Gain of the item's slow mean, and its share in every forecast. */
const SLOW_GAIN = 0.02;
const SLOW_SHARE = 0.1;
/** Caps the slow mean at this multiple of the level plus SLOW_UNITS: a dying item no longer sells as it used to. */
const SLOW_MULTIPLE = 3;
const SLOW_UNITS = 0.1;
/** The start level is the mean of this many observations and a little prior demand, which keeps it above zero. */
const START_WINDOW = 26;
const START_UNITS = 0.6;
const START_COUNT = 2;
/** Observations before models are compared. */
const EVIDENCE_FROM = 13;
/** Half a unit is half a unit: 0.15 kg are a hair below one and a half packs of 0.1, 150 g in packs of 100 are not. */
const DUST = 1e-9;
/** Forgetting of evidence per period: a memory of about 20 periods. */
const EVIDENCE_DECAY = 0.95;
const EVIDENCE_POWER = 0.5;
/** Least mean: smaller ones are practically zero, but their logarithm would diverge. */
const LEAST_MEAN = 1e-6;

export const COUNT_MODELS = GAINS.length * DISPERSIONS;

export interface CountBank {
  readonly seen: number;
  /** Periods that the models read as one. */
  readonly block: number;
  /** Level per gain, in units a period. */
  readonly level: Float64Array;
  readonly slow: number;
  /** Belief per model (gain-major); sums to 1. */
  readonly weights: Float64Array;
}

/** Parameters of model `index`. */
export function countModel(index: number): { readonly gainIndex: number; readonly gain: number } {
  const gainIndex = Math.floor(index / DISPERSIONS);
  return { gainIndex, gain: GAINS[gainIndex]! };
}

/**
 * Size of model `index` at a mean over `span` periods outside of any season: variance = mean + mean^2 / size. A
 * negative size is a binomial of that many trials.
 */
export function countSize(index: number, mean: number, span: number): number {
  return fixedSize(index, span) ?? steadySize(index % DISPERSIONS, mean, 1, span);
}

/** The size of model `index` where it is the same at every mean; null where it is not. */
export function fixedSize(index: number, span: number): number | null {
  const size = SIZES[index % DISPERSIONS];
  // The sum of `span` periods of a negative binomial has `span` times its size.
  return size === undefined ? null : size * Math.max(span, 1e-9);
}

/**
 * The size of a binomial by its dispersion. A season scales steady demand and its deviations alike, so at its peak
 * demand may vary as much as by chance.
 */
export function steadySize(dispersion: number, mean: number, factor: number, span: number): number {
  const usual = mean / Math.max(factor * span, 1e-9);
  const { share, least } = STEADY[dispersion - SIZES.length]!;
  return sizeAt(mean, factor * Math.min(1, Math.max(share, least / usual)));
}

/** The size at which the variance is `share` of the mean; below 1 it is a binomial of whole trials. */
export function sizeAt(mean: number, share: number): number {
  if (share > 1) return mean / (share - 1);
  return share < 1 ? -Math.max(Math.floor(mean) + 1, Math.ceil(mean / (1 - share) - 1e-9)) : Number.POSITIVE_INFINITY;
}

export function countVariance(mean: number, size: number): number {
  return mean * Math.max(0, 1 + mean / size);
}

/** Expected demand of a period of factor 1, from a level and the slow mean. */
export function countForecast(level: number, slow: number): number {
  const most = SLOW_MULTIPLE * level + SLOW_UNITS;
  return (1 - SLOW_SHARE) * level + SLOW_SHARE * (slow < most ? slow : most);
}

/**
 * `adjusted`: demand per period over its seasonal factor, oldest first, NaN = unseen; `factor`: those factors.
 * `prior`: belief in each model before any evidence. With a `residue`, the last period is the one before the present.
 * Where each entry is the mean of a `block` of periods, `factor` is the sum of those that were seen.
 */
export function fitCountBank(
  adjusted: Float64Array,
  factor: Float64Array,
  prior: readonly number[],
  residue: Residue | null = null,
  block = 1,
): CountBank {
  let passing: readonly Float64Array[] | null = null;
  const start = startLevel(adjusted, residue, block);
  const level = new Float64Array(GAINS.length).fill(start);
  const score = new Float64Array(COUNT_MODELS);
  let slow = start;
  let seen = 0;
  for (let period = 0; period < adjusted.length; period++) {
    const rate = adjusted[period]!;
    if (rate !== rate) {
      if (residue === null) continue;
      passing ??= [...GAINS, SLOW_GAIN].map((gain) => passingDays(residue, gain));
      const day = weekPosition(period - adjusted.length);
      for (let g = 0; g < GAINS.length; g++) level[g]! *= passing[g]![day]!;
      slow *= passing[GAINS.length]![day]!;
      continue;
    }
    const units = Math.round(rate * factor[period]! + DUST);
    const share = block === 1 ? 1 : Math.min(1, factor[period]! / block);
    if (seen >= EVIDENCE_FROM) fillBases(units);
    for (let g = 0; g < GAINS.length; g++) {
      if (seen >= EVIDENCE_FROM) {
        const mean = Math.max(LEAST_MEAN, countForecast(level[g]!, slow) * factor[period]!);
        const logMean = Math.log(mean);
        let logChance = 0;
        for (let s = 0; s < SIZES.length; s++) {
          const model = g * DISPERSIONS + s;
          logChance = logProbability(units, mean, logMean, s);
          score[model] = EVIDENCE_DECAY * score[model]! + logChance;
        }
        for (let s = SIZES.length; s < DISPERSIONS; s++) {
          const model = g * DISPERSIONS + s;
          const size = steadySize(s, mean, factor[period]! / block, 1);
          score[model] =
            EVIDENCE_DECAY * score[model]! +
            (size < 0 && -size <= TABLE_END ? logBinomial(units, mean, logMean, -size) : logChance);
        }
      }
      level[g] = level[g]! + share * GAINS[g]! * (rate - level[g]!);
    }
    slow += share * SLOW_GAIN * (rate - slow);
    seen++;
  }
  return { seen, block, level, slow, weights: posterior(score, prior) };
}

function startLevel(adjusted: Float64Array, residue: Residue | null, block: number): number {
  let sum = START_UNITS / block;
  let count = START_COUNT;
  for (let period = 0, used = 0; period < adjusted.length && used < START_WINDOW; period++) {
    const rate = adjusted[period]!;
    if (rate !== rate) continue;
    sum += rate;
    count += residue === null ? 1 : residue.share[weekPosition(period - adjusted.length)]!;
    used++;
  }
  return sum / count;
}

function posterior(score: Float64Array, prior: readonly number[]): Float64Array {
  const best = score.reduce((most, next) => Math.max(most, next), Number.NEGATIVE_INFINITY);
  const weights = score.map((value, model) => prior[model]! * Math.exp(EVIDENCE_POWER * (value - best)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The part of ln P(units) that is the same at every mean, per size; for Poisson ln units!. */
const bases = new Float64Array(SIZES.length);

function fillBases(units: number): void {
  for (let s = 0; s < POISSON; s++) bases[s] = logRising(units, s) + SIZES[s]! * LOG_SIZES[s]!;
  bases[POISSON] = logRising(units, POISSON);
}

/** ln P(units) of the negative binomial with this mean and SIZES[sizeIndex]. */
function logProbability(units: number, mean: number, logMean: number, sizeIndex: number): number {
  if (sizeIndex === POISSON) return units * logMean - mean - bases[POISSON]!;
  const size = SIZES[sizeIndex]!;
  return bases[sizeIndex]! + units * logMean - (size + units) * Math.log(size + mean);
}

/** ln P(units) of a binomial of this mean and number of trials. */
function logBinomial(units: number, mean: number, logMean: number, trials: number): number {
  if (units > trials) return LEAST_LOG_PROBABILITY;
  const misses = trials - units;
  const whole = logRising(trials, POISSON);
  const logTrials = whole - logRising(trials - 1, POISSON);
  const ways = bases[POISSON]! + logRising(misses, POISSON) - whole;
  const log = units * logMean + misses * Math.log(trials - mean) - trials * logTrials - ways;
  return Math.max(LEAST_LOG_PROBABILITY, log);
}

/** Tables of ln(Gamma(n + r) / Gamma(r) / n!) per size (ln n! for Poisson), grown as counts need them. */
const rising: number[][] = SIZES.map(() => [0]);
/** Counts past this use the growth of the last table entries, which is nearly constant by then. */
const TABLE_END = 4096;

function logRising(units: number, sizeIndex: number): number {
  const table = rising[sizeIndex]!;
  const size = SIZES[sizeIndex]!;
  const upTo = Math.min(units, TABLE_END);
  while (table.length <= upTo) {
    const n = table.length - 1;
    table.push(table[n]! + (size === Number.POSITIVE_INFINITY ? Math.log(n + 1) : Math.log((size + n) / (n + 1))));
  }
  if (units <= TABLE_END) return table[units]!;
  const poisson = size === Number.POSITIVE_INFINITY;
  return table[TABLE_END]! + (units - TABLE_END) * (poisson ? Math.log(units) : 0);
}
