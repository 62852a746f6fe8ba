/** The inside's workflow as the wire shows it (docs/api.md): snake case, ISO times, null for what does not apply. */
import { parseWorkflowId } from "../workflow/workflow-id.ts";
import type { TrackRecord } from "../workflow/confidence/track-record.ts";
import type * as z from "zod";
import type { ReviewRowAnswer } from "./responses.ts";
import type { DecisionAnswer, RecommendationAnswer, ReviewAnswer, WorkflowAnswer } from "./trigger/workflow-answer.ts";
import type { ListedReview } from "../workflow/asking/listed-review.ts";
import type { Review } from "../workflow/review.ts";
import type { Decision, Recommendation } from "../workflow/types/decision.ts";
import type { Snapshot } from "../workflow/types/snapshot.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { ItemOrder } from "../workflow/orders/item-order.ts";
import { orderStatusOf, type OrderRow } from "../workflow/orders/order-row.ts";
import { isoDay } from "../shared/calendar-dates.ts";

/** Probabilities are shown to four places: no calibration is more precise. */
const PROBABILITY_PLACES = 4;

export function workflowToWire(workflow: Workflow): z.output<typeof WorkflowAnswer> {
  return {
    workflow_id: workflow.id,
    product_id: workflow.productId,
    store_id: workflow.storeId,
    status: workflow.status,
    superseded_by: workflow.supersededBy,
    stands: workflow.stands ?? null,
    order_status: workflow.purchase?.status ?? null,
    po_id: workflow.purchase?.poId ?? null,
    revision: workflow.revision,
    decision: decidedToWire(workflow),
    recommendation: workflow.recommendation === null ? null : recommendationToWire(workflow.recommendation),
    review: workflow.review === null ? null : reviewToWire(workflow.review),
    approvals:
      workflow.review !== null && workflow.review.approvalsNeeded > 1
        ? { given: workflow.review.approvals.length, needed: workflow.review.approvalsNeeded }
        : undefined,
    nodes: workflow.nodes.map((node) => ({
      node: node.node,
      status: node.status,
      duration_ms: rounded(node.durationMs, 3),
      note: node.note,
    })),
    created_at: iso(workflow.createdAt),
    updated_at: iso(workflow.updatedAt),
  };
}

/** Null while the workflow runs and where it decided nothing. */
export function decidedToWire({ status, decision, snapshot }: Workflow): z.output<typeof DecisionAnswer> | null {
  return status === "running" || decision === null ? null : decisionToWire(decision, snapshot);
}

export function decisionToWire(
  decision: Decision,
  { orderUnit }: Pick<Snapshot, "orderUnit">,
): z.output<typeof DecisionAnswer> {
  const { evidence, calendar } = decision;
  return {
    recommended_action: decision.action,
    recommended_quantity: decision.quantity,
    confidence_score: probability(decision.confidence),
    forecast_confidence: probability(decision.forecastConfidence),
    in_stock_probability: decision.inStockProbability === null ? null : probability(decision.inStockProbability),
    decided_by: decision.decidedBy,
    fallback: decision.fallback,
    rationale: decision.rationale,
    reasons: decision.reasons,
    evidence: {
      inventory_position: evidence.inventoryPosition,
      projected_stock_at_arrival: rounded(evidence.projectedStockAtArrival, 3),
      demand_quantile: rounded(evidence.demandQuantile, 3),
      critical_ratio: rounded(evidence.criticalRatio, PROBABILITY_PLACES),
      binding_constraint: evidence.bindingConstraint,
      stockout_probability_if_hold: probability(evidence.stockoutProbabilityIfHold),
      mean_demand_per_day: evidence.meanDemandPerDay === null ? null : rounded(evidence.meanDemandPerDay, 4),
      lead_time_days: evidence.leadTimeDays ?? null,
      review_period_days: evidence.reviewPeriodDays ?? null,
      history_through: dateOrNull(evidence.historyThrough),
      history_age_days: evidence.historyAgeDays ?? null,
      season_factor: evidence.seasonFactor == null ? null : rounded(evidence.seasonFactor, 3),
      events: evidence.events ?? [],
      expected_waste: evidence.expectedWaste == null ? null : rounded(evidence.expectedWaste, 3),
      sold_out_on: dateOrNull(evidence.soldOutOn),
      lasts_until: dateOrNull(evidence.lastsUntil),
    },
    supplier_id: calendar?.supplierId ?? null,
    order_by: calendar == null ? null : iso(calendar.orderBy),
    arrives_on: dateOrNull(calendar?.arrivesOn),
    next_order_by: calendar?.nextOrderBy == null ? null : iso(calendar.nextOrderBy),
    next_arrives_on: dateOrNull(calendar?.nextArrivesOn),
    order_units: orderUnit == null ? null : rounded(decision.quantity / orderUnit.units, 6),
    model: decision.model,
    model_words: decision.modelWords ?? null,
    tokens: decision.tokens,
    cost_usd: decision.costUsd,
  };
}

function dateOrNull(day: number | null | undefined): string | null {
  return day == null ? null : isoDay(day);
}

export function recommendationToWire({
  action,
  quantity,
  confidence,
}: Recommendation): z.output<typeof RecommendationAnswer> {
  return { action, quantity, confidence: probability(confidence) };
}

/** An open order, and what was said of it since. */
export function changedOrderToWire({ order, changes }: Pick<OrderRow, "order" | "changes">) {
  return {
    ...openOrderToWire(order),
    changes: (changes ?? []).map(({ at, by, reason, quantity, expectedAt, reference }) => ({
      at: iso(at),
      by,
      reason,
      quantity,
      expected_at: iso(expectedAt),
      reference,
    })),
  };
}

/** Null for an order that no decision made: one made elsewhere, or a line that a person added to a purchase order. */
export function decisionBehind({ workflowId }: Pick<ItemOrder, "workflowId">): string | null {
  return parseWorkflowId(workflowId) === null ? null : workflowId;
}

export function openOrderToWire(order: ItemOrder) {
  const { purchase } = order;
  return {
    quantity: order.quantity,
    // An order that is not sent yet was placed with no supplier.
    placed_at: purchase === undefined || purchase.stage === "sent" ? iso(order.placedAt) : null,
    expected_at: iso(order.expectedAt),
    workflow_id: decisionBehind(order),
    reference: order.reference ?? null,
    po_id: purchase?.poId ?? null,
    order_status: purchase === undefined ? null : orderStatusOf(purchase),
  };
}

/** A row of `GET /reviews`, but for the status it was asked by. */
export function reviewRowToWire(listed: ListedReview): Omit<z.output<typeof ReviewRowAnswer>, "status"> {
  return {
    workflow_id: listed.workflowId,
    product_id: listed.productId,
    store_id: listed.storeId,
    reason: listed.reason,
    revision: listed.revision,
    recommendation: listed.recommendation === null ? null : recommendationToWire(listed.recommendation),
    expires_at: iso(listed.expiresAt),
    created_at: iso(listed.createdAt),
  };
}

/** How the item's past confidence fared: shares are null until a decision's outcome is known. */
export function trackToWire(track: TrackRecord) {
  const share = (sum: number): number | null => (track.scored === 0 ? null : probability(sum / track.scored));
  return {
    scored: track.scored,
    waiting: track.waiting.length,
    mean_confidence: share(track.confidenceSum),
    within_tolerance: share(track.right),
    brier: share(track.brierSum),
    in_stock: share(track.inStock),
  };
}

let lastMs = 0;
let lastIso = new Date(0).toISOString();

/** An answer mostly shows the same moment twice. */
export function iso(ms: number): string {
  if (ms !== lastMs) {
    lastIso = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastIso;
}

function reviewToWire(review: Review): z.output<typeof ReviewAnswer> {
  return {
    status: review.status,
    reason: review.reason,
    reasons: review.reasons,
    expires_at: iso(review.expiresAt),
    decided_at: review.decidedAt === null ? null : iso(review.decidedAt),
    decided_by: review.decidedBy,
    channel: review.channel,
    comment: review.comment,
    taken_back: review.takenBack === undefined ? null : { at: iso(review.takenBack.at), by: review.takenBack.by },
  };
}

/** In the digits that a person can use, alike wherever one is shown. */
export function probability(value: number): number {
  return rounded(value, PROBABILITY_PLACES);
}

function rounded(value: number, places: number): number {
  const factor = 10 ** places;
  return Math.round(value * factor) / factor;
}
