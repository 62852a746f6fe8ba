/**
 * The order of least cost on simulated paths, when the supplier keeps its promises.
 *
 * Leftover stock is not free: the stock of every path continues through the reviews after the arrival, where later
 * orders refill it to what that path then needs. Cost V(q) = holding of leftover units + shortage of missing ones. Its
 * minimum is where its slope turns positive (cost-slope.ts), unless fixed costs or spoilage make it jump.
 */
import { whereSlopeTurns } from "./cost-slope.ts";
import type { OrderProblem } from "./order-problem.ts";
import { spoiledOnPath } from "./spoilage.ts";
import { quantileOf } from "../paths/demand-paths.ts";
import { PATHS } from "../paths/shocks.ts";

/**
 * The carry price only ever lowers an order. But refills make V not quite convex, so the search starts a little above
 * the newsvendor's order.
 */
const SEARCH_ABOVE = 1.2;

/** The unconstrained best order; 0 = none. */
export function bestOrder(problem: OrderProblem): number {
  const newsvendor = newsvendorOrder(problem.need, problem.ratio);
  if (newsvendor <= 0) return 0;
  let high = newsvendor * SEARCH_ABOVE;
  if (problem.refillCost > 0) high = Math.max(high, largestUse(problem));
  else if (problem.shelf === null) {
    return whereSlopeTurns(problem, high);
  }
  return leastByGrid(problem, high);
}

/** Covers the arrival period's demand at the critical ratio and prices nothing after it. */
export function newsvendorOrder(need: Float64Array, ratio: number): number {
  // The case of most triggers, seen without ranking the paths.
  return isCovered(need) ? 0 : Math.max(0, quantileOf(need, ratio));
}

function isCovered(need: Float64Array): boolean {
  for (let path = 0; path < PATHS; path++) if (need[path]! > 0) return false;
  return true;
}

/** Mean cost over the steps from arrival on, given an order of `quantity`. */
export function orderCost(problem: OrderProblem, quantity: number): number {
  const { paths, leadSteps, carryEnd, stock, holding, shortage, unmet, shelf, refillCost } = problem;
  const { demand, refill } = paths;
  const backorder = unmet === "backorder";
  let cost = 0;
  for (let path = 0; path < PATHS; path++) {
    let x = stock[path]! + quantity;
    for (let step = leadSteps; step < carryEnd; step++) {
      const at = step * PATHS + path;
      if (step > leadSteps && x < refill[at]!) {
        x = refill[at]!;
        cost += refillCost;
      }
      const wanted = demand[at]!;
      if (x >= wanted) cost += holding * (x - wanted);
      else cost += shortage * (wanted - x);
      x = backorder || x >= wanted ? x - wanted : 0;
    }
    if (shelf !== null) cost += shortage * spoiledOnPath(paths, shelf, path, stock[path]!, quantity);
  }
  return cost / PATHS;
}

/** With refill charges and spoilage the cost has jumps, so a grid is searched, coarse then fine, instead of halving. */
function leastByGrid(problem: OrderProblem, high: number): number {
  const points = 24;
  let best = 0;
  let least = orderCost(problem, 0);
  let width = high;
  for (let round = 0; round < 3; round++) {
    const from = round === 0 ? 0 : Math.max(0, best - width);
    const pitch = (round === 0 ? width : 2 * width) / points;
    for (let point = 0; point <= points; point++) {
      const quantity = from + point * pitch;
      const cost = orderCost(problem, quantity);
      if (cost < least) [least, best] = [cost, quantity];
    }
    width = pitch;
  }
  return best;
}

/** Only the rarest path uses more than this before the last step. */
function largestUse({ paths, leadSteps, stock }: OrderProblem): number {
  let most = 0;
  for (let path = 0; path < PATHS; path++) {
    let need = -stock[path]!;
    for (let step = leadSteps; step < paths.steps; step++) need += paths.demand[step * PATHS + path]!;
    most = Math.max(most, need);
  }
  return most;
}
