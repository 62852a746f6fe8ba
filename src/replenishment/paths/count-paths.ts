/** Paths of whole-unit demand from the count models; each path's level learns from its own draws. */
import { countForecast, countModel, type CountBank } from "../models/count-bank.ts";
import { countQuantile } from "../models/count-quantile.ts";
import { dealPaths, eachStep, type DemandPaths, type PathFrame } from "./demand-paths.ts";
import { PATHS, shockTable, UNSEEN_COLUMN } from "./shocks.ts";

/** Fills steps `from` to `to` of all paths. */
export function fillCountPaths(paths: DemandPaths, bank: CountBank, frame: PathFrame): void {
  dealPaths(bank.weights, (model, first, end) => {
    if (frame.from === 0) {
      paths.level.fill(bank.level[countModel(model).gainIndex]!, first, end);
      if (frame.unseen > 0) passUnseen(paths, bank, frame, model, first, end);
    }
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
  const exposure = span * factor;
  const widening = spanVariance(model.gain, span);
  // The level moves with every period of the span: by as much in all as its own variance says.
  const gain = model.gain / Math.sqrt(widening);
  // The sum of `span` periods of a negative binomial has `span` times its size.
  const independent = model.size * Math.max(span, 1e-9);
  for (let path = first, at = step * PATHS + first; path < end; path++, at++) {
    const mean = exposure * countForecast(level[path]!, bank.slow);
    const size = widening === 1 ? independent : sizeOf(mean, widening * (mean + (mean * mean) / independent));
    const units = countQuantile(uniform[at]!, mean, size, gauss[at]!);
    forecast[at] = mean;
    refill[at] = Math.max(0, Math.floor(mean + frame.z * Math.sqrt(mean + (mean * mean) / size) + 0.5));
    demand[at] = units;
    if (exposure > 0) level[path] = Math.max(0, level[path]! + gain * (units / factor - span * level[path]!));
  }
}

/** Variance of a sum over `span` periods whose level moves by `gain` of each error, over that of independent ones. */
function spanVariance(gain: number, span: number): number {
  if (span <= 1 + 1e-9) return 1;
  return 1 + gain * (span - 1) + (gain * gain * (span - 1) * (2 * span - 1)) / 6;
}

function sizeOf(mean: number, variance: number): number {
  return variance > mean ? (mean * mean) / (variance - mean) : Number.POSITIVE_INFINITY;
}

/**
 * Advances the paths over the unseen periods at the end of the history, in which the level may have moved.
 */
function passUnseen(
  { level }: DemandPaths,
  bank: CountBank,
  { seed, unseen }: PathFrame,
  index: number,
  first: number,
  end: number,
): void {
  const { gauss } = shockTable(seed);
  const { gain, size } = countModel(index);
  for (let path = first, at = UNSEEN_COLUMN * PATHS + first; path < end; path++, at++) {
    const mean = countForecast(level[path]!, bank.slow);
    const deviation = gain * Math.sqrt(unseen * (mean + (mean * mean) / size));
    level[path] = Math.max(0, level[path]! + deviation * gauss[at]!);
  }
}
