/** Units of an order that spoil before they are sold. Earlier stock is sold first. */
import type { DemandPaths } from "../paths/demand-paths.ts";
import { PATHS } from "../paths/shocks.ts";
import type { Schedule } from "../supply/schedule.ts";
import type { PlanInput } from "../types.ts";

export interface Shelf {
  /** The arrival's step, and how much of each step from it on falls within the shelf life. */
  readonly from: number;
  readonly shares: readonly number[];
  /** Shelf life beyond the last step, in lengths of that step. */
  readonly beyond: number;
}

/** Null = keeps for good. */
export function shelfOf(shelfLife: number | null, { start, duration, leadSteps, steps }: Schedule): Shelf | null {
  if (shelfLife === null) return null;
  const end = start[leadSteps]! + shelfLife;
  const shares: number[] = [];
  for (let step = leadSteps; step < steps && start[step]! < end - 1e-9; step++) {
    shares.push(duration[step]! > 0 ? Math.min(1, (end - start[step]!) / duration[step]!) : 0);
  }
  const last = start[steps - 1]! + duration[steps - 1]!;
  const beyond = duration[steps - 1]! > 0 ? Math.max(0, end - last) / duration[steps - 1]! : 0;
  return { from: leadSteps, shares, beyond };
}

/** Stock left when demand ends is lost, as if spoiled. An end beyond the last step changes nothing now. */
export function soonestEnd(
  { shelfLife, periodsLeft }: Pick<PlanInput, "shelfLife" | "periodsLeft">,
  schedule: Schedule,
): Shelf | null {
  const { start, duration, leadSteps, steps } = schedule;
  const end = start[steps - 1]! + duration[steps - 1]!;
  const ending = periodsLeft !== null && periodsLeft <= end + 1e-9 ? periodsLeft - start[leadSteps]! : null;
  if (ending === null) return shelfOf(shelfLife, schedule);
  return shelfOf(Math.min(ending, shelfLife ?? Number.POSITIVE_INFINITY), schedule);
}

/**
 * `stock`: units when the order arrives, without it. Demand beyond the last step is assumed to equal the path's
 * forecast of that step.
 */
export function spoiledOnPath(
  { demand, forecast, steps }: DemandPaths,
  { from, shares, beyond }: Shelf,
  path: number,
  stock: number,
  quantity: number,
): number {
  let left = stock + quantity;
  for (let index = 0; index < shares.length && left > 0; index++) {
    left -= shares[index]! * demand[(from + index) * PATHS + path]!;
  }
  if (beyond > 0) left -= beyond * forecast[(steps - 1) * PATHS + path]!;
  return Math.min(quantity, Math.max(0, left));
}

/** Units of the order that spoil, averaged over paths. */
export function meanSpoiled(paths: DemandPaths, shelf: Shelf, stock: Float64Array, quantity: number): number {
  let spoiled = 0;
  for (let path = 0; path < PATHS; path++) spoiled += spoiledOnPath(paths, shelf, path, stock[path]!, quantity);
  return spoiled / PATHS;
}

/** What each path can sell of an order within its shelf life. */
export function sellable(paths: DemandPaths, { from, shares, beyond }: Shelf, stock: Float64Array): Float64Array {
  return stock.map((before, path) => {
    let wanted = beyond > 0 ? beyond * paths.forecast[(paths.steps - 1) * PATHS + path]! : 0;
    for (let index = 0; index < shares.length; index++) {
      wanted += shares[index]! * paths.demand[(from + index) * PATHS + path]!;
    }
    return Math.max(0, wanted - before);
  });
}
