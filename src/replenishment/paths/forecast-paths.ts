/**
 * Paths from an uploaded forecast, used as given: its means, and its spread from quantiles or deviations.
 *
 * How much it is trusted is decided by its past accuracy against that of the item's own models: paths are dealt to the two
 * in proportion to their precision.
 */
import type { DemandPaths, PathFrame } from "./demand-paths.ts";
import { MAX_STEPS, PATHS, shockTable } from "./shocks.ts";
import type { DemandForecast, ForecastPoint } from "../types.ts";

/** Standard normal quantile of p90. */
const Z90 = 1.2815515655446004;
/** Standard deviation over mean absolute deviation of a normal: sqrt(pi / 2). */
const SD_PER_MAE = 1.2533141373155;
/** Spread of a forecast that says nothing about it, over its mean, when no history tells either. */
const UNKNOWN_SPREAD = 0.5;
/** Share of a forecast's error variance that is common to all its periods: forecasts err in level more than in shape. */
const COMMON_SHARE = 0.3;
/** Periods of a forecast's end that are repeated beyond it: a week, so that daily patterns go on. */
const REPEATED = 7;
/** Column of the shock table for the common error. */
const COMMON_COLUMN = MAX_STEPS - 2;

/** What a period is taken for of which nothing is said. */
const NOTHING: ForecastPoint = { mean: 0 };

/** Share of paths that follow the forecast: precision weights of two unbiased forecasts (Bates & Granger 1969). */
export function forecastTrust(forecast: DemandForecast, ownRelativeError: number | null): number {
  if (forecast.points.length === 0) return 0;
  if (forecast.pastError === null || ownRelativeError === null) return 1;
  const theirs = (forecast.pastError * SD_PER_MAE) ** 2;
  const ours = ownRelativeError ** 2;
  return theirs + ours > 0 ? ours / (theirs + ours) : 1;
}

export interface ForecastFrame extends PathFrame {
  /** Start of each step, periods from now. */
  readonly start: readonly number[];
  readonly bin: number;
  /** Share of paths to fill, 0..1. */
  readonly trust: number;
  readonly ownRelativeError: number | null;
}

/** Overwrites a share `trust` of the paths, evenly spread over the table. */
export function fillForecastPaths(paths: DemandPaths, forecast: DemandForecast, frame: ForecastFrame): void {
  const spreads = stepSpreads(paths.steps, forecast, frame);
  const { gauss } = shockTable(frame.seed);
  const own = Math.sqrt(1 - COMMON_SHARE);
  const common = Math.sqrt(COMMON_SHARE);
  for (let path = 0; path < PATHS; path++) {
    if (Math.floor((path + 1) * frame.trust + 1e-9) === Math.floor(path * frame.trust + 1e-9)) continue;
    const shared = common * gauss[COMMON_COLUMN * PATHS + path]!;
    for (let step = frame.from; step < frame.to; step++) {
      const { mean, median, below, above } = spreads[step]!;
      const lengthen = step < frame.leadSteps && frame.stretch !== null ? frame.stretch[path]! : 1;
      const at = step * PATHS + path;
      const shock = shared + own * gauss[at]!;
      const scale = frame.factor[step]! * lengthen;
      paths.demand[at] = scale * Math.max(0, median + shock * (shock < 0 ? below : above));
      paths.forecast[at] = scale * mean;
      paths.refill[at] = scale * Math.max(0, median + frame.z * (frame.z < 0 ? below : above));
    }
  }
}

interface Spread {
  readonly mean: number;
  readonly median: number;
  /** Deviations under and over the median: the two halves of a split normal. */
  readonly below: number;
  readonly above: number;
}

function stepSpreads(steps: number, forecast: DemandForecast, frame: ForecastFrame): Spread[] {
  const relative =
    forecast.pastError === null ? (frame.ownRelativeError ?? UNKNOWN_SPREAD) : forecast.pastError * SD_PER_MAE;
  return Array.from({ length: steps }, (_, step) => {
    const from = Math.floor(frame.start[step]! + 1e-9);
    const length = frame.duration[step]! * frame.bin;
    const count = Math.max(1, Math.round(length));
    const points = Array.from({ length: count }, (_unused, index) =>
      spreadOf(pointAt(forecast.points, from + index), relative),
    );
    return summed(points, length / count);
  });
}

/** Errors of several periods add up as far as they are common. */
function summed(points: readonly Spread[], scale: number): Spread {
  const add = (value: (point: Spread) => number): number => points.reduce((sum, point) => sum + value(point), 0);
  const spread = (value: (point: Spread) => number): number =>
    Math.sqrt((1 - COMMON_SHARE) * add((point) => value(point) ** 2) + COMMON_SHARE * add(value) ** 2);
  return {
    mean: scale * add((point) => point.mean),
    median: scale * add((point) => point.median),
    below: scale * spread((point) => point.below),
    above: scale * spread((point) => point.above),
  };
}

function spreadOf(point: ForecastPoint, relative: number): Spread {
  const mean = Math.max(0, point.mean);
  const median =
    point.p50 ?? (point.p10 === undefined && point.p90 === undefined ? mean : Math.min(mean, point.p90 ?? mean));
  const deviation = point.std ?? relative * mean;
  return {
    mean,
    median,
    below: point.p10 === undefined ? deviation : Math.max(0, median - point.p10) / Z90,
    above: point.p90 === undefined ? deviation : Math.max(0, point.p90 - median) / Z90,
  };
}

function pointAt(points: readonly (ForecastPoint | null)[], index: number): ForecastPoint {
  const last = points.length - 1;
  if (index <= last) return points[Math.max(0, index)] ?? NOTHING;
  const repeated = Math.min(REPEATED, points.length);
  return points[points.length - repeated + ((index - points.length) % repeated)] ?? NOTHING;
}
