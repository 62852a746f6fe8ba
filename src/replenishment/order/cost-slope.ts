/**
 * The exact slope of an order's cost on simulated paths. It is a step function, so its zero is found by counting jumps.
 */
import type { OrderProblem } from "./order-problem.ts";
import { MAX_STEPS, PATHS } from "../paths/shocks.ts";

/** Halvings of the interval of orders: to 1/4096 of the largest sensible one. */
const HALVINGS = 12;

/**
 * Orders at which the slope of the cost jumps. Those before index `from` are below the searched interval, those from
 * `to` on are above it.
 */
interface Jumps {
  readonly at: Float64Array;
  from: number;
  to: number;
}

/** Space for a jump on each path and step, reused by every plan. */
const room = [0, 1, 2].map(() => new Float64Array(PATHS * MAX_STEPS)) as [Float64Array, Float64Array, Float64Array];

/**
 * The order in 0..highest at which dV/dq, summed over paths, turns positive; dV/dq is the cost of one more unit. It
 * jumps only where a path starts to reach a step without a refill, or to cover its demand. The jumps are therefore
 * listed once, and every halving looks only at the remaining ones.
 */
export function whereSlopeTurns(problem: OrderProblem, highest: number): number {
  const { held, reached, covered } = slopeJumps(problem, highest);
  let low = 0;
  let high = highest;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    const h = countUpTo(held, middle);
    const r = countUpTo(reached, middle);
    const c = countUpTo(covered, middle);
    if (problem.holding * h < problem.shortage * (r - c)) {
      low = middle;
      [held.from, reached.from, covered.from] = [h, r, c];
    } else {
      high = middle;
      [held.to, reached.to, covered.to] = [h, r, c];
    }
  }
  return (low + high) / 2;
}

/** Orders from which on a step holds one more unit, and the interval of orders in which a step misses one. */
function slopeJumps(
  { paths, leadSteps, carryEnd, need, unmet }: OrderProblem,
  highest: number,
): Record<"held" | "reached" | "covered", Jumps> {
  const { demand, refill } = paths;
  const [heldAt, reachedAt, coveredAt] = room;
  const lost = unmet === "lost";
  let held = 0;
  let missed = 0;
  for (let path = 0; path < PATHS; path++) {
    let used = need[path]!;
    let reach = Number.NEGATIVE_INFINITY;
    for (let step = leadSteps, at = leadSteps * PATHS + path; step < carryEnd; step++, at += PATHS) {
      if (step > leadSteps) {
        reach = Math.max(reach, used + refill[at]!);
        if (reach > highest) break;
        used += demand[at]!;
      }
      const cover = Math.max(reach, used);
      heldAt[held++] = cover;
      if (reach < used) {
        reachedAt[missed] = reach;
        coveredAt[missed++] = used;
      }
      if (lost) reach = cover;
    }
  }
  return {
    held: { at: heldAt, from: 0, to: held },
    reached: { at: reachedAt, from: 0, to: missed },
    covered: { at: coveredAt, from: 0, to: missed },
  };
}

/** Counts the jumps at orders up to `most` and moves them to the front. */
function countUpTo({ at, from, to }: Jumps, most: number): number {
  let count = from;
  for (let index = from; index < to; index++) {
    const value = at[index]!;
    if (value > most) continue;
    at[index] = at[count]!;
    at[count++] = value;
  }
  return count;
}
