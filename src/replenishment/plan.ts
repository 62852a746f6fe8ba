/**
 * The plan: from demand, stock, open orders, lead time and costs to a quantity, a probability and an explanation.
 *
 * - Never throws on finite input; the quantity is feasible under the constraints.
 * - Same input and seed, same answer: no clock, no randomness.
 * - Whoever proposes a quantity, it is judged on the same simulated paths.
 * - The plan counts in the item's own unit, so an item in kilograms gets the same plan as one in grams.
 */
import { assess } from "./confidence/assess-quantity.ts";
import { contradictionOf } from "./confidence/contradiction.ts";
import { leastOnShelf, protectionQuantile, shareInStock } from "./confidence/risk.ts";
import { inUnits, outOfUnits } from "./models/counted.ts";
import { holdingOfMore } from "./order/holding-of-more.ts";
import { prepare, type Prepared } from "./models/prepare.ts";
import { meanFactor } from "./models/season.ts";
import { decide } from "./order/decide.ts";
import { meanSpoiled, shelfOf } from "./order/spoilage.ts";
import { outlookOf, type Outlook } from "./paths/outlook.ts";
import { onCalendar } from "./supply/calendar.ts";
import { supplyOf } from "./supply/supply.ts";
import { explain } from "./words/explain.ts";
import type { Plan, PlanEvidence, PlanInput, QuantityAssessment } from "./types.ts";
import { mean } from "./statistics/mean.ts";

export { prepare, type Prepared } from "./models/prepare.ts";

/** `prepared`: the result of `prepare` for the same history and pack, if the caller kept it. */
export function plan(input: PlanInput, prepared: Prepared | null = null): Plan {
  const { counted, outlook, past } = simulated(input, prepared);
  const { unit } = past;
  const { order, wished, binding } = decide(counted, outlook);
  const assessment = assess(counted, past, outlook, order);
  const { schedule } = outlook;
  const evidence: PlanEvidence = {
    inventoryPosition: outOfUnits(outlook.position, unit),
    projectedStockAtArrival: mean(outlook.stock) * unit,
    demandQuantile: protectionQuantile(outlook) * unit,
    criticalRatio: outlook.ratio,
    bindingConstraint: binding,
    stockoutProbabilityIfHold: 1 - shareInStock(outlook, 0),
    meanDemand: outlook.meanDemand * unit,
    expectedWaste: expectedWaste(counted, outlook, order, unit),
    seasonFactor:
      past.season.week === null
        ? null
        : meanFactor(past.season.week, schedule.start[schedule.leadSteps]!, schedule.duration[schedule.leadSteps]!),
    wished: outOfUnits(wished, unit),
    ...(past.usualSale > 1 ? { usualSale: outOfUnits(past.usualSale, unit) } : {}),
  };
  const quantity = outOfUnits(order, unit);
  return {
    quantity,
    ...assessment,
    forecastConfidence: forecastConfidence(past, outlook),
    reasons: explain(input, outlook, {
      quantity,
      unit,
      late: past.season.late,
      contradiction: contradictionOf(counted, past),
      evidence,
      inStockProbability: assessment.inStockProbability,
      leastOnShelf: leastOnShelf(counted, outlook),
      chanceWithHalf: 1 - shareInStock(outlook, order / 2),
    }),
    evidence,
  };
}

/** Judges a quantity that somebody else proposes, on the same simulated paths as the plan's own. */
export function assessQuantity(input: PlanInput, quantity: number): QuantityAssessment {
  const { counted, outlook, past } = simulated(input, null);
  return assess(counted, past, outlook, Math.max(0, quantity) / past.unit);
}

/** Expected cost of holding `more` units on top of an order of `quantity`, on the plan's own simulated demand. */
export function costOfMore(input: PlanInput, quantity: number, more: number, holding: number): number {
  const { outlook, past } = simulated(input, null);
  return holdingOfMore(outlook, quantity / past.unit, more / past.unit, holding, input.reviewPeriod) * past.unit;
}

function simulated(input: PlanInput, kept: Prepared | null): { counted: PlanInput; outlook: Outlook; past: Prepared } {
  const past = kept ?? prepare(input);
  const counted = onCalendar(inUnits(input, past.unit));
  return { counted, past, outlook: outlookOf(counted, past, supplyOf(counted), kept !== null) };
}

/** Expected waste of the stock and of the order; null where nothing expires. */
function expectedWaste(
  { shelfLife, lots }: PlanInput,
  { expired, schedule, stock, toTheEnd }: Outlook,
  order: number,
  unit: number,
): number | null {
  const shelf = shelfOf(shelfLife, schedule);
  if (shelf === null && (lots ?? []).length === 0) return null;
  const ofOrder = shelf === null || order === 0 ? 0 : meanSpoiled(toTheEnd(), shelf, stock, order);
  return (expired + ofOrder) * unit;
}

/**
 * Trust in the forecast: 1 / (1 + squared relative error), so 0.5 where the error is as large as demand.
 */
function forecastConfidence({ relativeError }: Prepared, { newcomer }: Outlook): number {
  if (newcomer || relativeError === null) return newcomer ? 0 : 0.5;
  return 1 / (1 + relativeError ** 2);
}
