/** Paths of demand from the bank of models: each path follows one model forward, learning from its own shocks. */
import { MODELS, LEVEL_FLOOR, type Bank } from "../models/bank.ts";
import { dealPaths, eachStep, type DemandPaths, type PathFrame } from "./demand-paths.ts";
import { PATHS, shockTable, UNSEEN_COLUMN } from "./shocks.ts";
import { spanCoefficients } from "./span.ts";

/**
 * Fills steps `from` to `to` of all paths. The loop goes step by step, not path by path: neighbouring paths are
 * independent, so the processor works on several at once.
 */
export function fillBankPaths(
  paths: DemandPaths,
  { bank, weights }: { bank: Bank; weights: Float64Array },
  frame: PathFrame,
): void {
  dealPaths(weights, (model, first, end) => {
    if (frame.from === 0) {
      paths.level.fill(bank.level[model]!, first, end);
      paths.trend.fill(bank.trend[model]!, first, end);
      if (frame.unseen > 0) passUnseen(paths, bank, frame, model, first, end);
    }
    eachStep(frame, first, end, (...step) => fillStep(paths, bank, frame, model, ...step));
  });
}

/**
 * One step of a single period: the model's own recursion, inlined because a plan spends most of its time here. Clamping
 * by Math.max avoids a branch and is twice as fast.
 */
function fillPeriod(
  paths: DemandPaths,
  bank: Bank,
  frame: PathFrame,
  model: number,
  step: number,
  first: number,
  end: number,
): void {
  const { demand, forecast, refill, level, trend } = paths;
  const shock = shockTable(frame.seed).shock(step);
  const { z } = frame;
  const persistence = MODELS.persistence[model]!;
  const damping = MODELS.damping[model]!;
  const trendGain = MODELS.trendGain[model]!;
  const gain = gainAfter(bank, model, frame.start[step]!);
  const variance = bank.variance[model]!;
  const floor = LEVEL_FLOOR * bank.scale;
  const drift = bank.mean - persistence * bank.mean;
  const scale = frame.factor[step]!;
  for (let path = first, at = step * PATHS + first; path < end; path++, at++) {
    const damped = damping * trend[path]!;
    const expected = Math.max(0, drift + persistence * level[path]! + damped);
    const spread = Math.sqrt(variance * Math.max(expected, floor));
    const error = Math.max(-expected, spread * shock[path]!);
    forecast[at] = scale * expected;
    refill[at] = scale * Math.max(0, expected + z * spread);
    demand[at] = scale * (expected + error);
    const learned = gain * error;
    trend[path] = damped + trendGain * learned;
    level[path] = Math.max(0, expected + learned);
  }
}

/** One step of the paths `first` to `end`, which follow `model`. */
function fillStep(
  paths: DemandPaths,
  bank: Bank,
  frame: PathFrame,
  model: number,
  step: number,
  span: number,
  first: number,
  end: number,
): void {
  if (span === 1) {
    fillPeriod(paths, bank, frame, model, step, first, end);
    return;
  }
  const { demand, forecast, refill, level, trend } = paths;
  const shock = shockTable(frame.seed).shock(step);
  const { z } = frame;
  const gain = gainAfter(bank, model, frame.start[step]!);
  const over = spanCoefficients(model, gain, span);
  const { sumPerLevel, sumPerTrend, levelPerLevel, levelPerTrend, trendPerTrend, levelPerError, trendPerError } = over;
  const variance = bank.variance[model]! * over.widening * over.widening;
  const floor = LEVEL_FLOOR * bank.scale * span;
  const sumDrift = span * bank.mean - sumPerLevel * bank.mean;
  const levelDrift = bank.mean - levelPerLevel * bank.mean;
  const scale = frame.factor[step]!;
  for (let path = first, at = step * PATHS + first; path < end; path++, at++) {
    const from = level[path]!;
    const slope = trend[path]!;
    const expected = Math.max(0, sumDrift + sumPerLevel * from + sumPerTrend * slope);
    const spread = Math.sqrt(variance * Math.max(expected, floor));
    const error = Math.max(-expected, spread * shock[path]!);
    forecast[at] = scale * expected;
    refill[at] = scale * Math.max(0, expected + z * spread);
    demand[at] = scale * (expected + error);
    trend[path] = trendPerTrend * slope + trendPerError * error;
    const passed = Math.max(0, levelDrift + levelPerLevel * from + levelPerTrend * slope);
    level[path] = Math.max(0, passed + levelPerError * error);
  }
}

/**
 * Advances the paths over the unseen periods at the end of the history, in which the level may have moved.
 */
function passUnseen(
  { level, trend }: DemandPaths,
  bank: Bank,
  { seed, unseen, residue }: PathFrame,
  model: number,
  first: number,
  end: number,
): void {
  const shock = shockTable(seed).shock(UNSEEN_COLUMN);
  const over = spanCoefficients(model, gainAfter(bank, model, 0), unseen);
  const floor = LEVEL_FLOOR * bank.scale;
  // By weekdays, levels have reverted already (bank.ts).
  const kept = residue === null ? over.levelPerLevel : 1;
  const drift = bank.mean - kept * bank.mean;
  const moving = over.levelDeviation * (residue?.unexplained ?? 1);
  for (let path = first; path < end; path++) {
    const passed = Math.max(0, drift + kept * level[path]! + over.levelPerTrend * trend[path]!);
    const deviation = Math.sqrt(bank.variance[model]! * Math.max(level[path]!, floor)) * moving;
    trend[path]! *= over.trendPerTrend;
    level[path] = Math.max(0, passed + deviation * shock[path]!);
  }
}

/** A young item learns faster than its model's gain. */
function gainAfter(bank: Bank, model: number, periods: number): number {
  return Math.max(MODELS.gain[model]!, 1 / (bank.seen + periods + 1));
}
