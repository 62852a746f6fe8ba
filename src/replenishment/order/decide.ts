/**
 * The quantity: what costs, service level and safety stock require, within what may be ordered and what can be sold.
 */
import { meanShort, missingForService } from "../confidence/risk.ts";
import { unitOf } from "../models/unit.ts";
import { meanOfStep, quantileOf } from "../paths/demand-paths.ts";
import type { Outlook } from "../paths/outlook.ts";
import { promisedLead, reviewOf } from "../supply/schedule.ts";
import type { PlanEvidence, PlanInput } from "../types.ts";
import { packOf, roundOrder, type RoundedOrder } from "./constraints.ts";
import { economicOrderQuantity, lotCost } from "./lot-size.ts";
import type { OrderProblem } from "./order-problem.ts";
import { bestOrder, newsvendorOrder, orderCost } from "./order-search.ts";
import { rolloutOrder } from "./rollout.ts";
import { sellable, shelfOf, soonestEnd } from "./spoilage.ts";
import { mean } from "../statistics/mean.ts";

/**
 * Reviews after the arrival over which leftovers are priced when demand waits: a shortage can be made up for later, so
 * caution costs more than it saves (1 review is the best of 0, 1, 2, 4, 8 on replays of four data sets).
 */
const BACKORDER_CARRY = 1;

/** How far the order search may fall short of a whole unit, relative and in units. */
const SEARCH_PRECISION = 1e-3;

/**
 * Factor on the holding cost where sales are lost while orders are on their way. Chosen to come close to the optimal
 * costs of Zipkin's (2008) test-bed (test/replenishment/lost-sales): within 1.4 % at 1.2, 2.8 % at 1.
 */
const LOST_SALES_HOLDING = 1.2;

/**
 * An expected loss of this share of the arrival review's demand justifies any lot, since costs derived from a service
 * level are not real prices.
 */
const NEVER_DRY = 0.8;

export interface Decision {
  readonly order: number;
  /** Before packs, minimum and maximum. */
  readonly wished: number;
  readonly binding: PlanEvidence["bindingConstraint"];
}

/** All quantities are in counted units, and whole where the item has whole units. */
export function decide(input: PlanInput, outlook: Outlook): Decision {
  const forFloor = input.safetyStock - mean(outlook.stock);
  const forService = serviceOrder(input, outlook);
  if (withdrawnBeforeArrival(input) || nothingWanted(outlook, forFloor, forService))
    return { order: 0, wished: 0, binding: null };
  const problem = orderProblem(input, outlook);
  const unit = outlook.newcomer || input.history.length === 0 ? unitOfStock(input) : 1;
  const forDemand = wholeUnits(Math.max(demandOrder(input, outlook, problem), forService), unit);
  const wanted = Math.max(0, forDemand, forFloor);
  const most = mostToSell(input, outlook, problem);
  const wished = Math.min(wanted, most === null ? wanted : wholeUnits(most, unit));
  const rounded = roundOrder(wished, input.constraints, outlook.position);
  if (wished >= forFloor && forFloor > forDemand && rounded.quantity > 0) {
    return { order: rounded.quantity, wished, binding: rounded.binding ?? "safety_stock" };
  }
  if (!worthItsLot(problem, outlook, rounded, { wished, isSingle: packOf(input.constraints) <= unit }))
    return { order: 0, wished, binding: rounded.binding };
  const spoils = wished < wanted || shelfLifeBinds(input, problem, forDemand, unit);
  return { order: rounded.quantity, wished, binding: rounded.binding ?? (spoils ? "shelf_life" : null) };
}

/** The case of most triggers: no reason to order, and no need to look past the arrival. */
function nothingWanted({ mode, need, ratio }: Outlook, forFloor: number, forService: number): boolean {
  return mode !== "rollout" && forFloor <= 0 && forService <= 0 && newsvendorOrder(need, ratio) <= 0;
}

function demandOrder(input: PlanInput, { belief, mode }: Outlook, problem: OrderProblem): number {
  return mode === "rollout" ? rolloutOrder({ input, belief, paths: problem.paths }) : bestOrder(problem);
}

/** The order that covers the arrival period at the stated service level; 0 where costs are stated instead. */
function serviceOrder(input: PlanInput, outlook: Outlook): number {
  const { serviceLevel } = input;
  return serviceLevel == null ? 0 : newsvendorOrder(missingForService(outlook, input), serviceLevel);
}

function orderProblem(input: PlanInput, { toTheEnd, schedule, stock, need, ratio }: Outlook): OrderProblem {
  const paths = toTheEnd();
  const { leadSteps, steps } = schedule;
  const lostOnTheWay = input.unmet === "lost" && leadSteps > 0;
  const shelf = soonestEnd(input, schedule);
  // Nothing of this order is left after the arrival's own step when it spoils in it.
  const spoilsAtOnce = shelf !== null && shelf.beyond === 0 && shelf.shares.length === 1;
  const carried = input.unmet === "backorder" ? Math.min(steps, leadSteps + 1 + BACKORDER_CARRY) : steps;
  return {
    paths,
    leadSteps,
    carryEnd: spoilsAtOnce ? leadSteps + 1 : carried,
    stock,
    need,
    holding: input.costs.holding * (lostOnTheWay ? LOST_SALES_HOLDING : 1),
    shortage: input.costs.shortage,
    ratio,
    unmet: input.unmet,
    shelf,
    refillCost: refillCost(input, meanOfStep(paths.forecast, leadSteps)),
  };
}

/** The part of an order that sells before it spoils, at the service level; null = all of it, eventually. */
function mostToSell(input: PlanInput, { schedule, stock, ratio }: Outlook, problem: OrderProblem): number | null {
  const shelf = shelfOf(input.shelfLife, schedule);
  if (shelf === null) return null;
  return Math.max(0, quantileOf(sellable(problem.paths, shelf, stock), Math.max(ratio, input.serviceLevel ?? 0)));
}

/**
 * Cost of a review with an order, given lots of economic size: the cost rate of the EOQ, but never more than the fixed
 * cost. Postponing an order by one review saves that rate, so with it a lot of economic size is the best one.
 */
function refillCost({ costs: { fixedOrder, holding } }: PlanInput, perReview: number): number {
  if (!(fixedOrder > 0 && perReview > 0 && holding > 0)) return 0;
  return Math.min(
    fixedOrder,
    lotCost(economicOrderQuantity(fixedOrder, perReview, holding), fixedOrder, perReview, holding),
  );
}

/**
 * An order made larger than wanted by pack or minimum is placed once the shortage it saves at its arrival exceeds a
 * review's holding of the lot: the optimality condition of a reorder point, P(short) = h Q / (p d) (Snyder & Shen,
 * section 5.2). However large the lot, an item that would lose NEVER_DRY of its demand is reordered. With a fixed cost
 * the whole cost decides.
 */
function worthItsLot(
  problem: OrderProblem,
  outlook: Outlook,
  { quantity }: RoundedOrder,
  { wished, isSingle }: { readonly wished: number; readonly isSingle: boolean },
): boolean {
  if (quantity === 0) return false;
  if (problem.refillCost > 0) return orderCost(problem, quantity) + problem.refillCost < orderCost(problem, 0);
  // Packs must meet the condition even where the wanted quantity happens to fill them: one more unit on hand must
  // never lead to a larger order.
  if (quantity <= wished && isSingle) return true;
  const saved = problem.shortage * (meanShort(outlook, 0) - meanShort(outlook, quantity));
  const mostToSave = problem.shortage * meanOfStep(outlook.demand, problem.leadSteps);
  return saved >= Math.min(problem.holding * quantity, NEVER_DRY * mostToSave);
}

/** Rounds down: costs are flat near the optimum, and a fraction is not worth one more unit of stock. */
function wholeUnits(quantity: number, unit: number): number {
  return unit * Math.floor((quantity / unit) * (1 + SEARCH_PRECISION) + SEARCH_PRECISION);
}

/** Without sales to infer it from, the unit is the largest of which stock, orders and limits are whole multiples. */
function unitOfStock({ onHand, backordered, openOrders, safetyStock, constraints }: PlanInput): number {
  const stated = [onHand, backordered, safetyStock, constraints.minOrderQuantity];
  return unitOf([...stated, ...openOrders.map(({ quantity }) => quantity)], null, 1);
}

function shelfLifeBinds(input: PlanInput, problem: OrderProblem, order: number, unit: number): boolean {
  if (input.shelfLife === null || problem.shelf === null) return false;
  // Such an order covers no more than the time that it keeps.
  if (order > 0 && input.shelfLife < reviewOf(input)) return true;
  return wholeUnits(bestOrder({ ...problem, shelf: null }), unit) > order;
}

function withdrawnBeforeArrival(input: PlanInput): boolean {
  return input.periodsLeft !== null && input.periodsLeft <= promisedLead(input);
}
