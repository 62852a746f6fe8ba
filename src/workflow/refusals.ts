/** Why a verdict is not taken, or a quantity may not be ordered. */
import type { ConstraintViolation } from "../replenishment/types.ts";
import type { Refusal } from "./record.ts";
import type { Review, Verdict } from "./review.ts";
import type { Workflow } from "./types/workflow.ts";

/** The answer to a verdict when no question is open; null = it repeats the one that decided (I4). */
export function lateRefusal(workflow: Workflow, verdict: Verdict): Refusal | null {
  return workflow.review !== null && isRepetition(workflow.review, verdict) ? null : refusalOf(workflow);
}

/** Why a workflow that does not await an answer refuses one. */
export function refusalOf(workflow: Workflow): Refusal {
  switch (workflow.status) {
    case "expired":
      return { reason: "expired" };
    case "superseded":
      return { reason: "superseded" };
    case "completed":
    case "rejected":
      return { reason: workflow.review === null ? "not_awaiting_review" : "already_decided" };
    case "running":
    case "awaiting_human_review":
      return { reason: "not_awaiting_review" };
  }
}

/** Explains why a quantity may not be ordered; the words follow "it". */
export function describe(violation: ConstraintViolation): string {
  switch (violation.reason) {
    case "not_a_quantity":
      return "must be a number, 0 or more";
    case "below_minimum":
      return `must be at least the minimum order quantity of ${violation.minimum}`;
    case "off_pack":
      return `must be a multiple of the pack size of ${violation.packSize}`;
    case "above_maximum":
      return `would lift stock and open orders above the maximum stock of ${violation.maximum}`;
  }
}

function isRepetition(review: Review, verdict: Verdict): boolean {
  return (
    review.verdict !== null &&
    review.principal === verdict.actor.principal &&
    review.verdict.kind === verdict.kind &&
    review.verdict.quantity === verdict.quantity
  );
}
