/** Simulated demand on the paths of the shock table, whatever model made it. */
import { PATHS } from "./shocks.ts";

export interface DemandPaths {
  readonly steps: number;
  /** Demand of step j on path k, at k * steps + j. */
  readonly demand: Float64Array;
  /** What that path's model expects of the step when it begins. */
  readonly forecast: Float64Array;
  /** Stock to which later reviews refill at the step's start, knowing the path so far. */
  readonly refill: Float64Array;
}

let scratch: DemandPaths | null = null;

/**
 * Paths to be filled, every cell of them: the arrays are those of the latest plan of as many steps, since making and
 * collecting them anew would be a third of a plan. Nothing may keep them beyond the plan they are of.
 */
export function pathsToFill(steps: number): DemandPaths {
  if (scratch?.steps === steps) return scratch;
  const cells = PATHS * steps;
  scratch = { steps, demand: new Float64Array(cells), forecast: new Float64Array(cells), refill: new Float64Array(cells) };
  return scratch;
}

/** What every kind of model needs to know of the steps it fills. */
export interface PathFrame {
  /** Length of each step, in bins. */
  readonly duration: Float64Array;
  /** Seasonal and event factor of each step. */
  readonly factor: Float64Array;
  /** Steps before the arrival, which a path's own lead time stretches. */
  readonly leadSteps: number;
  /** Lead time of each path over the expected one; null = all as expected. */
  readonly stretch: Float64Array | null;
  /** Standard normal quantile of the critical ratio, for refills. */
  readonly z: number;
  readonly seed: number;
}

/** Mean over paths of one step. */
export function meanOfStep(values: Float64Array, steps: number, step: number): number {
  let sum = 0;
  for (let path = 0; path < PATHS; path++) sum += values[path * steps + step]!;
  return sum / PATHS;
}

/**
 * Sample quantile with linear interpolation (type 7 of Hyndman & Fan 1996). Reorders `values`: selection, since a full sort
 * would be a tenth of a plan.
 */
export function quantileOf(values: Float64Array, probability: number): number {
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
