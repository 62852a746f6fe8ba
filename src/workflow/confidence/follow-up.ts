/**
 * Follows decisions until their outcome is known. Each waits for the demand of its arrival period, is scored against
 * its stated confidence, and is then kept only in the sums.
 *
 * - A decision is scored once: when its arrival was counted and the history covers the days until the next review.
 * - A decision whose outcome never becomes known (no count at the arrival, no history) is dropped, not guessed.
 */
import { scoreDecision, type WhatFollowed } from "../../replenishment/confidence/outcome.ts";
import { lotThatSells } from "../../replenishment/confidence/regret.ts";
import { mostOf } from "../../replenishment/order/constraints.ts";
import type { DemandHistory } from "../../world/history.ts";
import type { Facts, ItemInputs } from "../facts.ts";
import type { ReceivedOrder } from "../orders/item-order.ts";
import type { TrackRecord, WaitingDecision } from "./track-record.ts";
import type { Decision } from "../types/decision.ts";
import type { Snapshot } from "../types/snapshot.ts";
import type { Workflow } from "../types/workflow.ts";

/**
 * Most decisions waiting at once. With a longer lead time only some days' decisions are followed, which is enough.
 */
const MOST_WAITING = 16;
/**
 * Days after the arrival within which its stock must be counted, and after the last day within which sales must be
 * uploaded.
 */
const PATIENCE_DAYS = 2;
const HISTORY_PATIENCE_DAYS = 14;

const EMPTY: TrackRecord = { scored: 0, right: 0, confidenceSum: 0, brierSum: 0, inStock: 0, waiting: [] };

interface Known extends Pick<Facts, "receivedOrders"> {
  readonly inputs: Pick<ItemInputs, "history">;
}

/**
 * The record after a new count: stock at arrival is noted, and decisions with a known outcome are scored.
 *
 * @param today the store's day of the count, as the days of the history are (I13).
 */
export function followUp(record: TrackRecord | null, snapshot: Snapshot, known: Known, today: number): TrackRecord {
  if (record === null) return EMPTY;
  let next: TrackRecord = { ...record, waiting: [] };
  for (const decision of record.waiting) {
    const counted = countArrival(decision, snapshot, known.receivedOrders, today);
    if (counted === "never_known") continue;
    const demand = counted.stockAtArrival === null ? null : demandUntilReview(counted, known.inputs.history);
    if (counted.stockAtArrival !== null && demand !== null)
      next = scored(next, counted, { stockAtArrival: counted.stockAtArrival, demand }, snapshot);
    else if (today < reviewDay(counted) + HISTORY_PATIENCE_DAYS)
      next = { ...next, waiting: [...next.waiting, counted] };
  }
  return next;
}

/**
 * The record with a decision that was just made: at most one a day, and only a plan's, since the plain rule has a fixed
 * confidence.
 */
export function follow(
  record: TrackRecord,
  { id, snapshot }: Pick<Workflow, "id" | "snapshot">,
  decision: Decision,
  day: number,
): TrackRecord {
  const usualDemand = decision.evidence.meanDemandPerDay;
  if (
    usualDemand === null ||
    record.waiting.length >= MOST_WAITING ||
    record.waiting.some((waiting) => waiting.day === day)
  )
    return record;
  const most = mostOf(snapshot.constraints, decision.evidence.inventoryPosition);
  const waiting: WaitingDecision = {
    workflowId: id,
    day,
    quantity: decision.quantity,
    confidence: decision.confidence,
    leadDays: Math.round(snapshot.leadTimeDays),
    reviewDays: Math.max(1, Math.round(snapshot.reviewPeriodDays)),
    usualDemand,
    ...(decision.evidence.usualSale === undefined ? {} : { usualSale: decision.evidence.usualSale }),
    ...(Number.isFinite(most) ? { most } : {}),
    holding: snapshot.costs.holding,
    shortage: snapshot.costs.shortage,
    stockAtArrival: null,
  };
  return { ...record, waiting: [...record.waiting, waiting] };
}

function countArrival(
  decision: WaitingDecision,
  snapshot: Snapshot,
  received: readonly ReceivedOrder[],
  today: number,
): WaitingDecision | "never_known" {
  if (decision.stockAtArrival !== null) return decision;
  const late = today - (decision.day + decision.leadDays);
  if (late < 0) return decision;
  if (late > PATIENCE_DAYS) return "never_known";
  const own = received.filter(
    (order) => order.workflowId === decision.workflowId && order.receivedAt <= snapshot.occurredAt,
  );
  const arrived = own.reduce((total, order) => total + order.quantity, 0);
  return { ...decision, stockAtArrival: Math.max(0, snapshot.onHand - arrived) };
}

/** Units sold from the arrival to the next review; null while the history does not reach that far. */
function demandUntilReview(decision: WaitingDecision, history: DemandHistory | null): number | null {
  // Sales of a week or a month do not show what a few days sold.
  if (history === null || (history.period ?? "day") !== "day") return null;
  const from = decision.day + decision.leadDays - history.firstDay;
  const to = reviewDay(decision) - history.firstDay;
  const known = (history.completeThrough ?? Infinity) - history.firstDay + 1;
  if (from < 0 || to > Math.min(known, history.units.length)) return null;
  return history.units.slice(from, to).reduce((total, units) => total + units, 0);
}

function scored(
  record: TrackRecord,
  decision: WaitingDecision,
  followed: WhatFollowed,
  terms: Pick<Snapshot, "constraints" | "serviceLevel" | "shelfLifeDays" | "phaseOutOn">,
): TrackRecord {
  const outcome = scoreDecision(
    {
      quantity: decision.quantity,
      confidence: decision.confidence,
      costs: { holding: decision.holding, shortage: decision.shortage },
      tolerance: "protection",
      leadTime: decision.leadDays,
      reviewPeriod: decision.reviewDays,
      usualDemand: decision.usualDemand,
      lot: lotThatSells(terms, decision.usualDemand, decision.usualSale, daysToSell(decision, terms)),
      most: decision.most,
    },
    followed,
  );
  return {
    ...record,
    scored: record.scored + 1,
    right: record.right + Number(outcome.withinTolerance),
    confidenceSum: record.confidenceSum + decision.confidence,
    brierSum: record.brierSum + outcome.brier,
    inStock: record.inStock + Number(outcome.inStock),
  };
}

/** Days from the arrival until what came spoils, or demand ends. */
function daysToSell(
  { day, leadDays }: WaitingDecision,
  { shelfLifeDays, phaseOutOn }: Pick<Snapshot, "shelfLifeDays" | "phaseOutOn">,
): number {
  const last = phaseOutOn ?? Number.POSITIVE_INFINITY;
  return Math.min(shelfLifeDays ?? Number.POSITIVE_INFINITY, last + 1 - (day + leadDays));
}

function reviewDay(decision: WaitingDecision): number {
  return decision.day + decision.leadDays + decision.reviewDays;
}
