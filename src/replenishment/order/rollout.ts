/**
 * The order with the most reward when the supplier has broken its promises: later orders are simulated too.
 *
 * Every open and future order gets a sampled arrival (early, late or never), the same for all candidates. Later reviews
 * order up to a multiple of the path's forecast less the position, counting open orders by the chance that they still
 * arrive; first the best multiple is found, then the best first order when that multiple follows.
 */
import { meanOfStep, type DemandPaths } from "../paths/demand-paths.ts";
import { ageOf, remainingAt, survival, type LeadBelief } from "../supply/lead-times.ts";
import { ROLLOUT_STEPS } from "../supply/rollout-steps.ts";
import { MAX_STEPS, PATHS, shockTable, GOLDEN } from "../paths/shocks.ts";
import type { PlanInput } from "../types.ts";

/** Open orders older than this many periods are written off. */
const OLDEST_ORDER = 8;
/** Every second path: half the time for .0013 of score on this kind of item. */
const STRIDE = 2;
/** Multiples of the forecast that the later policy may order up to. */
const MULTIPLES = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8.5];
/** First orders tried: up to this many forecasts, at this pitch, then half of it to either side of the best. */
const MOST_FORECASTS = 4;
const PITCH = 0.25;

interface OpenArrival {
  readonly quantity: number;
  readonly age: number;
  /** Step of arrival per path; ROLLOUT_STEPS = not within the horizon. */
  readonly step: Uint8Array;
}

export interface RolloutProblem {
  readonly input: Pick<PlanInput, "onHand" | "backordered" | "openOrders" | "costs" | "unmet" | "seed">;
  readonly belief: LeadBelief;
  readonly paths: DemandPaths;
}

/** The unconstrained best order; 0 = none. Open orders due beyond the last step are ignored. */
export function rolloutOrder({ input, belief, paths }: RolloutProblem): number {
  const open = input.openOrders
    .map(({ quantity, ...order }) => ({ quantity, age: ageOf(order, belief.promised) }))
    .filter(({ quantity, age }) => quantity > 0 && age <= OLDEST_ORDER && belief.promised - age <= ROLLOUT_STEPS)
    .map((order, index): OpenArrival => ({
      ...order,
      age: Math.round(order.age),
      step: arrivals(belief, order.age, 0, index + ROLLOUT_STEPS, input.seed),
    }));
  const future = Array.from({ length: ROLLOUT_STEPS }, (_, step) => arrivals(belief, 0, step, step, input.seed));
  const reward = simulator(input, belief, paths, open, future);

  const multiple = argmax(MULTIPLES, (candidate) => reward(null, candidate));
  const forecast = meanOfStep(paths.forecast, 0);
  const position = open.reduce(
    (sum, order) => sum + order.quantity * survival(belief, order.age),
    input.onHand - input.backordered,
  );
  const firsts = [Math.max(0, multiple * forecast - position)];
  for (let part = 0; part <= MOST_FORECASTS; part += PITCH) firsts.push(part * forecast);
  const best = argmax(firsts, (first) => reward(first, multiple));
  const half = (PITCH / 2) * forecast;
  return argmax([best, Math.max(0, best - half), best + half], (first) => reward(first, multiple));
}

/**
 * Total reward over the sampled paths as a function of the first order (null = the policy's) and the policy's multiple.
 */
function simulator(
  { onHand, backordered, costs, unmet }: RolloutProblem["input"],
  belief: LeadBelief,
  { demand, forecast }: DemandPaths,
  open: readonly OpenArrival[],
  future: readonly Uint8Array[],
): (first: number | null, multiple: number) => number {
  const alive = Float64Array.from({ length: OLDEST_ORDER + 1 }, (_, age) => survival(belief, age));
  const placed = new Float64Array(ROLLOUT_STEPS);
  const arriving = new Float64Array(ROLLOUT_STEPS + 1);
  const believed = expectedOpen(open, alive);
  return (first, multiple) => {
    let total = 0;
    for (let path = 0; path < PATHS; path += STRIDE) {
      arriving.fill(0);
      for (const order of open) arriving[order.step[path]!]! += order.quantity;
      let x = onHand - backordered;
      for (let step = 0; step < ROLLOUT_STEPS; step++) {
        let quantity = first ?? 0;
        if (step > 0 || first === null) {
          let position = x + believed[path * ROLLOUT_STEPS + step]!;
          for (let earlier = 0; earlier < step; earlier++) {
            if (future[earlier]![path]! >= step) position += placed[earlier]! * alive[step - earlier]!;
          }
          quantity = Math.max(0, multiple * forecast[step * PATHS + path]! - position);
        }
        placed[step] = quantity;
        arriving[future[step]![path]!]! += quantity;
        x += arriving[step]!;
        const wanted = demand[step * PATHS + path]!;
        const missing = Math.max(0, wanted - Math.max(0, x));
        x = unmet === "lost" ? Math.max(0, x - wanted) : x - wanted;
        total -= costs.shortage * (unmet === "lost" ? missing : Math.max(0, -x)) + costs.holding * Math.max(0, x);
      }
    }
    return total;
  };
}

/** Expected units of today's open orders at each step, per path: those not yet arrived, weighted by their chance to. */
function expectedOpen(open: readonly OpenArrival[], alive: Float64Array): Float64Array {
  const believed = new Float64Array(PATHS * ROLLOUT_STEPS);
  for (const order of open) {
    for (let path = 0; path < PATHS; path += STRIDE) {
      for (let step = 0; step <= order.step[path]! && step < ROLLOUT_STEPS; step++) {
        const age = order.age + step;
        if (age <= OLDEST_ORDER) believed[path * ROLLOUT_STEPS + step]! += order.quantity * alive[Math.max(0, age)]!;
      }
    }
  }
  return believed;
}

/**
 * Arrival step on each path of an order of `age` at step `from`. Each slot has its own column of the shock table.
 */
function arrivals(belief: LeadBelief, age: number, from: number, slot: number, seed: number): Uint8Array {
  const columns = MAX_STEPS - ROLLOUT_STEPS;
  const column = MAX_STEPS - 1 - (slot % columns);
  const uniform = shockTable(seed).uniform(column);
  const turn = Math.floor(slot / columns) * GOLDEN;
  const steps = new Uint8Array(PATHS);
  for (let path = 0; path < PATHS; path++) {
    const step = from + Math.round(Math.min(ROLLOUT_STEPS, remainingAt(belief, age, (uniform[path]! + turn) % 1)));
    steps[path] = Math.min(ROLLOUT_STEPS, step);
  }
  return steps;
}

function argmax(candidates: readonly number[], value: (candidate: number) => number): number {
  let best = candidates[0] ?? 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const next = value(candidate);
    if (next > most) [most, best] = [next, candidate];
  }
  return best;
}
