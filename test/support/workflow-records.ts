/** Workflows as tests want them: every field has a plain value, each test names the ones it is about. */
import type { AdviceRecord, Decision, Delivery, Review, Workflow } from "../../src/workflow/types.ts";

/** In the future, so that nothing in a test is overdue by itself. */
export const T0 = Date.UTC(2040, 0, 2, 3, 4, 5);

export function aWorkflow(changes: Partial<Workflow> = {}): Workflow {
  return {
    schema: 1,
    id: "wf-1",
    seq: 1,
    version: 1,
    storeId: "main",
    productId: "SKU-1",
    status: "completed",
    supersededBy: null,
    revision: 1,
    snapshot: {
      onHand: 12,
      backordered: 0,
      safetyStock: 40,
      onOrder: null,
      leadTimeDays: 7,
      reviewPeriodDays: 1,
      costs: { holding: 0.2, shortage: 1, fixedOrder: 0 },
      unitCost: null,
      constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null },
      shelfLifeDays: null,
      notes: null,
      occurredAt: T0,
      receivedAt: T0,
    },
    nodes: [],
    decision: aDecision(),
    recommendation: { action: "restock", quantity: 120, confidence: 0.83 },
    review: null,
    audit: [],
    deliveries: [],
    createdAt: T0,
    updatedAt: T0,
    latencyMs: 12,
    requestId: "req-1",
    origin: "https://stock.example",
    basis: "",
    ...changes,
  };
}

export function aDecision(changes: Partial<Decision> = {}): Decision {
  return {
    action: "restock",
    quantity: 120,
    confidence: 0.83,
    forecastConfidence: 0.9,
    inStockProbability: 0.97,
    decidedBy: "plan",
    fallback: false,
    rationale: "Stock runs out before the next delivery.",
    reasons: [],
    evidence: {
      inventoryPosition: 12,
      projectedStockAtArrival: -31.5,
      demandQuantile: 88,
      criticalRatio: 0.833,
      bindingConstraint: null,
      stockoutProbabilityIfHold: 0.97,
      meanDemandPerDay: 6,
    },
    model: null,
    tokens: null,
    costUsd: null,
    ...changes,
  };
}

export function aReview(changes: Partial<Review> = {}): Review {
  return {
    status: "pending",
    reason: "low_confidence",
    reasons: ["low_confidence"],
    askedAt: T0,
    expiresAt: T0 + 14_400_000,
    remindAt: null,
    decidedAt: null,
    decidedBy: null,
    principal: null,
    channel: null,
    comment: null,
    verdict: null,
    approvalsNeeded: 1,
    approvals: [],
    ...changes,
  };
}

export function someAdvice(changes: Partial<AdviceRecord> = {}): AdviceRecord {
  return {
    model: "m",
    promptVersion: "1",
    attempts: 1,
    outcome: "advice",
    tries: ["advice"],
    latencyMs: 800,
    tokensIn: 900,
    tokensOut: 100,
    costUsd: 0.002,
    facts: "{}",
    reply: "{}",
    ...changes,
  };
}

export function aDelivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    key: "wf-1/1/ask/slack",
    channel: "slack",
    purpose: "ask",
    revision: 1,
    status: "pending",
    attempts: 0,
    dueAt: T0,
    ...changes,
  };
}
