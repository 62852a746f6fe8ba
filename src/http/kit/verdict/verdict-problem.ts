/** What the API answers to a verdict or an extension: the workflow, or the problem that explains the refusal. */
import { Problem } from "../../../api/problems.ts";
import { workflowToWire } from "../../../api/to-wire.ts";
import type { Refusal } from "../../../workflow/record.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { noSuchWorkflow } from "../item-stubs.ts";
import type { Taken } from "./verdict-door.ts";

/** What a route says of a question that is not open any more, or never was. */
export const NOT_OPEN = ["not_found", "already_decided", "expired", "superseded", "not_awaiting_review"] as const;

export function takenOrProblem(taken: Taken): Workflow {
  switch (taken.kind) {
    case "taken":
      return taken.workflow;
    case "refused":
      return refuse(taken.workflow, taken.refusal);
    case "may_not":
      throw notAReviewer();
    case "unknown":
      throw noSuchWorkflow();
  }
}

export function notAReviewer(): Problem {
  return new Problem("forbidden", "This key is not on the list of reviewers.");
}

export function refuse(workflow: Workflow, refusal: Refusal): never {
  const wire = workflowToWire(workflow);
  switch (refusal.reason) {
    case "quantity_not_allowed":
      throw new Problem("validation_failed", `The quantity ${refusal.message}.`, {
        errors: [{ pointer: "/quantity", message: refusal.message }],
      });
    case "not_allowed":
      throw new Problem("forbidden", refusal.message, { workflow: wire });
    case "same_person":
      throw new Problem("same_person", refusal.message, { workflow: wire });
    case "too_late":
      throw new Problem("too_late", refusal.message, { workflow: wire });
    case "already_decided":
      throw new Problem("already_decided", decidedWords(workflow), { workflow: wire });
    case "expired":
      throw new Problem("expired", "The deadline has passed.", { workflow: wire });
    case "superseded":
      throw new Problem("superseded", "A newer trigger changed the question; answer that one.", { workflow: wire });
    case "revision_changed":
      throw new Problem(
        "revision_changed",
        `The question is now revision ${workflow.revision}; look at it before you answer.`,
        { workflow: wire },
      );
    case "not_awaiting_review":
      throw new Problem("not_awaiting_review", "Nobody was asked about this workflow.", { workflow: wire });
  }
}

function decidedWords({ review }: Workflow): string {
  return review?.decidedBy == null
    ? "This was already decided."
    : `${review.decidedBy} already decided this: ${review.status}.`;
}
