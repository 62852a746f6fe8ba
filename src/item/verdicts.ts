/** What people do with an open question: answer it, or extend its deadline. */
import type { Refusal } from "../workflow/record.ts";
import type { Actor, Verdict, ReviewerLimits } from "../workflow/review.ts";
import { transition } from "../workflow/transition.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { Item } from "./item.ts";

export interface VerdictAnswer {
  readonly workflow: Workflow;
  readonly refusal: Refusal | null;
}

export interface VerdictCall {
  readonly schema: 1;
  readonly workflowId: string;
  readonly verdict: Verdict;
}

export interface ExtensionCall {
  readonly schema: 1;
  readonly workflowId: string;
  readonly byMs: number;
  readonly actor: Actor;
  readonly limits: ReviewerLimits;
}

/** The only path a verdict takes, whichever channel it came through (I4). Null when there is no such workflow. */
export async function decideReview(item: Item, { workflowId, verdict }: VerdictCall): Promise<VerdictAnswer | null> {
  const { identity } = item.journal;
  if (identity === null || item.find(workflowId) === null) return null;
  const inputs = await item.knowledge.loadPresent(identity);
  // Read after the load: another verdict may have won meanwhile. From here on there is no await.
  const workflow = item.find(workflowId);
  if (workflow === null) return null;
  const facts = item.facts(inputs, workflow.snapshot);
  const result = transition(workflow, { type: "verdict", verdict, facts }, item.deps.now());
  return { workflow: item.apply(result), refusal: result.refusal };
}

/** Extends the deadline within the policy's limit. Null when there is no such workflow. */
export function extendReview(item: Item, { workflowId, byMs, actor, limits }: ExtensionCall): VerdictAnswer | null {
  const workflow = item.find(workflowId);
  if (workflow === null) return null;
  const facts = item.facts(item.knowledge.inputs.atHand(), workflow.snapshot);
  const result = transition(workflow, { type: "extended", byMs, actor, limits, facts }, item.deps.now());
  return { workflow: item.apply(result), refusal: result.refusal };
}
