/**
 * Paths from an uploaded forecast, used as given: its means, and its spread from quantiles or deviations.
 *
 * Trust depends on its past accuracy compared with that of the item's own models: paths are divided between the two in
 * proportion to their precision.
 *
 * - The mean over the paths of a step is the uploaded one, whatever the spread: the cut at zero does not raise it.
 * - Periods without a point come from the models; without models from the nearest points, and 0 before the first.
 */
import type { DemandPaths, PathFrame } from "./demand-paths.ts";
import type { SeasonFactor } from "../models/season.ts";
import { cutNormal } from "../statistics/cut-normal.ts";
import { COMMON_COLUMN, PATHS, shockTable } from "./shocks.ts";
import type { DemandForecast, ForecastPoint } from "../types.ts";
import { Z90 } from "../statistics/normal.ts";

/** Standard deviation over mean absolute deviation of a normal: sqrt(pi / 2). */
const SD_PER_MAE = 1.2533141373155;
/** Spread over mean, where neither the forecast nor a history gives it. */
const UNKNOWN_SPREAD = 0.5;
/**
 * Share of a forecast's error variance that all its periods share: forecasts err more in level than in shape.
 */
export const COMMON_SHARE = 0.3;
/** Periods of a forecast's end that are repeated beyond it: a week, so that daily patterns go on. */
const REPEATED = 7;

/** Share of paths that follow the forecast: precision weights of two unbiased forecasts (Bates & Granger 1969). */
export function forecastTrust(forecast: DemandForecast, ownRelativeError: number | null): number {
  if (forecast.points.every((point) => point === null)) return 0;
  if (forecast.pastError === null || ownRelativeError === null) return 1;
  const theirs = (forecast.pastError * SD_PER_MAE) ** 2;
  const ours = ownRelativeError ** 2;
  return theirs + ours > 0 ? ours / (theirs + ours) : 1;
}

export interface ForecastFrame extends PathFrame {
  /** Share of paths to fill, 0..1. */
  readonly trust: number;
  readonly ownRelativeError: number | null;
  /** Further factor on a period's point: 0 where there is no demand. */
  readonly onPoints: SeasonFactor;
  /** Whether the paths already hold the models' demand, for the periods without a point. */
  readonly modelled: boolean;
}

/** Whether every period from now to `end` has a point. */
export function coversUntil({ points }: DemandForecast, end: number): boolean {
  const count = Math.ceil(end - 1e-9);
  if (points.length < count) return false;
  for (let period = 0; period < count; period++) if (points[period] == null) return false;
  return true;
}

/** Quantiles whose mean is a smaller share than this of the stated mean are ignored. */
const LEAST_OF_MEAN = 1e-3;

const draws = new Float64Array(PATHS);

/** Overwrites a share `trust` of the paths, evenly spread over the table. */
export function fillForecastPaths(paths: DemandPaths, forecast: DemandForecast, frame: ForecastFrame): void {
  const { gauss } = shockTable(frame.seed);
  const shared = gauss(COMMON_COLUMN);
  const chosen = chosenPaths(frame.trust);
  const own = Math.sqrt(1 - COMMON_SHARE);
  const common = Math.sqrt(COMMON_SHARE);
  for (let step = frame.from; step < frame.to; step++) {
    const { spread, covered } = stepSpread(forecast, frame, step);
    const alone = gauss(step);
    let sum = 0;
    for (const path of chosen) {
      draws[path] = demandAt(spread, common * shared[path]! + own * alone[path]!);
      sum += draws[path]!;
    }
    const wanted = spread.mean * chosen.length;
    // Quantiles that are tiny compared with the mean contradict it, so only the mean is used.
    const level = sum > LEAST_OF_MEAN * wanted ? wanted / sum : 0;
    if (level === 0) draws.fill(spread.mean);
    const scale = level === 0 ? 1 : level;
    const refill = level === 0 ? spread.mean : level * demandAt(spread, frame.z);
    const rest = 1 - covered;
    for (const path of chosen) {
      const lengthen = step < frame.leadSteps && frame.stretch !== null ? frame.stretch[path]! : 1;
      const at = step * PATHS + path;
      const add = rest > 1e-9 && frame.modelled;
      paths.demand[at] = lengthen * scale * draws[path]! + (add ? rest * paths.demand[at]! : 0);
      paths.forecast[at] = lengthen * spread.mean + (add ? rest * paths.forecast[at]! : 0);
      paths.refill[at] = lengthen * refill + (add ? rest * paths.refill[at]! : 0);
    }
  }
}

function chosenPaths(trust: number): number[] {
  const chosen: number[] = [];
  for (let path = 0; path < PATHS; path++) {
    if (Math.floor((path + 1) * trust + 1e-9) > Math.floor(path * trust + 1e-9)) chosen.push(path);
  }
  return chosen;
}

interface Spread {
  readonly mean: number;
  /** Null where only a deviation is known. */
  readonly median: number | null;
  /** Deviations below and above the median: the two halves of a split normal. */
  readonly below: number;
  readonly above: number;
}

/**
 * Demand at a standard normal shock. Where only mean and deviation are known, it is a normal cut at zero that keeps
 * that mean and deviation.
 */
function demandAt({ mean, median, below, above }: Spread, shock: number): number {
  if (median !== null) return Math.max(0, median + shock * (shock < 0 ? below : above));
  const { location, spread } = cutNormal(mean, above);
  return Math.max(0, location + spread * shock);
}

/** The forecast of one step, and the share of the step's time that has points. */
function stepSpread(forecast: DemandForecast, frame: ForecastFrame, step: number): { spread: Spread; covered: number } {
  const relative =
    forecast.pastError === null ? (frame.ownRelativeError ?? UNKNOWN_SPREAD) : forecast.pastError * SD_PER_MAE;
  const from = frame.start[step]!;
  const end = from + frame.duration[step]!;
  const parts: Spread[] = [];
  let without = 0;
  for (let period = Math.floor(from + 1e-9); period < end - 1e-9; period++) {
    const share = Math.min(end, period + 1) - Math.max(from, period);
    const point = pointAt(forecast.points, period, frame.modelled);
    if (point === null) without += share;
    else parts.push(scaled(spreadOf(point, relative), share * frame.onPoints(period)));
  }
  return { spread: summed(parts), covered: end > from ? 1 - without / (end - from) : 1 };
}

function scaled({ mean, median, below, above }: Spread, by: number): Spread {
  return { mean: by * mean, median: median === null ? null : by * median, below: by * below, above: by * above };
}

/** The common part of several periods' errors adds up; the rest partly cancels out. */
function summed(points: readonly Spread[]): Spread {
  const add = (value: (point: Spread) => number): number => points.reduce((sum, point) => sum + value(point), 0);
  const spread = (value: (point: Spread) => number): number =>
    Math.sqrt((1 - COMMON_SHARE) * add((point) => value(point) ** 2) + COMMON_SHARE * add(value) ** 2);
  const known = points.some(({ median }) => median !== null);
  return {
    mean: add((point) => point.mean),
    median: known ? add((point) => point.median ?? point.mean) : null,
    below: spread((point) => point.below),
    above: spread((point) => point.above),
  };
}

function spreadOf(point: ForecastPoint, relative: number): Spread {
  const mean = Math.max(0, point.mean);
  const deviation = point.std ?? relative * mean;
  const { p10, p50, p90 } = point;
  if (p10 === undefined && p50 === undefined && p90 === undefined) {
    return { mean, median: null, below: deviation, above: deviation };
  }
  const median = p50 ?? Math.min(mean, p90 ?? mean);
  return {
    mean,
    median,
    below: p10 === undefined ? deviation : Math.max(0, median - p10) / Z90,
    above: p90 === undefined ? deviation : Math.max(0, p90 - median) / Z90,
  };
}

/** Null = from the models. */
function pointAt(points: DemandForecast["points"], index: number, modelled: boolean): ForecastPoint | null {
  const known = points[index];
  if (known != null) return known;
  if (modelled) return null;
  const first = points.findIndex((point) => point !== null);
  if (index < first) return { mean: 0 };
  const last = points.findLastIndex((point) => point !== null);
  if (index > last) {
    const repeated = Math.min(REPEATED, last - first + 1);
    return pointAt(points, last + 1 - repeated + ((index - last - 1) % repeated), false);
  }
  for (let away = 1; ; away++) {
    const point = points[index - away] ?? points[index + away];
    if (point != null) return point;
  }
}
