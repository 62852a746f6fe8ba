/**
 * A bank of small demand models, updated one period at a time and averaged by how well each has predicted.
 *
 * - The state is O(models): rebuilding it from history or updating it by one observation gives the same result.
 * - An unseen (out-of-stock) period changes nothing: its demand is censored, never zero.
 * - Errors scale with the square root of the level, between constant and proportional noise.
 *
 * Simple exponential smoothing, damped Holt (Gardner & McKenzie 1985) and reversion to the expanding mean; averaging by
 * a discounted Student-t likelihood of one-step errors.
 */

import { passingDays, weekPosition, type Residue } from "./residue.ts";
import { meanSeen } from "../statistics/mean.ts";

/** Gains of the smoothing models: from the plain mean to nearly the last value. */
const SMOOTHING_GAINS = [0, 0.05, 0.1, 0.2, 0.35, 0.55, 0.8];
/** Level and trend gains of the damped-trend models. */
const TREND_GAINS: readonly (readonly [number, number])[] = [
  [0.2, 0.1],
  [0.4, 0.2],
];
/** Gain and persistence of the mean-reverting models; a negative persistence swings about the mean. */
const REVERSION: readonly (readonly [number, number])[] = [
  [0.5, 0.8],
  [0.5, 0.6],
  [0.3, 0.9],
  [1, 0.5],
  [1, -0.3],
  [1, 0.8],
];

/** What a trend keeps from one period to the next. */
const TREND_DAMPING = 0.9;
/** Observations whose mean sets the item's scale and start variance. */
const SCALE_WINDOW = 5;
/** Levels below this share of the scale have the error of this share: no model is ever certain of zero. */
export const LEVEL_FLOOR = 0.02;
/** Forgetting of the evidence for a model, per period: a memory of about 33 periods. */
const EVIDENCE_DECAY = 0.97;
/** Observations before models are compared: earlier errors only show their start values. */
const EVIDENCE_FROM = 5;
/** Power on the likelihood, since overlapping models' errors are not independent evidence. */
const EVIDENCE_POWER = 0.7;
/** Degrees of freedom of the Student-t likelihood: one strange period does not displace a good model. */
const T_DEGREES = 4;
/** Slowest learning rate of the error variance: a memory of 20 periods. */
const VARIANCE_GAIN = 0.05;
/** A squared error counts at most this many times the variance. */
const VARIANCE_CLIP = 8;

const smoothing = SMOOTHING_GAINS.map((gain) => ({ gain, trendGain: 0, damping: 0, persistence: 1 }));
const trending = TREND_GAINS.map(([gain, trend]) => ({
  gain,
  trendGain: trend,
  damping: TREND_DAMPING,
  persistence: 1,
}));
const reverting = REVERSION.map(([gain, persistence]) => ({ gain, trendGain: 0, damping: 0, persistence }));
const all = [...smoothing, ...trending, ...reverting];

/**
 * Every model is f = mean + persistence (level - mean) + damping trend, with gains on the error:
 * smoothing has persistence 1 and no trend, so one recursion serves all.
 */
export const MODELS = {
  count: all.length,
  gain: Float64Array.from(all, (model) => model.gain),
  trendGain: Float64Array.from(all, (model) => model.trendGain),
  damping: Float64Array.from(all, (model) => model.damping),
  persistence: Float64Array.from(all, (model) => model.persistence),
} as const;

export interface Bank {
  /** Observations seen. */
  seen: number;
  /** Mean of all observations. */
  mean: number;
  /** Typical demand at the start, units per period: sets the error scale. */
  readonly scale: number;
  readonly level: Float64Array;
  readonly trend: Float64Array;
  /** Variance of errors over sqrt(level). */
  readonly variance: Float64Array;
  /** Discounted log-likelihood. */
  readonly score: Float64Array;
}

/** A bank that has seen `demand` (units per period, oldest first); entries that are NaN were not seen. */
export function fitBank(demand: Float64Array, residue: Residue | null): Bank {
  let passing: readonly Float64Array[] | null = null;
  const first = firstSeen(demand, SCALE_WINDOW);
  const count = Math.max(1, first.length);
  const mean = first.reduce((sum, units) => sum + units, 0) / count;
  const scale = Math.max(mean, 0.1 * meanSeen(demand), 1e-9);
  const squares = first.reduce((sum, units) => sum + (units - mean) ** 2, 0);
  const spread = Math.max(0.7 * Math.sqrt(squares / Math.max(1, count - 1)) + 0.09 * scale, 0.05 * scale);
  const bank: Bank = {
    seen: 0,
    mean: first[0] ?? 0,
    scale,
    level: new Float64Array(MODELS.count).fill(first[0] ?? 0),
    trend: new Float64Array(MODELS.count),
    variance: new Float64Array(MODELS.count).fill((spread * spread) / scale),
    score: new Float64Array(MODELS.count),
  };
  for (let period = 0; period < demand.length; period++) {
    const units = demand[period]!;
    if (units === units) observe(bank, units);
    else if (residue !== null) {
      passing ??= Array.from(MODELS.gain, (gain) => passingDays(residue, gain));
      passDay(bank, passing, residue, weekPosition(period - demand.length));
    }
  }
  return bank;
}

/** Updates the bank by one period's demand. */
function observe(bank: Bank, units: number): void {
  const { level, trend, variance, score, mean, seen } = bank;
  const { gain, trendGain, damping, persistence } = MODELS;
  const learning = 1 / (seen + 1);
  const varianceGain = Math.max(VARIANCE_GAIN, 1 / (seen + 3));
  const floor = LEVEL_FLOOR * bank.scale;
  const models = seen > 0 ? MODELS.count : 0;
  for (let m = 0; m < models; m++) {
    const damped = damping[m]! * trend[m]!;
    const forecast = Math.max(0, mean + persistence[m]! * (level[m]! - mean) + damped);
    const error = units - forecast;
    const scale = Math.max(forecast, floor);
    const squared = (error * error) / scale;
    const v = variance[m]!;
    if (seen >= EVIDENCE_FROM) {
      const odd = 1 + squared / (T_DEGREES * v);
      // `odd` to the power of T_DEGREES + 1, with one logarithm for all factors: this is the hottest line of a fit.
      const square = odd * odd;
      score[m] = EVIDENCE_DECAY * score[m]! - 0.5 * Math.log(v * scale * square * square * odd);
    }
    variance[m] = v + varianceGain * (Math.min(squared, VARIANCE_CLIP * v) - v);
    const learned = Math.max(gain[m]!, learning) * error;
    trend[m] = damped + trendGain[m]! * learned;
    level[m] = Math.max(0, forecast + learned);
  }
  bank.mean = mean + learning * (units - mean);
  bank.seen = seen + 1;
}

/** A day that nobody saw moves a level as its weekday does on average: from where it is, or around the mean. */
function passDay({ level, mean }: Bank, passing: readonly Float64Array[], { share }: Residue, day: number): void {
  const sold = share[day]! * mean;
  if (sold !== sold) return;
  for (let m = 0; m < MODELS.count; m++) {
    const forecast = mean + MODELS.persistence[m]! * (level[m]! - mean);
    if (MODELS.persistence[m] === 1) level[m]! *= passing[m]![day]!;
    else level[m] = Math.max(0, forecast + MODELS.gain[m]! * (sold - forecast));
  }
}

/** Weight of each model, by how well it has predicted; sums to 1. */
export function bankWeights(bank: Bank): Float64Array {
  const best = bank.score.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const weights = bank.score.map((score) => Math.exp(EVIDENCE_POWER * (score - best)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Standard deviation of one period's error at a forecast level. */
export function errorScale(bank: Bank, model: number, forecast: number): number {
  return Math.sqrt(bank.variance[model]! * Math.max(forecast, LEVEL_FLOOR * bank.scale));
}

function firstSeen(demand: Float64Array, count: number): number[] {
  const found: number[] = [];
  for (let period = 0; period < demand.length && found.length < count; period++) {
    const units = demand[period]!;
    if (units === units) found.push(units);
  }
  return found;
}
