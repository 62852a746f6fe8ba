/** Rows of the inbox from stored workflows, and ticked boxes back to the questions they mean. */
import * as z from "zod";
import type { HistoryRow } from "../../ui/history-page.tsx";
import { pickOf, type OpenRow } from "../../ui/inbox-page.tsx";
import type { ListedReview } from "../../workflow/asking/listed-review.ts";
import type { Workflow } from "../../workflow/types.ts";

export function openRow({
  workflowId,
  revision,
  storeId,
  productId,
  recommendation,
  unitCost,
  reason,
  expiresAt,
}: ListedReview): OpenRow {
  const { action, quantity, confidence } = recommendation ?? { action: "hold", quantity: 0, confidence: 0 };
  return {
    workflowId,
    revision,
    storeId,
    productId,
    action,
    quantity,
    confidence,
    value: unitCost === null ? null : unitCost * quantity,
    reason,
    expiresAt,
  };
}

export function historyRow(workflow: Workflow): HistoryRow {
  const { review } = workflow;
  return {
    workflowId: workflow.id,
    storeId: workflow.storeId,
    productId: workflow.productId,
    outcome: review?.status ?? workflow.status,
    quantity: workflow.decision?.quantity ?? 0,
    by: review?.channel === "expiry" ? null : (review?.decidedBy ?? null),
    channel: review?.channel ?? null,
    at: review?.decidedAt ?? workflow.updatedAt,
  };
}

const Pick = z.tuple([z.string(), z.int().min(1)]);

/** The inverse of `pickOf`; anything else was not one of our boxes. */
export function parsePick(value: string): [string, number][] {
  try {
    const [workflowId, revision] = Pick.parse(JSON.parse(value));
    return pickOf({ workflowId, revision }) === value ? [[workflowId, revision]] : [];
  } catch {
    return [];
  }
}
