/**
 * Nodes 2 and 3, forecast and assess: from a snapshot and the facts to the plan's input, and from that to the baseline
 * decision. The baseline is always computed, whoever else is asked: it is what stands when everything else fails.
 */
import { plainRule } from "../replenishment/order/plain-rule.ts";
import { preparedOnce } from "../replenishment/models/keep-prepared.ts";
import { plan } from "../replenishment/plan.ts";
import type { DemandForecast, Plan, PlanInput } from "../replenishment/types.ts";
import type { DemandHistory } from "../world/history.ts";
import { DAY_MS, itemTime, type Facts, type UploadedForecast } from "./facts.ts";
import { countOrders, type CountedOrders } from "./on-order.ts";
import type { Decision, Snapshot } from "./types.ts";

/** An overdue order may still come: the plan then rests on a guess, and its confidence is cut by this factor. */
const OVERDUE_CONFIDENCE_FACTOR = 0.8;
/** Any fixed number: decisions must be the same on every machine. */
const PLAN_SEED = 1;

export interface Assessment {
  readonly decision: Decision;
  readonly orders: CountedOrders;
  /** Null under the plain rule: there is nothing to simulate. */
  readonly input: PlanInput | null;
  readonly plan: Plan | null;
  readonly forecastAgeDays: number | null;
  readonly forecastNote: string;
  /** Fingerprint of what this rests on, beside the snapshot. */
  readonly factsFingerprint: string;
}

export function assess(snapshot: Snapshot, facts: Facts, now: number): Assessment {
  const itemNow = itemTime(snapshot, now);
  const orders = countOrders(facts.openOrders, snapshot, facts.policy.orderSyncMs, itemNow);
  const onHand = snapshot.onHand + facts.receivedSince;
  const inventoryPosition = onHand + orders.total - snapshot.backordered;
  const today = Math.floor(itemNow / DAY_MS);
  const forecast = alignForecast(facts.inputs.forecast, facts.inputs.history, today, now);
  const history = facts.inputs.history;

  if (forecast === null && (history === null || history.units.length === 0)) {
    const rule = plainRule({ safetyStock: snapshot.safetyStock, inventoryPosition, constraints: snapshot.constraints });
    const why = facts.inputs.unavailable ? ["Demand data could not be read, so the plain rule decides."] : [];
    return {
      decision: {
        action: rule.quantity > 0 ? "restock" : "hold",
        quantity: rule.quantity,
        confidence: rule.confidence,
        forecastConfidence: 0,
        inStockProbability: null,
        decidedBy: "fallback",
        fallback: true,
        rationale: rule.reasons[0] ?? "The plain rule decides.",
        reasons: [...why, ...rule.reasons, ...overdueReasons(orders)],
        evidence: {
          inventoryPosition,
          projectedStockAtArrival: inventoryPosition,
          demandQuantile: 0,
          criticalRatio: snapshot.costs.shortage / (snapshot.costs.shortage + snapshot.costs.holding),
          bindingConstraint: null,
          stockoutProbabilityIfHold: inventoryPosition > 0 ? 0.5 : 1,
          meanDemandPerDay: null,
        },
        model: null,
        tokens: null,
        costUsd: null,
      },
      orders,
      input: null,
      plan: null,
      forecastAgeDays: null,
      forecastNote: facts.inputs.unavailable ? "demand data unavailable" : "no history, no forecast",
      factsFingerprint: fingerprintOf(facts),
    };
  }

  const input: PlanInput = {
    history: history?.units ?? [],
    inStock: history?.inStock.map((flag) => flag !== false) ?? null,
    historyStart: history?.startDate ?? null,
    periodDays: 1,
    forecast,
    onHand,
    backordered: snapshot.backordered,
    openOrders: orders.counted.map((order) => ({ quantity: order.quantity, age: Math.round(order.ageDays) })),
    leadTime: { promised: Math.round(snapshot.leadTimeDays), observed: facts.observedLeadDays },
    reviewPeriod: Math.max(1, Math.round(snapshot.reviewPeriodDays)),
    periodsLeft: null,
    costs: snapshot.costs,
    serviceLevel: snapshot.serviceLevel ?? null,
    constraints: snapshot.constraints,
    safetyStock: snapshot.safetyStock,
    unmet: snapshot.backordered > 0 ? "backorder" : "lost",
    seasonalProfile: null,
    demandMultipliers: null,
    shelfLife: snapshot.shelfLifeDays,
    tolerance: "protection",
    seed: PLAN_SEED,
  };
  return assessInput(input, orders, fingerprintOf(facts));
}

/** The baseline of what a plan reads: made from present facts, or stored and played again. */
export function assessInput(input: PlanInput, orders: CountedOrders, factsFingerprint: string): Assessment {
  const made = plan(input, preparedOnce(input));
  const confidence = orders.overdue.length > 0 ? made.confidence * OVERDUE_CONFIDENCE_FACTOR : made.confidence;
  return {
    decision: {
      action: made.quantity > 0 ? "restock" : "hold",
      quantity: made.quantity,
      confidence,
      forecastConfidence: made.forecastConfidence,
      inStockProbability: made.inStockProbability,
      decidedBy: "plan",
      fallback: false,
      rationale: made.reasons[0] ?? "",
      reasons: [...made.reasons, ...overdueReasons(orders)],
      evidence: {
        inventoryPosition: made.evidence.inventoryPosition,
        projectedStockAtArrival: made.evidence.projectedStockAtArrival,
        demandQuantile: made.evidence.demandQuantile,
        criticalRatio: made.evidence.criticalRatio,
        bindingConstraint: made.evidence.bindingConstraint,
        stockoutProbabilityIfHold: made.evidence.stockoutProbabilityIfHold,
        meanDemandPerDay: made.evidence.meanDemand,
      },
      model: null,
      tokens: null,
      costUsd: null,
    },
    orders,
    input,
    plan: made,
    forecastAgeDays: input.forecast?.ageDays ?? null,
    forecastNote:
      input.forecast === null
        ? `history of ${input.history.length} days`
        : `forecast of ${input.forecast.points.length} days`,
    factsFingerprint,
  };
}

/** Equal strings: the same settings, demand data and open orders. The newest count is compared by the caller. */
export function fingerprintOf(facts: Facts): string {
  const onOrder = facts.openOrders.reduce((total, order) => total + order.quantity, 0);
  return `${facts.inputs.version}/${onOrder}/${facts.receivedSince}`;
}

function overdueReasons(orders: CountedOrders): string[] {
  return orders.overdue.map(
    (order) => `An open order of ${order.quantity} is overdue and no longer counts, which lowers the confidence.`,
  );
}

/** The coming days of an uploaded forecast, today first; null when none of it lies ahead. */
function alignForecast(
  uploaded: UploadedForecast | null,
  history: DemandHistory | null,
  today: number,
  now: number,
): DemandForecast | null {
  if (uploaded === null) return null;
  const ahead = uploaded.days.filter((point) => point.day >= today);
  if (ahead.length === 0) return null;
  return {
    points: ahead.map(({ day: _day, ...point }) => point),
    ageDays: Math.max(0, (now - uploaded.uploadedAt) / DAY_MS),
    pastError: pastError(uploaded, history),
  };
}

/** Mean absolute error of the forecast's past days over mean demand; out-of-stock days say nothing. */
function pastError(uploaded: UploadedForecast, history: DemandHistory | null): number | null {
  if (history === null) return null;
  let error = 0;
  let demand = 0;
  for (const point of uploaded.days) {
    const index = point.day - history.firstDay;
    const units = history.units[index];
    if (units === undefined || history.inStock[index] === false) continue;
    error += Math.abs(units - point.mean);
    demand += units;
  }
  return demand > 0 ? error / demand : null;
}
