/** Simulated demand on the paths of the shock table, from any model. */
import type { Residue } from "../models/residue.ts";
import { PATHS } from "./shocks.ts";

export interface DemandPaths {
  readonly steps: number;
  /** Demand of step j on path k, at j * PATHS + k. Single precision saves memory for many items (keep-paths.ts). */
  readonly demand: Float32Array;
  /** The demand that the path's model expects when the step begins. */
  readonly forecast: Float32Array;
  /** Stock to which later reviews refill at the step's start, knowing the path so far. */
  readonly refill: Float32Array;
  /** The state of each path's model after the steps that are filled. */
  readonly level: Float64Array;
  readonly trend: Float64Array;
}

let scratch: DemandPaths | null = null;

/**
 * Returns paths whose every cell must be filled. It reuses the arrays of the latest plan with as many steps, since
 * allocating and collecting new ones would take a third of a plan. Nothing may keep them beyond their plan.
 */
export function pathsToFill(steps: number): DemandPaths {
  if (scratch?.steps === steps) return scratch;
  const cells = (): Float32Array => new Float32Array(PATHS * steps);
  scratch = {
    steps,
    demand: cells(),
    forecast: cells(),
    refill: cells(),
    level: new Float64Array(PATHS),
    trend: new Float64Array(PATHS),
  };
  return scratch;
}

/** What every kind of model needs to know about the steps it fills. */
export interface PathFrame {
  /** Steps to fill: `from` is 0, or where an earlier call of the same plan ended. */
  readonly from: number;
  readonly to: number;
  /** Start and length of each step, in periods. */
  readonly start: readonly number[];
  readonly duration: readonly number[];
  /** Unseen periods just before now. */
  readonly unseen: number;
  /** Of the week in what models see; null without. */
  readonly residue: Residue | null;
  /** Seasonal and event factor of each step. */
  readonly factor: readonly number[];
  /** Steps before the arrival, which a path's own lead time stretches. */
  readonly leadSteps: number;
  /** Lead time of each path over the expected one; null = all as expected. */
  readonly stretch: Float64Array | null;
  /** Standard normal quantile of the critical ratio, for refills. */
  readonly z: number;
  readonly seed: number;
}

/** Gives each model a run of neighbouring rows of the shock table in proportion to its weight. Weights sum to 1. */
export function dealPaths(weights: Float64Array, take: (model: number, first: number, end: number) => void): void {
  let first = 0;
  let dealt = 0;
  for (let model = 0; model < weights.length; model++) {
    dealt += weights[model]!;
    let end = model === weights.length - 1 ? PATHS : first;
    while (end < PATHS && (end + 0.5) / PATHS <= dealt) end++;
    if (end > first) take(model, first, end);
    first = end;
  }
}

/**
 * Steps of the paths `first` to `end`, with their length in periods: all paths at once, or one by one where lead
 * times differ.
 */
export function eachStep(
  { from, to, duration, leadSteps, stretch }: PathFrame,
  first: number,
  end: number,
  fill: (step: number, span: number, first: number, end: number) => void,
): void {
  for (let step = from; step < to; step++) {
    if (stretch === null || step >= leadSteps) fill(step, duration[step]!, first, end);
    else for (let path = first; path < end; path++) fill(step, duration[step]! * stretch[path]!, path, path + 1);
  }
}

/** Mean over paths of one step. */
export function meanOfStep(values: Float32Array, step: number): number {
  let sum = 0;
  for (let at = step * PATHS; at < (step + 1) * PATHS; at++) sum += values[at]!;
  return sum / PATHS;
}

/** A column to reorder; reused, since allocating and collecting a typed array costs more than filling it. */
const column = new Float64Array(PATHS);

/**
 * Sample quantile over paths with linear interpolation (type 7 of Hyndman & Fan 1996). By selection, since a full sort
 * would take a tenth of a plan.
 */
export function quantileOf(sample: Float64Array, probability: number): number {
  column.set(sample);
  const values = column;
  const at = probability * (values.length - 1);
  const below = Math.floor(at);
  const low = select(values, below);
  if (at === below || below + 1 >= values.length) return low;
  let next = Number.POSITIVE_INFINITY;
  for (let index = below + 1; index < values.length; index++) if (values[index]! < next) next = values[index]!;
  return low + (at - below) * (next - low);
}

/** The value that sorting would put at `rank`, with nothing larger before it (Hoare 1961). */
function select(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >>> 1]!;
    let low = left;
    let high = right;
    while (low <= high) {
      while (values[low]! < pivot) low++;
      while (values[high]! > pivot) high--;
      if (low > high) break;
      const swapped = values[low]!;
      values[low++] = values[high]!;
      values[high--] = swapped;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
  return values[rank]!;
}
