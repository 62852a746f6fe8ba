/**
 * The plan: from demand, stock, open orders, lead time and costs to a quantity, a probability and an explanation.
 *
 * P1. Never throws on finite input; the quantity is feasible under the constraints.
 * P2. Same input, same answer: no clock, no randomness.
 */
import { roundOrder } from "./constraints.ts";
import { criticalRatio } from "./newsvendor.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import type { Plan, PlanInput, QuantityAssessment } from "./types.ts";

/** Share of the tolerated demand that regret may reach and the decision still count as right. */
const REGRET_SHARE = 0.2;

interface Outlook {
  readonly meanDemand: number;
  readonly sd: number;
  readonly protection: number;
  readonly position: number;
  readonly ratio: number;
}

export function plan(input: PlanInput): Plan {
  const outlook = outlookOf(input);
  const { meanDemand, sd, protection, position, ratio } = outlook;
  const level = Math.max(0, meanDemand * protection + normalQuantile(ratio) * sd * Math.sqrt(protection));
  const untilArrival = meanDemand * input.leadTime.promised;
  const projected = input.unmet === "lost" ? Math.max(0, position - untilArrival) : position - untilArrival;
  const wishedForDemand = Math.max(0, level - position);
  const wishedForFloor = input.safetyStock - projected;
  const { quantity, binding } = roundOrder(Math.max(wishedForDemand, wishedForFloor), input.constraints, position);
  const floorBinds = binding === null && quantity > 0 && wishedForFloor > wishedForDemand;
  const assessment = assess(outlook, input, quantity);
  const risk = 1 - inStock(outlook, 0);
  return {
    quantity,
    ...assessment,
    forecastConfidence: meanDemand > 0 ? Math.max(0, 1 - sd / (meanDemand + sd)) : 0.5,
    reasons: [
      quantity > 0
        ? `Order ${quantity}: without it the chance of running short is ${Math.round(risk * 100)} %.`
        : `Hold: the chance of running short is ${Math.round(risk * 100)} %.`,
    ],
    evidence: {
      inventoryPosition: position,
      projectedStockAtArrival: projected,
      demandQuantile: level,
      criticalRatio: ratio,
      bindingConstraint: floorBinds ? "safety_stock" : binding,
      stockoutProbabilityIfHold: risk,
      meanDemand,
    },
  };
}

/** Judges a quantity that somebody else proposes, on the same demand as the plan's own. */
export function assessQuantity(input: PlanInput, quantity: number): QuantityAssessment {
  return assess(outlookOf(input), input, Math.max(0, quantity));
}

function assess(outlook: Outlook, input: PlanInput, quantity: number): QuantityAssessment {
  const tolerated = input.tolerance === "period" ? outlook.meanDemand : outlook.meanDemand * outlook.protection;
  const spread = outlook.sd * Math.sqrt(outlook.protection);
  const slack = REGRET_SHARE * tolerated;
  const centre = outlook.position + quantity - outlook.meanDemand * outlook.protection;
  const within = spread > 0 ? normalCdf((centre + slack) / spread) - normalCdf((centre - slack) / spread) : 1;
  return { confidence: Math.min(1, Math.max(0, within)), inStockProbability: inStock(outlook, quantity) };
}

function inStock(outlook: Outlook, quantity: number): number {
  const spread = outlook.sd * Math.sqrt(outlook.protection);
  const spare = outlook.position + quantity - outlook.meanDemand * outlook.protection;
  if (spread > 0) return normalCdf(spare / spread);
  return spare >= 0 ? 1 : 0;
}

function outlookOf(input: PlanInput): Outlook {
  const onOrder = input.openOrders.reduce((sum, order) => sum + Math.max(0, order.quantity), 0);
  const { meanDemand, sd } = demandOf(input);
  return {
    meanDemand,
    sd,
    protection: Math.max(0, input.leadTime.promised) + Math.max(1, input.reviewPeriod),
    position: input.onHand + onOrder - input.backordered,
    ratio: criticalRatio(input.costs),
  };
}

function demandOf(input: PlanInput): { meanDemand: number; sd: number } {
  if (input.forecast !== null && input.forecast.points.length > 0) {
    const means = input.forecast.points.map((point) => Math.max(0, point.mean));
    const meanDemand = means.reduce((sum, mean) => sum + mean, 0) / means.length;
    const spreads = input.forecast.points.map((point) => point.std ?? 0.5 * point.mean);
    return { meanDemand, sd: Math.sqrt(spreads.reduce((sum, spread) => sum + spread * spread, 0) / spreads.length) };
  }
  const seen = input.history.filter((_, index) => input.inStock?.[index] !== false).map((units) => Math.max(0, units));
  if (seen.length === 0) return { meanDemand: 0, sd: 0 };
  const meanDemand = seen.reduce((sum, units) => sum + units, 0) / seen.length;
  const squares = seen.reduce((sum, units) => sum + (units - meanDemand) ** 2, 0);
  return { meanDemand, sd: seen.length > 1 ? Math.sqrt(squares / (seen.length - 1)) : 0.5 * meanDemand };
}
