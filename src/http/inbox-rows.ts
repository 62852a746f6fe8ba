/** Rows of the inbox from stored workflows, and ticked boxes back to what they stand for. */
import { z } from "zod";
import type { HistoryRow } from "../pages/history-page.tsx";
import { pickOf, type OpenRow } from "../pages/inbox-page.tsx";
import type { Workflow } from "../workflow/types.ts";

export function openRow(workflow: Workflow): OpenRow {
  const { recommendation, review, snapshot } = workflow;
  return {
    workflowId: workflow.id,
    revision: workflow.revision,
    storeId: workflow.storeId,
    productId: workflow.productId,
    action: recommendation?.action ?? "hold",
    quantity: recommendation?.quantity ?? 0,
    confidence: recommendation?.confidence ?? 0,
    value: snapshot.unitCost === null ? null : snapshot.unitCost * (recommendation?.quantity ?? 0),
    reason: review?.reason ?? "low_confidence",
    expiresAt: review?.expiresAt ?? 0,
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
