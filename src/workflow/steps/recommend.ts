/**
 * Nodes 5 and 6 for a fresh recommendation: it is compared with any open question, then asks a person or acts.
 *
 * - At most one question is open per item (I10): a fresh recommendation either replaces it or points to it.
 */
import type { Assessment } from "../assessment.ts";
import { completeWith, orderOf, outcomeNotice, supersede, withoutTheRest } from "./ending.ts";
import type { Facts } from "../facts.ts";
import { follow, followUp } from "../confidence/follow-up.ts";
import { outagesWith } from "../item-facts.ts";
import { judgedAlike } from "../guards/stricter-terms.ts";
import { revise } from "./revise.ts";
import { guardReasons } from "../guards/guards.ts";
import { changedSince, heldBy, standsAt } from "../standing-no.ts";
import type { StandingNo } from "../no.ts";
import { isMaterial } from "../material.ts";
import { audited, changed, done, touch, withNode, type Notice, type Transition } from "../record.ts";
import { openReview, reasonsToAsk } from "./route-review.ts";
import type { ReviewReason } from "../review.ts";
import type { TrackRecord } from "../confidence/track-record.ts";
import type { Decision } from "../types/decision.ts";
import type { Workflow } from "../types/workflow.ts";
import { storeDay } from "../../world/opening.ts";
import { clockText, isoDay } from "../../shared/calendar-dates.ts";
import { DAY_MS, MINUTE_MS } from "../../shared/durations.ts";

export interface Recommended {
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

export function recommend(input: Recommended, now: number): Transition {
  const { decision, facts, openQuestion, assessment } = input;
  const startedReview = input.elapsed();
  const { snapshot } = input.workflow;
  const today = storeDay(snapshot.occurredAt, facts.world.store);
  const track = followUp(input.track, snapshot, facts, today);
  const recommended = { action: decision.action, quantity: decision.quantity, confidence: decision.confidence };
  // As `touch`, but with one spread: each property after a second one costs a call into the runtime.
  const fresh: Workflow = {
    ...input.workflow,
    decision,
    recommendation: recommended,
    factsFingerprint: assessment.factsFingerprint,
    latencyMs: input.latencyMs,
    track,
    outages: outagesWith(snapshot, facts),
    carriedNo: standsAt(facts.standingNo, now) ? facts.standingNo : undefined,
    version: input.workflow.version + 1,
    updatedAt: now,
  };

  if (openQuestion !== null && !replaces(fresh, openQuestion, assessment)) {
    // Where cost or constraints changed, people would approve something they did not see: it is asked anew.
    return judgedAlike(openQuestion.snapshot, fresh.snapshot)
      ? pointTo(repeated(openQuestion, fresh, assessment, now), "facts_updated", fresh, now)
      : pointTo(revise(openQuestion, { snapshot, decision, assessment }, facts, now), "ask", fresh, now);
  }
  const no = facts.standingNo;
  const others = openQuestion === null ? [] : [supersede(openQuestion, fresh.id, now)];
  const isOrder = decision.action === "restock";
  const isTakenBack = isOrder && openQuestion === null && fresh.takesBack !== undefined;
  // Also where a question is open: the one that a change since the No raised.
  const isRefused = isOrder && !isTakenBack && standsAt(no, now);
  if (isRefused && !changedSince(no, decision, fresh.snapshot.constraints.packSize))
    return leaveAtNo(fresh, no, others, now);

  const [reason, ...moreReasons] = reasonsToAsk({
    decision,
    snapshot: fresh.snapshot,
    recentOrders: facts.recentOrders,
    forecastAgeDays: assessment.forecastAgeDays,
    adviceReasons: [
      ...(isTakenBack ? ["taken_back" as const] : isRefused ? ["changed_since_no" as const] : []),
      ...input.adviceReasons,
    ],
    guardReasons: guardReasons({ decision, snapshot: fresh.snapshot, assessment, facts, now }),
    policy: facts.policy,
  });
  const reviewMs = input.elapsed() - startedReview;
  if (reason !== undefined) return ask(fresh, [reason, ...moreReasons], { input, others, reviewMs }, now);

  const nodes = withNode(fresh.nodes, done("review", reviewMs, "no person needed"));
  const alone = { ...fresh, nodes, track: follow(track, fresh, decision, today) };
  const completed = completeWith(alone, decision, "completed", now, { actor: decision.decidedBy });
  const notices: Notice[] = [outcomeNotice(completed), ...others.map(outcomeNotice)];
  return changed(completed, { others, order: orderOf(completed, decision, now), notices });
}

interface Asking {
  readonly input: Recommended;
  /** The open question that this one replaces, if any. */
  readonly others: readonly Workflow[];
  readonly reviewMs: number;
}

/** A person is asked; a question that this one replaces hands its deadline on (I10). */
function ask(
  fresh: Workflow,
  reasons: readonly [ReviewReason, ...ReviewReason[]],
  { input: { decision, facts, openQuestion }, others, reviewMs }: Asking,
  now: number,
): Transition {
  const [reason] = reasons;
  const askedFor = { reasons, decision, snapshot: fresh.snapshot };
  const asking: Workflow = {
    ...fresh,
    status: "awaiting_human_review",
    review: openReview(askedFor, facts, openQuestion?.review?.expiresAt ?? null, now),
    nodes: withNode(fresh.nodes, { node: "review", status: "running", durationMs: reviewMs, note: `asked: ${reason}` }),
    audit: audited(fresh, { at: now, event: "asked", actor: "stockwarden", detail: reason }),
  };
  return changed(asking, { others, notices: [{ workflowId: asking.id, revision: asking.revision, purpose: "ask" }] });
}

/** Somebody has already refused this: the trigger is answered by their No. Nobody is asked; webhooks hear of it. */
function leaveAtNo(fresh: Workflow, no: StandingNo, others: readonly Workflow[], now: number): Transition {
  const day = Math.floor(no.at / DAY_MS);
  const time = clockText(Math.floor((no.at - day * DAY_MS) / MINUTE_MS));
  const decision = heldBy(no, fresh.decision!, `${isoDay(day)}, ${time} UTC`);
  const held = { ...fresh, stands: no.workflowId, nodes: withNode(fresh.nodes, done("review", 0, "a No stands")) };
  const completed = completeWith(held, decision, "completed", now, { actor: decision.decidedBy });
  return changed(completed, { others, notices: [outcomeNotice(completed), ...others.map(outcomeNotice)] });
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

/** The open question as it was, with newer facts. */
function repeated(open: Workflow, fresh: Workflow, { decision }: Assessment, now: number): Workflow {
  return touch(
    open,
    {
      snapshot: fresh.snapshot,
      factsFingerprint: fresh.factsFingerprint,
      decision: open.decision === null ? null : { ...open.decision, evidence: decision.evidence },
    },
    now,
  );
}

/** The trigger that only repeated the open question points there (I10). */
function pointTo(question: Workflow, purpose: "ask" | "facts_updated", fresh: Workflow, now: number): Transition {
  const open = withSender(question, fresh);
  const pointing: Workflow = {
    ...fresh,
    status: "superseded",
    supersededBy: open.id,
    nodes: withoutTheRest(fresh.nodes),
    audit: audited(fresh, { at: now, event: "superseded", actor: "stockwarden", detail: open.id }),
  };
  return changed(pointing, {
    others: [open],
    notices: [{ workflowId: open.id, revision: open.revision, purpose }],
  });
}

/** Whoever sent a count that people are asked about approves no order of it (four eyes). */
function withSender(open: Workflow, { sentBy }: Workflow): Workflow {
  const others = open.alsoSentBy ?? [];
  if (sentBy === undefined || sentBy === open.sentBy || others.includes(sentBy)) return open;
  return { ...open, alsoSentBy: [...others, sentBy] };
}
