import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import type { AdviceRequest } from "../../../src/adviser/adviser.ts";
import type { Snapshot } from "../../../src/workflow/types/snapshot.ts";
import { aPlanInput } from "./plan-input.ts";
import { T0 } from "../virtual-time.ts";

/** A question about a plain item whose baseline is an order; changes of the input change the plan with it. */
export function anAdviceRequest(
  changes: { notes?: string; productId?: string; unitCost?: number; input?: Partial<PlanInput> } = {},
): AdviceRequest {
  const input = aPlanInput({ onHand: 5, tolerance: "protection", ...changes.input });
  const snapshot: Snapshot = {
    onHand: input.onHand,
    backordered: input.backordered,
    safetyStock: input.safetyStock,
    onOrder: null,
    leadTimeDays: input.leadTime.promised,
    reviewPeriodDays: input.reviewPeriod,
    costs: input.costs,
    unitCost: changes.unitCost ?? 3.5,
    constraints: input.constraints,
    shelfLifeDays: null,
    notes: changes.notes ?? null,
    occurredAt: T0,
    receivedAt: T0,
  };
  return {
    workflowId: "workflow-1",
    storeId: "main",
    productId: changes.productId ?? "SKU-1",
    snapshot,
    input,
    plan: plan(input),
    recentDemand: input.history,
    usualOrder: 20,
    now: T0,
  };
}
