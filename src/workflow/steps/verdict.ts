/**
 * A person answers. One verdict wins (I4) and applies only to the revision that was seen (I5). The world is read again
 * before anything is ordered (I6): an answer that no longer fits becomes a new question, not an order.
 */
import { checkQuantity, withoutDust } from "../../replenishment/order/constraints.ts";
import { assessQuantity } from "../../replenishment/plan.ts";
import { assess } from "./assess.ts";
import type { Assessment } from "../assessment.ts";
import { expire, isPastDeadline } from "./expire.ts";
import type { Facts } from "../facts.ts";
import { audited, changed, done, entryBy, touch, unchanged, withNode, type Transition } from "../record.ts";
import { orderRefusal, strangerRefusal } from "../asking/reviewer-limits.ts";
import { approvalsNeeded } from "./route-review.ts";
import { completeWith, orderOf, outcomeNotice } from "./ending.ts";
import { describe, lateRefusal } from "../refusals.ts";
import type { Review, Verdict } from "../review.ts";
import type { Decision, Snapshot, Workflow } from "../types.ts";
import { presentSnapshot } from "./validate.ts";
import { isAway, principalOfPerson } from "../person.ts";
import { storeDay } from "../../world/opening.ts";
import type { AskedPerson, WorldSlice } from "../../world/types.ts";
import { revise } from "./revise.ts";
import { sameTerms, worldMoved } from "./world-moved.ts";
import { guardReasons } from "../guards/guards.ts";
import { boundsOf } from "../guards/settings-contradict.ts";

/** Answers that one person may give to a question that needs two: each is an entry of the audit, which only grows. */
const MOST_PARTIAL_APPROVALS = 10;

export function decide(workflow: Workflow, verdict: Verdict, facts: Facts, now: number): Transition {
  const { review, decision } = workflow;
  if (workflow.status !== "awaiting_human_review" || review === null || decision === null) {
    return unchanged(workflow, lateRefusal(workflow, verdict));
  }
  if (isPastDeadline(workflow, now)) return { ...expire(workflow, facts, now), refusal: { reason: "expired" } };
  if (verdict.revision !== workflow.revision && !(verdict.revision === null && workflow.revision === 1)) {
    return unchanged(workflow, { reason: "revision_changed" });
  }
  const stranger = strangerRefusal(workflow, verdict.limits);
  if (stranger !== null) return unchanged(workflow, stranger);
  const asked = standingIn(verdict, facts.world, now);
  return answer(workflow, review, decision, asked, facts, now);
}

/** A delegate who answers for an absent person is shown with that person's name. */
function standingIn(verdict: Verdict, { store, people = [] }: WorldSlice, now: number): Verdict {
  const { actor } = verdict;
  const today = storeDay(now, store);
  const own = people.find(({ personId }) => principalOfPerson(personId) === actor.principal);
  const isNamed = ({ personId, email }: AskedPerson): boolean =>
    store?.reviewers == null || store.reviewers.some((name) => name === personId || name.toLowerCase() === email);
  // A reviewer of the store answers for themselves.
  if (own === undefined || (store?.reviewers != null && isNamed(own))) return verdict;
  const absent = people.find((one) => isAway(one, today) && one.away?.delegate === own.personId && isNamed(one));
  return absent === undefined
    ? verdict
    : { ...verdict, actor: { ...actor, label: `${actor.label} for ${absent.name}` } };
}

function answer(
  workflow: Workflow,
  review: Review,
  decision: Decision,
  verdict: Verdict,
  facts: Facts,
  now: number,
): Transition {
  if (verdict.kind === "reject") return close(workflow, review, verdict, rejected(decision, verdict), "rejected", now);

  const snapshot = presentSnapshot(workflow.snapshot, facts, now);
  const present = assess(snapshot, facts, now);
  const position = present.decision.evidence.inventoryPosition;
  const constraints = boundsOf(snapshot, review.reasons);
  const quantity = verdict.kind === "modify" ? withoutDust(verdict.quantity ?? 0, constraints) : decision.quantity;
  if (worldMoved(workflow, snapshot, decision, facts, present, now)) {
    return present.decision.action === "hold" && sameTerms(workflow.snapshot, snapshot)
      ? nothingNeeded(workflow, snapshot, review, verdict, present.decision, now)
      : ask({ ...workflow, snapshot }, present, facts, now);
  }
  const violation = checkQuantity(quantity, constraints, position);
  if (verdict.kind === "modify") {
    if (quantity <= 0) {
      return unchanged(workflow, {
        reason: "quantity_not_allowed",
        message: "must be above 0; to order nothing, reject",
      });
    }
    if (violation !== null)
      return unchanged(workflow, { reason: "quantity_not_allowed", message: describe(violation) });
  }

  const asWritten = approvalsNeeded(snapshot, quantity, facts.policy);
  const needed = quantity < decision.quantity ? asWritten : Math.max(asWritten, review.approvalsNeeded);
  const refusal = orderRefusal(workflow, verdict, { snapshot, quantity, needed }, facts.policy);
  if (refusal !== null) return unchanged(workflow, refusal);
  const { principal } = verdict.actor;
  const approvals = [
    ...review.approvals.filter((given) => given.actor.principal !== principal && given.quantity === quantity),
    { actor: verdict.actor, kind: verdict.kind, quantity, at: now },
  ];
  if (approvals.length < needed) {
    if (review.approvals.some((given) => given.actor.principal === principal && given.quantity === quantity))
      return unchanged(workflow);
    if (partialApprovals(workflow, principal) >= MOST_PARTIAL_APPROVALS)
      return unchanged(workflow, {
        reason: "not_allowed",
        message: "You changed your answer too often. Reject the question, or leave it to somebody else.",
      });
    return changed(
      touch(
        workflow,
        {
          review: { ...review, approvals, approvalsNeeded: needed },
          audit: audited(workflow, {
            at: now,
            event: "approved_in_part",
            ...entryBy(verdict.actor),
            detail: `${quantity}; ${approvals.length} of ${needed}`,
          }),
        },
        now,
      ),
    );
  }
  const decided =
    verdict.kind === "modify" && quantity !== decision.quantity
      ? modified(decision, quantity, present)
      : { ...decision, decidedBy: "human" as const };
  const closing = { ...workflow, snapshot };
  return close(closing, { ...review, approvals, approvalsNeeded: needed }, verdict, decided, "completed", now);
}

function close(
  workflow: Workflow,
  review: Review,
  verdict: Verdict,
  decision: Decision,
  status: "completed" | "rejected",
  now: number,
): Transition {
  const reviewStatus = verdict.kind === "reject" ? "rejected" : verdict.kind === "modify" ? "modified" : "approved";
  const { actor } = verdict;
  const closed = touch(
    workflow,
    {
      review: {
        ...review,
        status: reviewStatus,
        decidedAt: now,
        decidedBy: actor.label,
        principal: actor.principal,
        ...(actor.address === undefined ? {} : { address: actor.address }),
        channel: actor.channel,
        comment: verdict.comment,
        verdict: { kind: verdict.kind, quantity: verdict.quantity },
        remindAt: null,
      },
      nodes: withNode(workflow.nodes, done("review", 0, `${reviewStatus} by ${actor.label}`)),
      audit: audited(workflow, {
        at: now,
        event: "verdict",
        ...entryBy(actor),
        detail: verdict.kind === "modify" ? `modify to ${verdict.quantity}` : verdict.kind,
      }),
    },
    now,
  );
  const completed = completeWith(closed, decision, status, now, entryBy(actor));
  return changed(completed, { order: orderOf(completed, decision, now), notices: [outcomeNotice(completed)] });
}

function partialApprovals({ audit }: Workflow, principal: string): number {
  return audit.filter(({ event, actor }) => event === "approved_in_part" && actor === principal).length;
}

/** A new revision of the question, made of present facts. */
function ask(workflow: Workflow, present: Assessment, facts: Facts, now: number): Transition {
  const { decision } = present;
  const guards = guardReasons({ decision, snapshot: workflow.snapshot, assessment: present, facts, now });
  const asked = revise(workflow, present, decision, ["world_moved", ...guards], facts, now);
  return changed(asked, {
    refusal: { reason: "revision_changed" },
    notices: [{ workflowId: asked.id, revision: asked.revision, purpose: "ask" }],
  });
}

/** The order is no longer needed, so there is nothing left to ask or to order. */
function nothingNeeded(
  workflow: Workflow,
  snapshot: Snapshot,
  review: Review,
  verdict: Verdict,
  present: Decision,
  now: number,
): Transition {
  const rationale = "What was asked about is no longer needed, so nothing is ordered.";
  const decision = { ...present, rationale, reasons: [rationale, ...present.reasons] };
  return close({ ...workflow, snapshot }, review, verdict, decision, "completed", now);
}

function rejected(asked: Decision, verdict: Verdict): Decision {
  return {
    ...asked,
    action: "hold",
    quantity: 0,
    decidedBy: "human",
    rationale: `${verdict.actor.label} rejected the recommendation, so nothing is ordered.`,
  };
}

function modified(asked: Decision, quantity: number, present: Assessment): Decision {
  const judged = present.input === null ? null : assessQuantity(present.input, quantity);
  return {
    ...asked,
    action: "restock",
    quantity,
    confidence: judged?.confidence ?? asked.confidence,
    inStockProbability: judged?.inStockProbability ?? asked.inStockProbability,
    decidedBy: "human",
  };
}
