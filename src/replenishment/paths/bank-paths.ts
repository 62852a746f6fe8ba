/** Paths of demand from the bank of models: each path follows one model forward, learning from its own shocks. */
import { MODELS, LEVEL_FLOOR, type Bank } from "../models/bank.ts";
import { dealPaths, eachStep, type DemandPaths, type PathFrame } from "./demand-paths.ts";
import { PATHS, shockTable } from "./shocks.ts";

/**
 * Fills steps `from` to `to` of all paths. Step after step, not path after path: neighbouring paths do not wait for each
 * other, so the processor works on several at once.
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
    }
    eachStep(frame, first, end, (...step) => fillStep(paths, bank, frame, model, ...step));
  });
}

/** One step of the paths `first` to `end`, which follow `model`. Clamped by Math.max, which is no branch: twice as fast. */
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
  const { demand, forecast, refill, level, trend } = paths;
  const { shock } = shockTable(frame.seed);
  const { z } = frame;
  const persistence = MODELS.persistence[model]!;
  const damping = MODELS.damping[model]!;
  const trendGain = MODELS.trendGain[model]!;
  const gain = Math.max(MODELS.gain[model]!, 1 / (bank.seen + step + 1));
  const variance = bank.variance[model]!;
  const floor = LEVEL_FLOOR * bank.scale;
  const drift = bank.mean - persistence * bank.mean;
  const scale = frame.factor[step]!;
  for (let path = first, at = step * PATHS + first; path < end; path++, at++) {
    const damped = damping * trend[path]!;
    const rate = Math.max(0, drift + persistence * level[path]! + damped);
    const expected = rate * span;
    const spread = Math.sqrt(variance * Math.max(rate, floor) * span);
    const error = Math.max(-expected, spread * shock[at]!);
    forecast[at] = scale * expected;
    refill[at] = scale * Math.max(0, expected + z * spread);
    demand[at] = scale * (expected + error);
    const learned = gain * error;
    trend[path] = damped + trendGain * learned;
    level[path] = Math.max(0, rate + learned);
  }
}
