/** Stock that each path brings to the arrival of the order being decided. */
import { remainingAt, type LeadBelief } from "../supply/lead-times.ts";
import { arrivalStepOf, type Schedule } from "./schedule.ts";
import { MAX_STEPS, PATHS, shockTable } from "./shocks.ts";
import type { PlanInput } from "../types.ts";

/** Column of the shock table that deals late arrivals of open orders: the last, which the demand of no schedule reaches. */
const ARRIVAL_COLUMN = MAX_STEPS - 1;
/** Spreads the arrivals of different open orders over the same column without correlating them: the golden ratio. */
const GOLDEN = 0.6180339887498949;

type Stock = Pick<PlanInput, "onHand" | "backordered" | "openOrders" | "unmet" | "seed">;

const units = new Float64Array(PATHS);

/** On-hand stock less backorders at the start of step `leadSteps`, arrivals of earlier orders included, before its demand. */
export function stockAtArrival(
  stock: Stock,
  belief: LeadBelief,
  schedule: Schedule,
  demand: Float32Array,
): Float64Array {
  const { leadSteps } = schedule;
  const arriving = arrivalsPerPath(stock, belief, schedule);
  // What is owed already stays owed, though new demand is lost.
  const floor = stock.unmet === "lost" ? 0 : Number.NEGATIVE_INFINITY;
  units.fill(stock.onHand - stock.backordered);
  const row = arriving.shared ? 0 : leadSteps + 1;
  for (let step = 0; step < leadSteps; step++) {
    for (let path = 0, at = step * PATHS; path < PATHS; path++, at++) {
      const before = units[path]! + arriving.units[path * row + step]!;
      units[path] = Math.max(Math.min(before, floor), before - demand[at]!);
    }
  }
  for (let path = 0; path < PATHS; path++) units[path]! += arriving.units[path * row + leadSteps]!;
  return units;
}

interface Arrivals {
  /** Units arriving at the start of each step 0..leadSteps; one row for all paths when shared, else one each. */
  readonly units: Float64Array;
  readonly shared: boolean;
}

function arrivalsPerPath(stock: Stock, belief: LeadBelief, schedule: Schedule): Arrivals {
  const width = schedule.leadSteps + 1;
  const orders = stock.openOrders.filter((order) => order.quantity > 0);
  const shared = belief.asPromised || orders.length === 0;
  const units = new Float64Array(shared ? width : width * PATHS);
  const { uniform } = shockTable(stock.seed);
  orders.forEach((order, index) => {
    for (let path = 0; path < (shared ? 1 : PATHS); path++) {
      const u = (uniform[ARRIVAL_COLUMN * PATHS + path]! + index * GOLDEN) % 1;
      const remaining = remainingAt(belief, order.age, u);
      const step = Number.isFinite(remaining) ? arrivalStepOf(schedule, remaining) : width;
      if (step < width) units[path * width + step]! += order.quantity;
    }
  });
  return { units, shared };
}
