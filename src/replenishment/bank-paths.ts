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
  const learning = Float64Array.from({ length: steps }, (_, step) => 1 / (bank.seen + step + 1));
  let model = 0;
  let dealt = weights[0]!;
  for (let path = 0; path < PATHS; path++) {
    while ((path + 0.5) / PATHS > dealt && model < MODELS.count - 1) dealt += weights[++model]!;
    const persistence = MODELS.persistence[model]!;
    const damping = MODELS.damping[model]!;
    const ownGain = MODELS.gain[model]!;
    const trendGain = MODELS.trendGain[model]!;
    const variance = bank.variance[model]!;
    const lengthen = stretch === null ? 1 : stretch[path]!;
    const drift = mean - persistence * mean;
    let level = bank.level[model]!;
    let trend = bank.trend[model]!;
    let at = path * steps;
    let shockAt = path * MAX_STEPS;
    for (let step = 0; step < steps; step++, at++, shockAt++) {
      const span = step < leadSteps ? duration[step]! * lengthen : duration[step]!;
      const damped = damping * trend;
      let rate = drift + persistence * level + damped;
      if (rate < 0) rate = 0;
      const expected = rate * span;
      const spread = Math.sqrt(variance * (rate > floor ? rate : floor) * span);
      let error = spread * shock[shockAt]!;
      if (error < -expected) error = -expected;
      const refillTo = expected + z * spread;
      const scale = factor[step]!;
      forecast[at] = scale * expected;
      refill[at] = refillTo > 0 ? scale * refillTo : 0;
      demand[at] = scale * (expected + error);
      const learned = learning[step]!;
      const gain = (ownGain > learned ? ownGain : learned) * error;
      trend = damped + trendGain * gain;
      level = rate + gain;
      if (level < 0) level = 0;
    }
  }
}
