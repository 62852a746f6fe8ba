/**
 * Nodes 2 and 3, forecast and assess: they turn a snapshot and the facts into the plan's input, and that into the
 * baseline decision. The baseline is always computed, because it decides when everything else fails.
 */
import { withoutDust } from "../../shared/without-dust.ts";
import { preparedOnce } from "../../replenishment/models/keep-prepared.ts";
import { exactly } from "../../replenishment/words/numbers.ts";
import { plan } from "../../replenishment/plan.ts";
import type { Plan, PlanInput } from "../../replenishment/types.ts";
import { planInputOf } from "../../world/plan-input.ts";
import type { Assessment } from "../assessment.ts";
import { itemTime } from "../decision-time.ts";
import type { Facts } from "../facts.ts";
import { isOff } from "../guards/guards-off.ts";
import { withSmallestOrder } from "../guards/settings-contradict.ts";
import { itemFactsOf } from "../item-facts.ts";
import { countOrders, unitsTooLate, type CountedOrders } from "../orders/on-order.ts";
import { overdueReasons, plainDecision } from "../plain-decision.ts";
import { keepPlanned, plannedBefore } from "./kept-plan.ts";
import type { Evidence, EvidenceOfPlan } from "../types/decision.ts";
import type { Snapshot } from "../types/snapshot.ts";
import { withWorld } from "../world-evidence.ts";
import { arrivesTooLate, expiredOn } from "../asking/still-sold.ts";
import {
  borrowedReasons,
  freshness,
  lateReasons,
  lotReasons,
  supplierReasons,
  worldReasons,
} from "../world-reasons.ts";

/** Factor on the confidence while an order is late or overdue: when it comes, if it does, is a guess. */
const OVERDUE_CONFIDENCE_FACTOR = 0.8;

export function assess(snapshot: Snapshot, facts: Facts, now: number): Assessment {
  const assessment = baseline(snapshot, facts, now);
  if (isOff("settings_contradict", facts) || snapshot.constraints.maxStock === null) return assessment;
  return withSmallestOrder(snapshot, assessment, unitsTooLate(assessment.orders, snapshot, itemTime(snapshot, now)));
}

function baseline(snapshot: Snapshot, facts: Facts, now: number): Assessment {
  const itemNow = itemTime(snapshot, now);
  const orders = countOrders(facts.openOrders, snapshot, facts.policy.orderSyncMs, itemNow, facts.receivedSince);
  const before = plannedBefore(snapshot, facts, now);
  const planned = before?.planned ?? planInputOf(itemFactsOf(snapshot, facts, orders, now));
  const { input } = planned;
  const ofCount = [
    ...lotReasons(snapshot),
    ...supplierReasons(snapshot, facts.world),
    ...borrowedReasons(planned, facts.inputs),
  ];
  if (input.forecast === null && input.history.length === 0 && (input.borrowed ?? null) === null)
    return byPlainRule(snapshot, facts, { orders, today: planned.present.today, itemNow, ofCount });
  if (before === null) keepPlanned(planned, snapshot, facts, now);
  const assessed = assessInput(input, orders, fingerprintOf(facts), before?.plan);
  const evidence = withWorld(assessed.decision, planned, snapshot);
  const late = lateReasons(orders, facts.world, planned.present.today);
  const trust = late.length > 0 && orders.overdue.length === 0 ? OVERDUE_CONFIDENCE_FACTOR : 1;
  const confidence = assessed.decision.confidence * freshness(planned, facts) * trust;
  return {
    ...assessed,
    planned,
    decision: {
      ...assessed.decision,
      confidence,
      reasons: [...assessed.decision.reasons, ...late, ...worldReasons(planned), ...ofCount],
      evidence,
      calendar: snapshot.calendar ?? null,
    },
  };
}

interface RuleContext {
  readonly orders: CountedOrders;
  /** Store day. */
  readonly today: number;
  readonly itemNow: number;
  /** What is said of the count whatever decides. */
  readonly ofCount: readonly string[];
}

/** The baseline of an item with neither history nor forecast: its safety stock alone says what to order. */
function byPlainRule(snapshot: Snapshot, facts: Facts, { orders, today, itemNow, ofCount }: RuleContext): Assessment {
  const { unavailable } = facts.inputs;
  const expired = expiredOn(snapshot, today);
  const position = withoutDust(snapshot.onHand - expired + facts.receivedSince + orders.total - snapshot.backordered);
  const isOver = arrivesTooLate(snapshot, today);
  const { rationale, reasons, ...decision } = plainDecision(
    isOver ? { ...snapshot, safetyStock: 0 } : snapshot,
    position,
    unitsTooLate(orders, snapshot, itemNow),
    unavailable,
  );
  // The rule's own sentence would name a safety stock that nobody set.
  const ofRule = isOver && decision.action === "hold" ? reasons.filter((reason) => reason !== rationale) : reasons;
  const over = isOver ? ["It is phased out before an order placed now would arrive."] : [];
  const spoiled = expired > 0 ? [`Of what was counted, ${exactly(expired)} have expired and do not count.`] : [];
  return {
    decision: {
      ...decision,
      rationale: over[0] ?? rationale,
      reasons: [...over, ...ofRule, ...spoiled, ...ofCount, ...overdueReasons(orders)],
    },
    orders,
    input: null,
    plan: null,
    planned: null,
    forecastAgeDays: null,
    forecastNote: unavailable ? "demand data unavailable" : "no history, no forecast",
    factsFingerprint: fingerprintOf(facts),
  };
}

/** The baseline for a plan's input, which is made from present facts or stored and replayed. */
export function assessInput(
  input: PlanInput,
  orders: CountedOrders,
  factsFingerprint: string,
  made: Plan = plan(input, preparedOnce(input)),
): Assessment {
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
        meanDemandPerDay: made.evidence.meanDemand / input.periodDays,
        seasonFactor: made.evidence.seasonFactor,
        expectedWaste: made.evidence.expectedWaste,
        wished: made.evidence.wished,
        ...(made.evidence.usualSale === undefined ? {} : { usualSale: made.evidence.usualSale }),
      } satisfies EvidenceOfPlan & Evidence,
      model: null,
      tokens: null,
      costUsd: null,
    },
    orders,
    input,
    plan: made,
    planned: null,
    forecastAgeDays: input.forecast?.ageDays ?? null,
    forecastNote: (input.forecast === null
      ? ["history of", Math.round(input.history.length * input.periodDays), "days"]
      : ["forecast of", Math.round(input.forecast.points.length * input.periodDays), "days"]
    ).join(" "),
    factsFingerprint,
  };
}

/** Equal strings: the same settings, demand data, world and open orders. The newest count is compared by the caller. */
export function fingerprintOf(facts: Facts): string {
  const onOrder = facts.openOrders.reduce((total, order) => total + order.quantity, 0);
  const { version, borrowed } = facts.inputs;
  const lender = borrowed?.version === undefined ? "" : `+${borrowed.version}`;
  return `${version}${lender}/${facts.world.version}/${onOrder}/${facts.receivedSince}`;
}
