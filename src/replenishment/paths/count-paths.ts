/** Paths of whole-unit demand from the count models; each path's level learns from its own draws. */
import { countForecast, countModel, type CountBank } from "../models/count-bank.ts";
import { countQuantile } from "../models/count-quantile.ts";
import { dealPaths, eachStep, type DemandPaths, type PathFrame } from "./demand-paths.ts";
import { PATHS, shockTable } from "./shocks.ts";

/** Fills steps `from` to `to` of all paths. */
export function fillCountPaths(paths: DemandPaths, bank: CountBank, frame: PathFrame): void {
  dealPaths(bank.weights, (model, first, end) => {
    if (frame.from === 0) paths.level.fill(bank.level[countModel(model).gainIndex]!, first, end);
    eachStep(frame, first, end, (...step) => fillStep(paths, bank, frame, model, ...step));
  });
}

/** One step of the paths `first` to `end`, which follow model `index`. */
function fillStep(
  paths: DemandPaths,
  bank: CountBank,
  frame: PathFrame,
  index: number,
  step: number,
  span: number,
  first: number,
  end: number,
): void {
  const { demand, forecast, refill, level } = paths;
  const { uniform, gauss } = shockTable(frame.seed);
  const model = countModel(index);
  const factor = frame.factor[step]!;
  // The sum of `span` periods of a negative binomial has `span` times its size.
  const size = model.size * Math.max(span, 1e-9);
  const exposure = span * factor;
  for (let path = first, at = step * PATHS + first; path < end; path++, at++) {
    const mean = exposure * countForecast(level[path]!, bank.slow);
    const units = countQuantile(uniform[at]!, mean, size, gauss[at]!);
    forecast[at] = mean;
    refill[at] = Math.max(0, Math.floor(mean + frame.z * Math.sqrt(mean + (mean * mean) / size) + 0.5));
    demand[at] = units;
    if (exposure > 0) level[path] = Math.max(0, level[path]! + model.gain * (units / factor - span * level[path]!));
  }
}
