/**
 * Node 4, reason: applies an adviser's answer, or its absence, to the baseline decision. It yields a decision whatever
 * fails.
 */
import type { AdviceOutcome, AdviceRecord } from "../advice/advice.ts";
import { keepBasis } from "../advice/advice-basis.ts";
import type { Assessment } from "../assessment.ts";
import type { Facts } from "../facts.ts";
import { withNode } from "../record.ts";
import type { ReviewReason } from "../review.ts";
import { usualOrder } from "./route-review.ts";
import type { Decision } from "../types/decision.ts";
import type { Workflow } from "../types/workflow.ts";

/** Result of the reason node: nobody was asked, or an adviser answered or failed. */
export type Reasoned = AdviceOutcome | { readonly kind: "none" };

export interface ReasonedDecision {
  /** With the node's record, and what the adviser answered. */
  readonly workflow: Workflow;
  readonly decision: Decision;
  readonly adviceReasons: readonly ReviewReason[];
}

export function reason(workflow: Workflow, outcome: Reasoned, assessment: Assessment, facts: Facts): ReasonedDecision {
  const { decision, adviceReasons, note } = decisionAfter(outcome, assessment);
  const record = outcome.kind === "none" ? null : recordOf(outcome);
  const nodes = withNode(workflow.nodes, {
    node: "reason",
    status: record === null ? "skipped" : "done",
    durationMs: record?.latencyMs ?? 0,
    note,
  });
  const noted = { ...workflow, nodes };
  const reasoned = record === null ? noted : { ...noted, advice: withBasis(record, assessment, facts) };
  return { workflow: reasoned, decision, adviceReasons };
}

/** How often an adviser was called for this workflow: more than once only after a crash. */
export function timesAsked(workflow: Workflow): number {
  return workflow.audit.filter((entry) => entry.event === "adviser_called").length;
}

export function recordOf(outcome: AdviceOutcome): AdviceRecord {
  return outcome.kind === "advice" ? outcome.advice.record : outcome.record;
}

/** The record with what the answer was judged on, so that the decision can be replayed whatever is uploaded later. */
function withBasis(record: AdviceRecord, assessment: Assessment, facts: Facts): AdviceRecord {
  const basis = keepBasis(assessment, usualOrder(facts.recentOrders));
  return basis === null ? record : { ...record, basis };
}

function decisionAfter(
  outcome: Reasoned,
  { decision: baseline, plan }: Assessment,
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
        // A cut of the plan's confidence outside its paths (an overdue order) applies to the advice as well.
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
