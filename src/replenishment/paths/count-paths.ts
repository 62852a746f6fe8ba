/** Paths of whole-unit demand from the count models; each path's level learns from its own draws. */
import {
  countForecast,
  countModel,
  countSize,
  countVariance,
  DISPERSIONS,
  fixedSize,
  sizeAt,
  steadySize,
  type CountBank,
} from "../models/count-bank.ts";
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
  const table = shockTable(frame.seed);
  const uniform = table.uniform(step);
  const gauss = table.gauss(step);
  const model = countModel(index);
  const factor = frame.factor[step]!;
  const exposure = span * factor;
  const blocks = span / bank.block;
  const widening = spanVariance(model.gain, blocks);
  // The level moves with every block of the span; this gain gives the movement the right variance in total.
  const gain = model.gain / Math.sqrt(widening) / bank.block;
  const fixed = fixedSize(index, blocks);
  const isRefilled = step > frame.leadSteps;
  for (let path = first, at = step * PATHS + first; path < end; path++, at++) {
    const mean = exposure * countForecast(level[path]!, bank.slow);
    const independent = fixed ?? steadySize(index % DISPERSIONS, mean, factor, blocks);
    const size = widening === 1 ? independent : sizeAt(mean, widening * (1 + mean / independent));
    const units = countQuantile(uniform[path]!, mean, size, gauss[path]!);
    forecast[at] = mean;
    if (isRefilled) refill[at] = Math.max(0, Math.floor(mean + frame.z * Math.sqrt(countVariance(mean, size)) + 0.5));
    demand[at] = units;
    if (exposure > 0) level[path] = Math.max(0, level[path]! + gain * (units / factor - span * level[path]!));
  }
}

/** Variance of a sum over `span` periods whose level moves by `gain` of each error, over that of independent ones. */
function spanVariance(gain: number, span: number): number {
  if (span <= 1 + 1e-9) return 1;
  return 1 + gain * (span - 1) + (gain * gain * (span - 1) * (2 * span - 1)) / 6;
}

/**
 * Advances the paths over the unseen periods at the end of the history, in which the level may have moved.
 */
function passUnseen(
  { level }: DemandPaths,
  bank: CountBank,
  { seed, unseen, residue }: PathFrame,
  index: number,
  first: number,
  end: number,
): void {
  const gauss = shockTable(seed).gauss(UNSEEN_COLUMN);
  const moving = (countModel(index).gain / bank.block) * (residue?.unexplained ?? 1);
  for (let path = first; path < end; path++) {
    const mean = countForecast(level[path]!, bank.slow);
    const deviation = moving * Math.sqrt(unseen * countVariance(mean, countSize(index, mean, 1 / bank.block)));
    level[path] = Math.max(0, level[path]! + deviation * gauss[path]!);
  }
}
