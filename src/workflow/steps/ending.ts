/**
 * How a workflow ends: with a decision and perhaps an order, or superseded by a newer one.
 *
 * - An order is made by `orderOf` alone, and only together with a terminal state (I4).
 */
import { itemTime } from "../decision-time.ts";
import type { ItemOrder } from "../orders/item-order.ts";
import { audited, done, touch, withNode, type Notice } from "../record.ts";
import type { AuditEntry } from "../types/audit-entry.ts";
import type { Decision } from "../types/decision.ts";
import type { NodeRecord } from "../types/node-record.ts";
import type { Workflow } from "../types/workflow.ts";
import { DAY_MS } from "../../shared/durations.ts";

/** The terminal record of a decision; its order, if any, is made by `orderOf`. */
export function completeWith(
  workflow: Workflow,
  decision: Decision,
  status: "completed" | "rejected" | "expired",
  now: number,
  by: Pick<AuditEntry, "actor" | "label">,
): Workflow {
  const what = decision.action === "restock" ? `restock ${decision.quantity}` : "hold";
  const executed = { at: now, event: "executed", actor: by.actor, label: by.label, detail: what } as const;
  return {
    ...workflow,
    status,
    decision,
    nodes: withNode(workflow.nodes, done("act", 0, what)),
    audit: audited(workflow, executed),
  };
}

/**
 * The open order that a decision makes, dated in item time; null for a hold. A run decides now from a count of before:
 * dated by that count, its order would be older than it is, and missed in the next count's `on_order`.
 */
export function orderOf(workflow: Workflow, decision: Decision, now: number): ItemOrder | null {
  if (decision.action !== "restock" || decision.quantity <= 0) return null;
  const { snapshot, runId } = workflow;
  const placedAt = runId === undefined || snapshot.backfill === true ? itemTime(snapshot, now) : now;
  return {
    workflowId: workflow.id,
    quantity: decision.quantity,
    placedAt,
    expectedAt: expectedAt(workflow, placedAt),
    // An order replayed from a store's past has only item time.
    ...(snapshot.backfill === true ? {} : { madeAt: now }),
  };
}

/** The day from the supplier's calendar; without one, the lead time after placement. */
function expectedAt({ snapshot }: Workflow, placedAt: number): number {
  if (snapshot.calendar == null) return placedAt + Math.round(snapshot.leadTimeDays * DAY_MS);
  return snapshot.calendar.expectedAt;
}

/** The record of a workflow that a newer one overtook; an open review closes with it. */
export function supersede(workflow: Workflow, by: string, now: number): Workflow {
  const review =
    workflow.review === null
      ? null
      : { ...workflow.review, status: "superseded" as const, decidedAt: now, remindAt: null };
  return touch(
    workflow,
    {
      status: "superseded",
      supersededBy: by,
      review,
      nodes: withoutTheRest(workflow.nodes),
      audit: audited(workflow, { at: now, event: "superseded", actor: "stockwarden", detail: by }),
    },
    now,
  );
}

export function outcomeNotice(workflow: Workflow): Notice {
  return { workflowId: workflow.id, revision: workflow.revision, purpose: "outcome" };
}

/** The nodes of a workflow that goes no further. */
export function withoutTheRest(nodes: readonly NodeRecord[]): NodeRecord[] {
  return nodes.map((node) => (node.status === "done" ? node : { ...node, status: "skipped" }));
}
