/**
 * An open question is asked anew as its next revision: the deadline is inherited, the earlier approvals are not (I5).
 */
import type { Assessment } from "../assessment.ts";
import { audited, touch } from "../record.ts";
import type { Facts } from "../facts.ts";
import type { ReviewReason } from "../review.ts";
import type { Decision, Workflow } from "../types.ts";
import { openReview } from "./route-review.ts";

/** `workflow` holds the snapshot that is now asked about. */
export function revise(
  workflow: Workflow,
  { factsFingerprint }: Pick<Assessment, "factsFingerprint">,
  decision: Decision,
  reasons: readonly [ReviewReason, ...ReviewReason[]],
  { policy, world }: Pick<Facts, "policy" | "world">,
  now: number,
): Workflow {
  const revision = workflow.revision + 1;
  const { action, quantity, confidence } = decision;
  return touch(
    workflow,
    {
      revision,
      decision,
      recommendation: { action, quantity, confidence },
      factsFingerprint,
      review: openReview(
        reasons,
        decision,
        workflow.snapshot,
        policy,
        workflow.review?.expiresAt ?? null,
        world.store,
        now,
      ),
      audit: audited(workflow, { at: now, event: "revised", actor: "stockwarden", detail: `revision ${revision}` }),
    },
    now,
  );
}
