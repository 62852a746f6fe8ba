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
import type { Approval, Review, Verdict } from "../review.ts";
import type { Decision } from "../types/decision.ts";
import type { Workflow } from "../types/workflow.ts";
import { presentSnapshot } from "./validate.ts";
import { isAway, principalOfPerson } from "../person.ts";
import { storeDay } from "../../world/opening.ts";
import type { AskedPerson, WorldSlice } from "../../world/types.ts";
import { revise } from "./revise.ts";
import { sameOrderTerms, worldMoved } from "./world-moved.ts";
import { boundsOf } from "../guards/settings-contradict.ts";

/** Answers that one person may give to a question that needs two: each is an entry of the audit, which only grows. */
const MOST_PARTIAL_APPROVALS = 10;

type Question = Workflow & { readonly review: Review; readonly decision: Decision };

export function decide(workflow: Workflow, verdict: Verdict, facts: Facts, now: number): Transition {
  if (!isOpen(workflow)) return unchanged(workflow, lateRefusal(workflow, verdict));
  if (isPastDeadline(workflow, now)) return { ...expire(workflow, facts, now), refusal: { reason: "expired" } };
  if (verdict.revision !== workflow.revision && !(verdict.revision === null && workflow.revision === 1)) {
    return unchanged(workflow, { reason: "revision_changed" });
  }
  const stranger = strangerRefusal(workflow, verdict.limits);
  if (stranger !== null) return unchanged(workflow, stranger);
  const asked = standingIn(verdict, facts.world, now);
  return answer(workflow, asked, facts, now);
}

function isOpen(workflow: Workflow): workflow is Question {
  return workflow.status === "awaiting_human_review" && workflow.review !== null && workflow.decision !== null;
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

function answer(workflow: Question, verdict: Verdict, facts: Facts, now: number): Transition {
  const { review, decision } = workflow;
  if (verdict.kind === "reject") return close(workflow, verdict, rejected(decision, verdict), now);

  const snapshot = presentSnapshot(workflow.snapshot, facts, now);
  const present = assess(snapshot, facts, now);
  const position = present.decision.evidence.inventoryPosition;
  const constraints = boundsOf(snapshot, review.reasons);
  const quantity = verdict.kind === "modify" ? withoutDust(verdict.quantity ?? 0, constraints) : decision.quantity;
  if (worldMoved(workflow, decision, { snapshot, facts, assessment: present }, now)) {
    return present.decision.action === "hold" && sameOrderTerms(workflow.snapshot, snapshot)
      ? close({ ...workflow, snapshot }, verdict, nothingNeeded(present.decision), now)
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
  const approval = { actor: verdict.actor, kind: verdict.kind, quantity, at: now };
  const approvals = [
    ...review.approvals.filter((given) => given.quantity === quantity && !isSamePerson(given, approval)),
    approval,
  ];
  const approved = { ...review, approvals, approvalsNeeded: needed };
  if (approvals.length < needed) return approveInPart(workflow, approval, approved, now);
  const decided =
    verdict.kind === "modify" && quantity !== decision.quantity
      ? modified(decision, quantity, present)
      : { ...decision, decidedBy: "human" as const };
  return close({ ...workflow, snapshot, review: approved }, verdict, decided, now);
}

/** One of several people whom the order needs. */
function approveInPart(workflow: Question, approval: Approval, approved: Review, now: number): Transition {
  const { actor, quantity } = approval;
  if (workflow.review.approvals.some((given) => given.quantity === quantity && isSamePerson(given, approval)))
    return unchanged(workflow);
  if (partialApprovals(workflow, actor.principal) >= MOST_PARTIAL_APPROVALS)
    return unchanged(workflow, {
      reason: "not_allowed",
      message: "You changed your answer too often. Reject the question, or leave it to somebody else.",
    });
  const detail = `${quantity}; ${approved.approvals.length} of ${approved.approvalsNeeded}`;
  const audit = audited(workflow, { at: now, event: "approved_in_part", ...entryBy(actor), detail });
  return changed(touch(workflow, { review: approved, audit }, now));
}

function isSamePerson(a: Approval, b: Approval): boolean {
  return a.actor.principal === b.actor.principal;
}

function close(workflow: Question, verdict: Verdict, decision: Decision, now: number): Transition {
  const reviewStatus = verdict.kind === "reject" ? "rejected" : verdict.kind === "modify" ? "modified" : "approved";
  const { actor } = verdict;
  const closed = touch(
    workflow,
    {
      review: {
        ...workflow.review,
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
  const status = verdict.kind === "reject" ? "rejected" : "completed";
  const completed = completeWith(closed, decision, status, now, entryBy(actor));
  return changed(completed, { order: orderOf(completed, decision, now), notices: [outcomeNotice(completed)] });
}

function partialApprovals({ audit }: Workflow, principal: string): number {
  return audit.filter(({ event, actor }) => event === "approved_in_part" && actor === principal).length;
}

/** A new revision of the question, made of present facts. */
function ask(workflow: Workflow, present: Assessment, facts: Facts, now: number): Transition {
  const { snapshot } = workflow;
  const asked = revise(workflow, { snapshot, decision: present.decision, assessment: present }, facts, now);
  return changed(asked, {
    refusal: { reason: "revision_changed" },
    notices: [{ workflowId: asked.id, revision: asked.revision, purpose: "ask" }],
  });
}

/** The order is no longer needed, so there is nothing left to ask or to order. */
function nothingNeeded(present: Decision): Decision {
  const rationale = "What was asked about is no longer needed, so nothing is ordered.";
  return { ...present, rationale, reasons: [rationale, ...present.reasons] };
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
