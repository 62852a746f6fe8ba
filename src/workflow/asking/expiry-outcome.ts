/** The outcome of an unanswered question: the one set for its reasons, else the general one. */
import type { ReviewPolicy, ReviewReason } from "../review.ts";
import type { Workflow } from "../types/workflow.ts";

/** A risk class is a reason code. Where the reasons of one question disagree, the careful outcome wins. */
export function expiryOutcomeFor(
  reasons: readonly ReviewReason[],
  policy: Pick<ReviewPolicy, "expiryOutcome" | "expiryByRisk">,
): "hold" | "fallback" {
  const named = reasons.map((reason) => policy.expiryByRisk?.[reason]).filter((outcome) => outcome !== undefined);
  if (named.length === 0) return policy.expiryOutcome;
  return named.includes("hold") ? "hold" : "fallback";
}

export function expiryOutcomeOf(
  workflow: Pick<Workflow, "review">,
  policy: Pick<ReviewPolicy, "expiryOutcome" | "expiryByRisk">,
): "hold" | "fallback" {
  return expiryOutcomeFor(workflow.review?.reasons ?? [], policy);
}
