/**
 * An open question is asked anew as its next revision: the deadline is inherited, the earlier approvals are not (I5).
 */
import type { Assessment } from "../assessment.ts";
import { audited, touch } from "../record.ts";
import type { Facts } from "../facts.ts";
import type { Decision } from "../types/decision.ts";
import type { Snapshot } from "../types/snapshot.ts";
import type { Workflow } from "../types/workflow.ts";
import { openReview } from "./route-review.ts";
import { guardReasons } from "../guards/guards.ts";

interface Asked {
  readonly snapshot: Snapshot;
  readonly decision: Decision;
  /** Of the present facts. */
  readonly assessment: Assessment;
}

export function revise(
  workflow: Workflow,
  { snapshot, decision, assessment }: Asked,
  facts: Facts,
  now: number,
): Workflow {
  const guards = guardReasons({ decision, snapshot, assessment, facts, now });
  const asked = { snapshot, decision, reasons: ["world_moved", ...guards] } as const;
  const revision = workflow.revision + 1;
  const { action, quantity, confidence } = decision;
  return touch(
    workflow,
    {
      revision,
      snapshot,
      decision,
      recommendation: { action, quantity, confidence },
      factsFingerprint: assessment.factsFingerprint,
      review: openReview(asked, facts, workflow.review?.expiresAt ?? null, now),
      audit: audited(workflow, { at: now, event: "revised", actor: "stockwarden", detail: `revision ${revision}` }),
    },
    now,
  );
}
