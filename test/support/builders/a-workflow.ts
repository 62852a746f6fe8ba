/** A workflow that waits for an answer, with anything in it replaced as a test needs. */
import type { Review } from "../../../src/workflow/review.ts";
import type { Decision } from "../../../src/workflow/types/decision.ts";
import type { Delivery } from "../../../src/workflow/types/delivery.ts";
import type { Snapshot } from "../../../src/workflow/types/snapshot.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { HOUR_MS } from "../../../src/shared/durations.ts";

export { HOUR_MS } from "../../../src/shared/durations.ts";

/** Far enough ahead that no real clock comes near it. */
export const T0 = Date.UTC(2040, 0, 16, 9, 0);

export function aSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    onHand: 12,
    backordered: 0,
    safetyStock: 40,
    onOrder: null,
    leadTimeDays: 7,
    reviewPeriodDays: 1,
    costs: { holding: 0.2, shortage: 1, fixedOrder: 0 },
    unitCost: 3.5,
    constraints: { minOrderQuantity: 24, packSize: 12, maxStock: 400 },
    shelfLifeDays: null,
    notes: null,
    occurredAt: T0,
    receivedAt: T0,
    ...change,
  };
}

export function aDecision(change: Partial<Decision> = {}): Decision {
  return {
    action: "restock",
    quantity: 120,
    confidence: 0.46,
    forecastConfidence: 0.7,
    inStockProbability: 0.91,
    decidedBy: "plan",
    fallback: false,
    rationale: "Stock covers 1.5 days of sales and the next order takes 7 days, so 120 brings it back to 9 days.",
    reasons: [
      "Sales average 8.2 a day and rose by a fifth in two weeks.",
      "An order placed now arrives after stock is likely gone.",
    ],
    evidence: {
      inventoryPosition: 36,
      projectedStockAtArrival: -21.4,
      demandQuantile: 88,
      criticalRatio: 0.83,
      bindingConstraint: "pack_size",
      stockoutProbabilityIfHold: 0.97,
      meanDemandPerDay: 8.2,
      wished: 112.4,
      soldOutOn: Math.floor(T0 / 86_400_000) + 4,
      lastsUntil: Math.floor(T0 / 86_400_000) + 18,
    },
    model: null,
    tokens: null,
    costUsd: null,
    ...change,
  };
}

export function aReview(change: Partial<Review> = {}): Review {
  return {
    status: "pending",
    reason: "low_confidence",
    reasons: ["low_confidence"],
    askedAt: T0,
    expiresAt: T0 + 4 * HOUR_MS,
    remindAt: T0 + 2 * HOUR_MS,
    decidedAt: null,
    decidedBy: null,
    principal: null,
    channel: null,
    comment: null,
    verdict: null,
    approvalsNeeded: 1,
    approvals: [],
    ...change,
  };
}

export function aWorkflow(change: Partial<Workflow> = {}): Workflow {
  const decision = change.decision ?? aDecision();
  return {
    schema: 1,
    id: "wf-1",
    seq: 1,
    version: 3,
    storeId: "tokyo-3",
    productId: "GREEN-TEA-500",
    status: "awaiting_human_review",
    supersededBy: null,
    revision: 1,
    snapshot: aSnapshot(),
    nodes: [],
    decision,
    recommendation: { action: decision.action, quantity: decision.quantity, confidence: decision.confidence },
    review: aReview(),
    audit: [],
    deliveries: [],
    createdAt: T0,
    updatedAt: T0,
    latencyMs: 3,
    requestId: "req-1",
    origin: "https://stock.example.com",
    factsFingerprint: "b",
    ...change,
  };
}

export function aDelivery(change: Partial<Delivery> = {}): Delivery {
  return {
    key: "wf-1/1/ask/email/ana@example.com",
    channel: "email",
    purpose: "ask",
    revision: 1,
    recipient: "ana@example.com",
    status: "pending",
    attempts: 0,
    dueAt: T0,
    ...change,
  };
}
