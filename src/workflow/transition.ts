/**
 * The workflow as a pure state machine: what an event does to a workflow, without doing any of it.
 *
 *   running ──facts──▶ completed                      (sure enough, or the plain rule's hold)
 *      │    ──facts──▶ awaiting_human_review ──verdict──▶ completed | rejected
 *      │    ──facts──▶ superseded                     (it only repeats the open question)
 *      │                       └──deadline──▶ expired
 *      └───overtaken──▶ superseded                    (as may a workflow that awaits review)
 *
 * Terminal states are left by no event. `now` is epoch ms; durations come from the clock that the caller passes.
 */
import { keepBasis } from "./advice-basis.ts";
import { assess, type Assessment } from "./assess.ts";
import { expire, type ExpiryFacts } from "./expire.ts";
import type { Facts } from "./facts.ts";
import { audited, changed, done, touch, unchanged, withNode, type Transition } from "./record.ts";
import { outcomeNotice, settle, supersede } from "./settle.ts";
import { usualOrder } from "./route-review.ts";
import type { TrackRecord } from "./track-record.ts";
import type { AdviceOutcome, AdviceRecord } from "./advice.ts";
import type { Actor, ReviewReason, Verdict } from "./review.ts";
import { TERMINAL, type Decision, type Workflow } from "./types.ts";
import { decide, escalate, extend, remind } from "./verdict.ts";

/** What came of the reason node: nobody was asked, or an adviser answered or failed. */
export type Reasoned = AdviceOutcome | { readonly kind: "none" };

export type WorkflowEvent =
  | {
      readonly type: "reasoned";
      readonly facts: Facts;
      readonly assessment: Assessment;
      readonly outcome: Reasoned;
      readonly openQuestion: Workflow | null;
      readonly track: TrackRecord | null;
      readonly latencyMs: number;
      readonly elapsed: () => number;
    }
  | { readonly type: "verdict"; readonly verdict: Verdict; readonly facts: Facts }
  | { readonly type: "deadline"; readonly facts: ExpiryFacts }
  | { readonly type: "reminder_due" }
  | { readonly type: "escalation_due" }
  | { readonly type: "extended"; readonly byMs: number; readonly actor: Actor; readonly facts: Facts }
  | { readonly type: "overtaken"; readonly by: string };

export function transition(workflow: Workflow, event: WorkflowEvent, now: number): Transition {
  switch (event.type) {
    case "reasoned": {
      if (workflow.status !== "running") return unchanged(workflow);
      const { decision, adviceReasons, note } = reasoned(event.assessment, event.outcome);
      const nodes = withNode(workflow.nodes, {
        node: "reason",
        status: event.outcome.kind === "none" ? "skipped" : "done",
        durationMs: event.outcome.kind === "none" ? 0 : recordOf(event.outcome).latencyMs,
        note,
      });
      const advice =
        event.outcome.kind === "none"
          ? {}
          : { advice: withBasis(recordOf(event.outcome), event.assessment, event.facts) };
      return settle({ ...event, workflow: { ...workflow, nodes, ...advice }, decision, adviceReasons }, now);
    }
    case "verdict":
      return decide(workflow, event.verdict, event.facts, now);
    case "deadline":
      return expire(workflow, event.facts, now);
    case "reminder_due":
      return remind(workflow, now);
    case "escalation_due":
      return escalate(workflow, now);
    case "extended":
      return extend(workflow, event.byMs, event.actor, event.facts, now);
    case "overtaken": {
      if (TERMINAL.has(workflow.status)) return unchanged(workflow);
      const superseded = supersede(workflow, event.by, now);
      return changed(superseded, { notices: workflow.review === null ? [] : [outcomeNotice(superseded)] });
    }
  }
}

/** Nodes 2 and 3 with their timings; the assessment is not stored, it is made again from the facts when needed. */
export function assessed(
  workflow: Workflow,
  facts: Facts,
  loadMs: number,
  elapsed: () => number,
  now: number,
): { workflow: Workflow; assessment: Assessment } {
  const started = elapsed();
  const assessment = assess(workflow.snapshot, facts, now);
  const nodes = withNode(
    withNode(workflow.nodes, done("forecast", loadMs, assessment.forecastNote)),
    done("assess", elapsed() - started, `baseline: ${assessment.decision.action} ${assessment.decision.quantity}`),
  );
  return { workflow: { ...workflow, nodes }, assessment };
}

/** The record that is journaled before an adviser is called: from here on a crash must not lose the trigger. */
export function reasoning(workflow: Workflow, model: string, now: number): Workflow {
  return touch(
    workflow,
    {
      nodes: withNode(workflow.nodes, { node: "reason", status: "running", durationMs: 0 }),
      audit: audited(workflow, { at: now, event: "adviser_called", actor: "stockwarden", detail: model }),
    },
    now,
  );
}

/** How often an adviser was called for this workflow: more than once only after a crash. */
export function timesAsked(workflow: Workflow): number {
  return workflow.audit.filter((entry) => entry.event === "adviser_called").length;
}

/** The record that holds an adviser's answer, so that a crash from here on does not pay for it twice. */
export function answered(workflow: Workflow, record: AdviceRecord, now: number): Workflow {
  const detail = `${record.outcome}, ${record.attempts} attempts`;
  return touch(
    workflow,
    { advice: record, audit: audited(workflow, { at: now, event: "adviser_answered", actor: record.model, detail }) },
    now,
  );
}

export function recordOf(outcome: AdviceOutcome): AdviceRecord {
  return outcome.kind === "advice" ? outcome.advice.record : outcome.record;
}

/** The record with what the answer was judged on, so that the decision can be replayed whatever is uploaded later. */
function withBasis(record: AdviceRecord, assessment: Assessment, facts: Facts): AdviceRecord {
  const basis = keepBasis(assessment, usualOrder(facts.recentOrders));
  return basis === null ? record : { ...record, basis };
}

function reasoned(
  { decision: baseline, plan }: Pick<Assessment, "decision" | "plan">,
  outcome: Reasoned,
): { decision: Decision; adviceReasons: readonly ReviewReason[]; note: string } {
  switch (outcome.kind) {
    case "none":
      return { decision: baseline, adviceReasons: [], note: "the baseline stands" };
    case "failed": {
      const { record } = outcome;
      const decision: Decision = {
        ...baseline,
        decidedBy: "fallback",
        fallback: true,
        reasons: [...baseline.reasons, "The adviser gave no usable answer, so the statistical plan stands."],
        model: record.model,
        tokens: record.tokensIn + record.tokensOut,
        costUsd: record.costUsd,
      };
      return { decision, adviceReasons: [], note: `adviser failed: ${outcome.failure}` };
    }
    case "advice": {
      const { advice } = outcome;
      const moved = advice.quantity !== baseline.quantity;
      const action = advice.quantity > 0 ? "restock" : "hold";
      const decision: Decision = {
        ...baseline,
        action,
        quantity: advice.quantity,
        // What cuts the plan's confidence beside its own paths (an overdue order) cuts the advice's as well.
        confidence:
          plan !== null && plan.confidence > 0
            ? advice.confidence * (baseline.confidence / plan.confidence)
            : advice.confidence,
        inStockProbability: advice.inStockProbability,
        decidedBy: "llm",
        rationale: moved
          ? `A language model moved the plan's ${baseline.quantity} to ${advice.quantity}.`
          : baseline.rationale,
        model: advice.record.model,
        tokens: advice.record.tokensIn + advice.record.tokensOut,
        costUsd: advice.record.costUsd,
        reasons: moved
          ? baseline.reasons.map((reason, index) => (index === 0 ? `By the plan alone: ${reason}` : reason))
          : baseline.reasons,
        modelWords: advice.words,
      };
      return {
        decision,
        adviceReasons: advice.reviewReasons,
        note: moved ? `moved to ${advice.quantity}` : "agrees with the baseline",
      };
    }
  }
}
