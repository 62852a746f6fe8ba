/**
 * A No stands: what a person refused, cut down, or left unanswered is not asked about again until its cut-off, or for a day. When
 * something changed materially it is asked again; it is never ordered unasked.
 */
import type { StandingNo } from "./no.ts";
import type { OrderRow } from "./orders/order-row.ts";
import { isPurchased, type PurchasedRow } from "./orders/purchased-orders.ts";
import type { Decision, Recommendation, Workflow } from "./types.ts";

const DAY_MS = 86_400_000;
/** As for a question: a smaller move does not change what a buyer would answer. */
const MATERIAL_SHARE = 0.2;

/** The No that a decided workflow is; null when it is none. */
export function noOf(workflow: Workflow): StandingNo | null {
  const { review, recommendation, decision, snapshot } = workflow;
  if (review === null || recommendation === null || decision === null || recommendation.action !== "restock")
    return null;
  const kind = kindOf(review.status);
  const granted = decision.action === "restock" ? decision.quantity : 0;
  if (kind === null || review.decidedAt === null || granted >= recommendation.quantity) return null;
  const orderBy = snapshot.calendar?.orderBy ?? Infinity;
  const aDay = review.decidedAt + DAY_MS;
  return {
    workflowId: workflow.id,
    kind,
    by: review.decidedBy ?? "somebody",
    at: review.decidedAt,
    until: Number.isFinite(orderBy) && (kind !== "expired" || orderBy < aDay) ? orderBy : aDay,
    refused: { action: "restock", quantity: recommendation.quantity - granted },
  };
}

/** A line that a person took off its purchase order: set to 0, or cancelled with the whole order. */
export interface RemovedRow extends PurchasedRow {
  readonly closedAt: number;
}

export function isRemoved(row: OrderRow): row is RemovedRow {
  return isPurchased(row) && row.closedBy === "cancelled" && row.closedAt !== null && row.order.purchase.setBy !== null;
}

/** The No that removing a line is; null where no decision was behind it. */
export function noOfRemoved({ order: { purchase }, closedAt }: RemovedRow, workflow: Workflow): StandingNo | null {
  if (workflow.decision?.action !== "restock") return null;
  return {
    workflowId: workflow.id,
    kind: "removed",
    by: purchase.setBy?.label ?? "somebody",
    at: closedAt,
    until: purchase.orderBy,
    refused: { action: "restock", quantity: workflow.decision.quantity },
  };
}

function kindOf(status: string): StandingNo["kind"] | null {
  return status === "rejected" || status === "modified" || status === "expired" ? status : null;
}

export function standsAt(no: StandingNo | null | undefined, now: number): no is StandingNo {
  return no != null && now < no.until;
}

/** True when a fresh recommendation is another question than the one that was refused (I10's measure). */
export function changedSince(no: StandingNo, fresh: Pick<Recommendation, "quantity">, packSize: number): boolean {
  const move = Math.abs(fresh.quantity - no.refused.quantity);
  return move > packSize && move > MATERIAL_SHARE * no.refused.quantity;
}

/** The hold that a standing No makes of a recommendation. */
export function heldBy(no: StandingNo, decision: Decision, at: string): Decision {
  const said = {
    rejected: `${no.by} said no to this order on ${at}, and nothing has changed since that matters.`,
    modified: `${no.by} made this order smaller on ${at}, and nothing has changed since that matters.`,
    removed: `${no.by} took this off its purchase order on ${at}, and nothing has changed since that matters.`,
    expired: `Nobody answered the question about this order by ${at}, and nothing has changed since that matters.`,
  }[no.kind];
  return {
    ...decision,
    action: "hold",
    quantity: 0,
    decidedBy: no.kind === "expired" ? "expiry" : "human",
    rationale: said,
    reasons: [said, ...decision.reasons],
  };
}
