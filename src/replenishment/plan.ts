/**
 * The plan: from demand, stock, open orders, lead time and costs to a quantity, a probability and an explanation.
 *
 * P1. Never throws on finite input; the quantity is feasible under the constraints.
 * P2. Same input and seed, same answer: no clock, no randomness.
 * P3. Whoever proposes a quantity, it is judged on the same simulated paths.
 */
import { assess } from "./confidence/assess-quantity.ts";
import { packOf, roundOrder, type RoundedOrder } from "./order/constraints.ts";
import { meanOfStep } from "./paths/demand-paths.ts";
import { explain } from "./words/explain.ts";
import { economicOrderQuantity, lotCost } from "./order/lot-size.ts";
import { bestOrder, newsvendorOrder, orderCost, type OrderProblem } from "./order/order-search.ts";
import { outlookOf, type Outlook } from "./paths/outlook.ts";
import { prepare, type Prepared } from "./models/prepare.ts";
import { meanShort, protectionQuantile, shareInStock } from "./confidence/risk.ts";
import { rolloutOrder } from "./order/rollout.ts";
import { supplyOf } from "./supply/supply.ts";
import type { Plan, PlanEvidence, PlanInput, QuantityAssessment } from "./types.ts";

export { prepare, type Prepared } from "./models/prepare.ts";

/**
 * Reviews after the arrival over which leftovers are priced when demand waits: what is short can be made up for later, so
 * caution costs more than it saves (1 review is the best of 0, 1, 2, 4, 8 on replays of four data sets).
 */
const BACKORDER_CARRY = 1;

/** What the order search may fall short of a whole unit by, relative and in units. */
const SEARCH_PRECISION = 1e-3;

/**
 * Holding costs this much more where sales are lost while orders are on their way: a unit left over also lengthens the next
 * wait for its like. Chosen so that the optimal costs of Zipkin's (2008) test-bed are reached (test/replenishment/lost-sales):
 * within 1.4 % at 1.2, 2.8 % at 1.
 */
const LOST_SALES_HOLDING = 1.2;

/** Share of the arrival review's demand whose loss is reason enough for any lot: costs from a service level are no prices. */
const NEVER_DRY = 0.8;

/** `prepared`: what `prepare` made of the same history, if the caller kept it. */
export function plan(input: PlanInput, prepared: Prepared | null = null): Plan {
  const { outlook, past } = simulated(input, prepared);
  const { order, wished, binding } = decide(input, outlook);
  const assessment = assess(input, past, outlook, order);
  const evidence: PlanEvidence = {
    inventoryPosition: outlook.position,
    projectedStockAtArrival: mean(outlook.stock),
    demandQuantile: protectionQuantile(outlook),
    criticalRatio: outlook.ratio,
    bindingConstraint: binding,
    stockoutProbabilityIfHold: 1 - shareInStock(outlook, 0),
    meanDemand: outlook.meanDemand,
    expectedWaste: null,
    seasonFactor: null,
  };
  return {
    quantity: order,
    ...assessment,
    forecastConfidence: forecastConfidence(past, outlook),
    reasons: explain(input, outlook, {
      quantity: order,
      wished,
      evidence,
      inStockProbability: assessment.inStockProbability,
    }),
    evidence,
  };
}

/** Judges a quantity that somebody else proposes, on the same simulated paths as the plan's own. */
export function assessQuantity(
  input: PlanInput,
  quantity: number,
  prepared: Prepared | null = null,
): QuantityAssessment {
  const { outlook, past } = simulated(input, prepared);
  return assess(input, past, outlook, Math.max(0, quantity));
}

function simulated(input: PlanInput, kept: Prepared | null): { outlook: Outlook; past: Prepared } {
  const supply = supplyOf(input);
  const { bin } = supply.schedule;
  const serves = kept !== null && kept.bin === bin;
  const past = serves ? kept : prepare(input, bin);
  return { past, outlook: outlookOf(input, past, supply, serves) };
}

interface Decision {
  readonly order: number;
  readonly wished: number;
  readonly binding: PlanEvidence["bindingConstraint"];
}

function decide(input: PlanInput, outlook: Outlook): Decision {
  const forFloor = input.safetyStock - mean(outlook.stock);
  const forService = serviceOrder(input, outlook);
  if (withdrawnBeforeArrival(input) || nothingWanted(outlook, forFloor, forService))
    return { order: 0, wished: 0, binding: null };
  const problem = orderProblem(input, outlook);
  const forDemand = wholeUnits(Math.max(demandOrder(input, outlook, problem), forService), input);
  const wished = Math.max(0, forDemand, forFloor);
  const rounded = roundOrder(wished, input.constraints, outlook.position);
  if (forFloor > forDemand && rounded.quantity > 0) {
    return { order: rounded.quantity, wished, binding: rounded.binding ?? "safety_stock" };
  }
  if (!worthItsLot(problem, outlook, rounded, wished)) return { order: 0, wished, binding: rounded.binding };
  return { order: rounded.quantity, wished, binding: rounded.binding ?? shelfLifeBinds(input, problem, forDemand) };
}

/** Most triggers: no reason to order, and none to look past the arrival. */
function nothingWanted({ mode, need, ratio }: Outlook, forFloor: number, forService: number): boolean {
  return mode !== "rollout" && forFloor <= 0 && forService <= 0 && newsvendorOrder(need, ratio) <= 0;
}

function demandOrder(input: PlanInput, { belief, mode }: Outlook, problem: OrderProblem): number {
  return mode === "rollout" ? rolloutOrder({ input, belief, paths: problem.paths }) : bestOrder(problem);
}

/** What covers the arrival period at the stated service level; 0 where costs are stated instead. */
function serviceOrder({ serviceLevel }: PlanInput, { need }: Outlook): number {
  return serviceLevel == null ? 0 : newsvendorOrder(need, serviceLevel);
}

function orderProblem(input: PlanInput, { toTheEnd, schedule, stock, need, ratio }: Outlook): OrderProblem {
  const paths = toTheEnd();
  const review = Math.max(1, input.reviewPeriod);
  const lostOnTheWay = input.unmet === "lost" && schedule.leadSteps > 0;
  return {
    paths,
    leadSteps: schedule.leadSteps,
    carryEnd:
      input.unmet === "backorder" ? Math.min(schedule.steps, schedule.leadSteps + 1 + BACKORDER_CARRY) : schedule.steps,
    stock,
    need,
    holding: input.costs.holding * (lostOnTheWay ? LOST_SALES_HOLDING : 1),
    shortage: input.costs.shortage,
    ratio,
    unmet: input.unmet,
    shelfSteps: input.shelfLife === null ? null : Math.max(1, Math.floor(input.shelfLife / review)),
    refillCost: refillCost(input, meanOfStep(paths.forecast, schedule.leadSteps)),
  };
}

/**
 * What a review costs that orders, given lots of economic size: the cost rate of the EOQ, but never more than the fixed cost.
 * Putting an order off by one review saves that rate, so it is what makes a lot of economic size the best one.
 */
function refillCost({ costs: { fixedOrder, holding } }: PlanInput, perReview: number): number {
  if (!(fixedOrder > 0 && perReview > 0 && holding > 0)) return 0;
  return Math.min(
    fixedOrder,
    lotCost(economicOrderQuantity(fixedOrder, perReview, holding), fixedOrder, perReview, holding),
  );
}

/**
 * An order made larger than wished by pack or minimum is placed once the shortage it saves at its arrival exceeds a review's
 * holding of the lot: the optimality condition of a reorder point, P(short) = h Q / (p d) (Snyder & Shen, section 5.2).
 * However large the lot, an item that would lose NEVER_DRY of its demand is reordered. With a fixed cost the whole cost decides.
 */
function worthItsLot(problem: OrderProblem, outlook: Outlook, { quantity }: RoundedOrder, wished: number): boolean {
  if (quantity === 0) return false;
  if (problem.refillCost > 0) return orderCost(problem, quantity) + problem.refillCost < orderCost(problem, 0);
  if (quantity <= wished) return true;
  const saved = problem.shortage * (meanShort(outlook, 0) - meanShort(outlook, quantity));
  const mostToSave = problem.shortage * meanOfStep(outlook.demand, problem.leadSteps);
  return saved >= Math.min(problem.holding * quantity, NEVER_DRY * mostToSave);
}

/** The last unit of a fraction is not worth rounding up: costs are flat there, and stock is money. Fractional packs keep it. */
function wholeUnits(quantity: number, { constraints }: PlanInput): number {
  return packOf(constraints) >= 1 ? Math.floor(quantity * (1 + SEARCH_PRECISION) + SEARCH_PRECISION) : quantity;
}

function shelfLifeBinds(input: PlanInput, problem: OrderProblem, order: number): "shelf_life" | null {
  if (problem.shelfSteps === null) return null;
  return wholeUnits(bestOrder({ ...problem, shelfSteps: null }), input) > order ? "shelf_life" : null;
}

function withdrawnBeforeArrival({ periodsLeft, leadTime }: PlanInput): boolean {
  return periodsLeft !== null && periodsLeft <= leadTime.promised;
}

/** How much of a period's demand the forecast can tell: 1 / (1 + squared relative error), so 0.5 at an error as large as demand. */
function forecastConfidence({ relativeError }: Prepared, { newcomer }: Outlook): number {
  if (newcomer || relativeError === null) return newcomer ? 0 : 0.5;
  return 1 / (1 + relativeError ** 2);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
