/** What silence means for a question: `REVIEW_EXPIRY_BY_RISK` by the reasons it is asked for, else the general outcome. */
import type { ReviewReason, Workflow } from "../workflow/types.ts";

export interface ExpirySettings {
  readonly expiryOutcome: "hold" | "fallback";
  /** Risk class (a reason code) -> outcome. */
  readonly expiryByRisk: Readonly<Record<string, "hold" | "fallback">>;
}

/** Where the reasons of one question disagree, the careful outcome wins. */
export function expiryOutcomeFor(reasons: readonly ReviewReason[], settings: ExpirySettings): "hold" | "fallback" {
  const named = reasons.map((reason) => settings.expiryByRisk[reason]).filter((outcome) => outcome !== undefined);
  if (named.length === 0) return settings.expiryOutcome;
  return named.includes("hold") ? "hold" : "fallback";
}

export function expiryOutcomeOf(workflow: Pick<Workflow, "review">, settings: ExpirySettings): "hold" | "fallback" {
  return expiryOutcomeFor(workflow.review?.reasons ?? [], settings);
}
