/**
 * An open question is asked anew as its next revision: the deadline is inherited, the earlier approvals are not (I5).
 */
import type { Assessment } from "../assessment.ts";
import { audited, touch } from "../record.ts";
import type { Facts } from "../facts.ts";
import type { Workflow } from "../types.ts";
import { openReview, type AskedFor } from "./route-review.ts";

export function revise(
  workflow: Workflow,
  asked: AskedFor & Pick<Assessment, "factsFingerprint">,
  facts: Pick<Facts, "policy" | "world">,
  now: number,
): Workflow {
  const { snapshot, decision, factsFingerprint } = asked;
  const revision = workflow.revision + 1;
  const { action, quantity, confidence } = decision;
  return touch(
    workflow,
    {
      revision,
      snapshot,
      decision,
      recommendation: { action, quantity, confidence },
      factsFingerprint,
      review: openReview(asked, facts, workflow.review?.expiresAt ?? null, now),
      audit: audited(workflow, { at: now, event: "revised", actor: "stockwarden", detail: `revision ${revision}` }),
    },
    now,
  );
}
