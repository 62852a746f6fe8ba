/** Paths of whole-unit demand from the count models; each path's level learns from its own draws. */
import { COUNT_MODELS, countForecast, countModel, type CountBank } from "./count-bank.ts";
import { countQuantile } from "./count-quantile.ts";
import type { DemandPaths, PathFrame } from "./demand-paths.ts";
import { MAX_STEPS, PATHS, shockTable } from "./shocks.ts";

export function fillCountPaths(paths: DemandPaths, bank: CountBank, frame: PathFrame): void {
  const { steps, demand, forecast, refill } = paths;
  const { duration, factor, leadSteps, stretch, z } = frame;
  const { uniform } = shockTable(frame.seed);
  let index = 0;
  let dealt = bank.weights[0]!;
  for (let path = 0; path < PATHS; path++) {
    while ((path + 0.5) / PATHS > dealt && index < COUNT_MODELS - 1) dealt += bank.weights[++index]!;
    const model = countModel(index);
    let level = bank.level[model.gainIndex]!;
    for (let step = 0; step < steps; step++) {
      const span = step < leadSteps && stretch !== null ? duration[step]! * stretch[path]! : duration[step]!;
      const exposure = span * factor[step]!;
      const mean = exposure * countForecast(level, bank.slow);
      // The sum of `span` periods of a negative binomial has `span` times its size.
      const size = model.size * Math.max(span, 1e-9);
      const units = countQuantile(uniform[path * MAX_STEPS + step]!, mean, size);
      const at = path * steps + step;
      forecast[at] = mean;
      refill[at] = Math.max(0, Math.floor(mean + z * Math.sqrt(mean + (mean * mean) / size) + 0.5));
      demand[at] = units;
      if (exposure > 0) level = Math.max(0, level + model.gain * (units / factor[step]! - span * level));
    }
  }
}
