/** Paths of demand from the bank of models: each path follows one model forward, learning from its own shocks. */
import { bankWeights, MODELS, LEVEL_FLOOR, type Bank } from "./bank.ts";
import type { DemandPaths, PathFrame } from "./demand-paths.ts";
import { MAX_STEPS, PATHS, shockTable } from "./shocks.ts";

/** Fills all paths; a model gets as many neighbouring rows of the shock table as it has weight. */
export function fillBankPaths(paths: DemandPaths, bank: Bank, frame: PathFrame): void {
  const { steps, demand, forecast, refill } = paths;
  const { duration, factor, leadSteps, stretch, z } = frame;
  const { shock } = shockTable(frame.seed);
  const weights = bankWeights(bank);
  const floor = LEVEL_FLOOR * bank.scale;
  const mean = bank.mean;
  let model = 0;
  let dealt = weights[0]!;
  for (let path = 0; path < PATHS; path++) {
    while ((path + 0.5) / PATHS > dealt && model < MODELS.count - 1) dealt += weights[++model]!;
    const persistence = MODELS.persistence[model]!;
    const damping = MODELS.damping[model]!;
    const ownGain = MODELS.gain[model]!;
    const trendGain = MODELS.trendGain[model]!;
    const deviation = Math.sqrt(bank.variance[model]!);
    const lengthen = stretch === null ? 1 : stretch[path]!;
    let level = bank.level[model]!;
    let trend = bank.trend[model]!;
    for (let step = 0; step < steps; step++) {
      const span = step < leadSteps ? duration[step]! * lengthen : duration[step]!;
      const damped = damping * trend;
      const rate = Math.max(0, mean + persistence * (level - mean) + damped);
      const expected = rate * span;
      const spread = deviation * Math.sqrt(Math.max(rate, floor) * span);
      const error = Math.max(-expected, spread * shock[path * MAX_STEPS + step]!);
      const at = path * steps + step;
      forecast[at] = factor[step]! * expected;
      refill[at] = factor[step]! * Math.max(0, expected + z * spread);
      demand[at] = factor[step]! * (expected + error);
      const gain = Math.max(ownGain, 1 / (bank.seen + step + 1));
      trend = damped + gain * trendGain * error;
      level = Math.max(0, rate + gain * error);
    }
  }
}
