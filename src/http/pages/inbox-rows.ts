/** Rows of the inbox from stored workflows, and ticked boxes back to the questions they mean. */
import * as z from "zod";
import type { HistoryRow } from "../../ui/inbox/history-page.tsx";
import { pickOf, type OpenRow, type RowGroup } from "../../ui/inbox/question-table.tsx";
import type { ListedReview } from "../../workflow/asking/listed-review.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";

export function openRow(listed: ListedReview): OpenRow {
  const { workflowId, revision, storeId, productId, recommendation, unitCost, reason, expiresAt } = listed;
  const { action, quantity, confidence } = recommendation ?? { action: "hold", quantity: 0, confidence: 0 };
  return {
    workflowId,
    revision,
    storeId,
    productId,
    shownAs: listed.shownAs ?? {},
    action,
    quantity,
    confidence,
    value: unitCost === null ? null : unitCost * quantity,
    reason,
    expiresAt,
    onHand: listed.onHand ?? null,
    daysOfCover: listed.daysOfCover ?? null,
    soldOutOn: listed.soldOutOn ?? null,
    approvals: listed.approvals ?? null,
  };
}

export const SORTS = ["deadline", "sold_out", "worth", "confidence", "item"] as const;
export const GROUPS = ["none", "supplier", "store"] as const;
export type Sort = (typeof SORTS)[number];
export type Group = (typeof GROUPS)[number];

/** Rows in the order asked for, under the headings asked for. */
export function groupRows(rows: readonly OpenRow[], sort: Sort, group: Group): RowGroup[] {
  const sorted = sort === "deadline" ? rows : rows.toSorted((a, b) => compare(a, b, sort));
  if (group === "none") return [{ title: null, rows: sorted }];
  const groups = Map.groupBy(sorted, (row) =>
    group === "store" ? (row.shownAs.store ?? row.storeId) : (row.shownAs.supplier ?? "No supplier"),
  );
  return [...groups].map(([title, of]) => ({ title, rows: of }));
}

function compare(a: OpenRow, b: OpenRow, sort: Exclude<Sort, "deadline">): number {
  switch (sort) {
    case "sold_out":
      return (a.soldOutOn ?? Infinity) - (b.soldOutOn ?? Infinity) || 0;
    case "worth":
      return (b.value ?? -1) - (a.value ?? -1);
    case "confidence":
      return a.confidence - b.confidence;
    case "item":
      return (a.shownAs.name ?? a.productId).localeCompare(b.shownAs.name ?? b.productId);
  }
}

export function historyRow(workflow: Workflow): HistoryRow {
  const { review } = workflow;
  return {
    workflowId: workflow.id,
    storeId: workflow.storeId,
    productId: workflow.productId,
    shownAs: workflow.shownAs ?? {},
    outcome: review?.status ?? workflow.status,
    quantity: workflow.decision?.quantity ?? 0,
    by: review?.channel === "expiry" ? null : (review?.decidedBy ?? null),
    channel: review?.channel ?? null,
    at: review?.decidedAt ?? workflow.updatedAt,
  };
}

const Pick = z.tuple([z.string(), z.int().min(1)]);

/** The inverse of `pickOf`; empty for a value that none of our boxes has. */
export function parsePick(value: string): [string, number][] {
  try {
    const [workflowId, revision] = Pick.parse(JSON.parse(value));
    return pickOf({ workflowId, revision }) === value ? [[workflowId, revision]] : [];
  } catch {
    return [];
  }
}
