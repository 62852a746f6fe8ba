/**
 * A No holds for a while: what a person refused, cut down, or left unanswered is not asked about again until its
 * cut-off, or for a day. When something changed materially it is asked again; it is never ordered unasked.
 */
import type { StandingNo } from "./no.ts";
import type { OrderRow } from "./orders/order-row.ts";
import { isPurchased, rowsOf, type PurchasedRow } from "./orders/purchased-row.ts";
import type { Decision, Recommendation } from "./types/decision.ts";
import type { Workflow } from "./types/workflow.ts";
import { DAY_MS } from "../shared/durations.ts";
import { movesMaterially } from "./material.ts";

/** The No in a decided workflow; null when there is none. */
export function noOf(workflow: Workflow): StandingNo | null {
  const { review, recommendation, decision, snapshot } = workflow;
  if (review === null || recommendation === null || decision === null || recommendation.action !== "restock")
    return null;
  if (review.takenBack !== undefined) return null;
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

/**
 * The No of a person who took the item's line off a purchase order, or cancelled that order. None where a person has
 * put units of the item on that order since.
 *
 * @param wantedBy what the service wanted by the decision behind an order; null = no decision, or no longer known.
 */
export function noOfOrders(
  rows: readonly OrderRow[],
  wantedBy: (workflowId: string) => number | null,
): StandingNo | null {
  const refused = rows.filter(isPurchased).filter(isRefused);
  if (refused.length === 0) return null;
  const last = refused.toSorted((a, b) => b.order.purchase.version - a.order.purchase.version)[0]!;
  const { poId, version, orderBy, setBy } = last.order.purchase;
  const there = rowsOf(rows, poId);
  if (there.some(isPersonsWish)) return null;
  const together = there.filter((row) => isRefused(row) && row.order.purchase.version === version);
  // The newest row may have been edited before its removal; the refusal is of what the service wanted.
  const quantity = together.reduce((sum, { order }, at) => {
    const wanted = at === together.length - 1 ? wantedBy(order.workflowId) : null;
    return sum + (wanted ?? order.purchase.refused!);
  }, 0);
  if (quantity <= 0) return null;
  return {
    workflowId: together.at(-1)!.order.workflowId,
    kind: "removed",
    by: setBy?.label ?? "somebody",
    at: last.closedAt ?? version,
    until: orderBy,
    refused: { action: "restock", quantity },
  };
}

/** Units that a person had added were not wanted by the service, so their removal refuses nothing. */
function isRefused({ order: { workflowId, purchase } }: PurchasedRow): boolean {
  return purchase.refused !== undefined && workflowId !== purchase.poId;
}

function isPersonsWish({ closedBy, order: { purchase } }: PurchasedRow): boolean {
  return closedBy === "received" || (closedBy === null && purchase.firmQuantity > 0);
}

/** The newer of two, either of which may be null. */
export function newerNo(one: StandingNo | null, other: StandingNo | null): StandingNo | null {
  if (one === null || other === null) return one ?? other;
  return other.at > one.at ? other : one;
}

function kindOf(status: string): StandingNo["kind"] | null {
  return status === "rejected" || status === "modified" || status === "expired" ? status : null;
}

export function standsAt(no: StandingNo | null | undefined, now: number): no is StandingNo {
  return no != null && now < no.until;
}

/** True when a fresh recommendation differs materially from the refused one (measured as in I10). */
export function changedSince(no: StandingNo, fresh: Pick<Recommendation, "quantity">, packSize: number): boolean {
  return movesMaterially(no.refused.quantity, fresh.quantity, packSize);
}

/** The hold that replaces a recommendation while a No is in force. */
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
