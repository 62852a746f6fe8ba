/**
 * Nodes 5 and 6 for a fresh recommendation: meet the question that may be open, ask a person or act.
 *
 * S1. At most one question is open per item (I10): a fresh recommendation either replaces it or points to it.
 * S2. An order is made here or in `verdict.ts` and `expire.ts`, nowhere else, and only together with a terminal state (I4).
 */
import { itemTime, type Facts, DAY_MS } from "./facts.ts";
import type { Assessment } from "./assess.ts";
import { isMaterial } from "./material.ts";
import { audited, changed, done, touch, withNode, type Notice, type Transition } from "./record.ts";
import { openReview, reasonsToAsk } from "./route-review.ts";
import { follow, followUp, type TrackRecord } from "./track-record.ts";
import type { ReviewReason } from "./review.ts";
import type { Decision, ItemOrder, Workflow } from "./types.ts";

export interface Settlement {
  readonly workflow: Workflow;
  readonly decision: Decision;
  readonly assessment: Assessment;
  readonly adviceReasons: readonly ReviewReason[];
  readonly facts: Facts;
  readonly openQuestion: Workflow | null;
  /** The item's record up to the count before this one. */
  readonly track: TrackRecord | null;
  /** Milliseconds since the request reached the edge. */
  readonly latencyMs: number;
  /** Clock for the nodes' durations, in ms; the pure room has none of its own. */
  readonly elapsed: () => number;
}

export function settle(input: Settlement, now: number): Transition {
  const { decision, facts, openQuestion, assessment } = input;
  const startedReview = input.elapsed();
  const track = followUp(input.track, input.workflow.snapshot, facts.inputs.history, facts.receivedOrders);
  const recommended = { action: decision.action, quantity: decision.quantity, confidence: decision.confidence };
  const fresh: Workflow = touch(
    input.workflow,
    { decision, recommendation: recommended, basis: assessment.basis, latencyMs: input.latencyMs, track },
    now,
  );

  if (openQuestion !== null && !replaces(fresh, openQuestion, assessment)) {
    return pointToOpenQuestion(fresh, openQuestion, assessment, now);
  }
  const superseded = openQuestion === null ? null : supersede(openQuestion, fresh.id, now);
  const also = superseded === null ? [] : [superseded];

  const [reason, ...moreReasons] = reasonsToAsk({
    decision,
    snapshot: fresh.snapshot,
    recentOrders: facts.recentOrders,
    forecastAgeDays: assessment.forecastAgeDays,
    adviceReasons: input.adviceReasons,
    policy: facts.policy,
  });
  const reviewMs = input.elapsed() - startedReview;

  if (reason !== undefined) {
    const review = openReview(
      [reason, ...moreReasons],
      decision,
      fresh.snapshot,
      facts.policy,
      openQuestion?.review?.expiresAt ?? null,
      now,
    );
    const asking: Workflow = {
      ...fresh,
      status: "awaiting_human_review",
      review,
      nodes: withNode(fresh.nodes, {
        node: "review",
        status: "running",
        durationMs: reviewMs,
        note: `asked: ${reason}`,
      }),
      audit: audited(fresh, { at: now, event: "asked", actor: "stockwarden", detail: reason }),
    };
    return changed(asking, { also, notices: [{ workflowId: asking.id, revision: asking.revision, purpose: "ask" }] });
  }

  const nodes = withNode(fresh.nodes, done("review", reviewMs, "no person needed"));
  const alone = { ...fresh, nodes, track: follow(track, fresh.id, decision, fresh.snapshot) };
  const completed = completeWith(alone, decision, "completed", now, decision.decidedBy);
  const notices: Notice[] = [outcomeNotice(completed), ...also.map(outcomeNotice)];
  return changed(completed, { also, order: orderOf(completed, decision, now), notices });
}

/** The terminal record of a decision; the order, if any, is made beside it by `orderOf`. */
export function completeWith(
  workflow: Workflow,
  decision: Decision,
  status: "completed" | "rejected" | "expired",
  now: number,
  actor: string,
): Workflow {
  const what = decision.action === "restock" ? `restock ${decision.quantity}` : "hold";
  return {
    ...workflow,
    status,
    decision,
    nodes: withNode(workflow.nodes, done("act", 0, what)),
    audit: audited(workflow, { at: now, event: "executed", actor, detail: what }),
  };
}

/** The open order that a decision makes, dated in item time; null for a hold. */
export function orderOf(workflow: Workflow, decision: Decision, now: number): ItemOrder | null {
  if (decision.action !== "restock" || decision.quantity <= 0) return null;
  const placedAt = itemTime(workflow.snapshot, now);
  return {
    workflowId: workflow.id,
    quantity: decision.quantity,
    placedAt,
    expectedAt: placedAt + Math.round(workflow.snapshot.leadTimeDays * DAY_MS),
  };
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
      nodes: workflow.nodes.map((node) => (node.status === "done" ? node : { ...node, status: "skipped" })),
      audit: audited(workflow, { at: now, event: "superseded", actor: "stockwarden", detail: by }),
    },
    now,
  );
}

export function outcomeNotice(workflow: Workflow): Notice {
  return { workflowId: workflow.id, revision: workflow.revision, purpose: "outcome" };
}

function replaces(fresh: Workflow, open: Workflow, assessment: Assessment): boolean {
  const asked = open.recommendation;
  if (asked === null || fresh.recommendation === null) return true;
  return isMaterial(
    asked,
    fresh.recommendation,
    fresh.snapshot.constraints,
    assessment.decision.evidence.inventoryPosition,
  );
}

/** The open question stands with newer facts, and the trigger that only repeated it points there (I10). */
function pointToOpenQuestion(fresh: Workflow, open: Workflow, assessment: Assessment, now: number): Transition {
  const standing = touch(
    open,
    {
      snapshot: fresh.snapshot,
      basis: fresh.basis,
      decision: open.decision === null ? null : { ...open.decision, evidence: assessment.decision.evidence },
    },
    now,
  );
  const pointing: Workflow = {
    ...fresh,
    status: "superseded",
    supersededBy: open.id,
    nodes: fresh.nodes.map((node) => (node.status === "done" ? node : { ...node, status: "skipped" })),
    audit: audited(fresh, { at: now, event: "superseded", actor: "stockwarden", detail: open.id }),
  };
  return changed(pointing, {
    also: [standing],
    notices: [{ workflowId: standing.id, revision: standing.revision, purpose: "facts_updated" }],
  });
}
