/**
 * The one door for verdicts, extensions and what is taken back. The API, the pages, bulk approval and Slack translate
 * into it and out of it. The door decides who may answer, asks the item, then the decision log, and names the refusal.
 */
import { storageOf } from "../../../storage/storage.ts";
import type { Refusal } from "../../../workflow/record.ts";
import type { Verdict } from "../../../workflow/review.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { lateRefusal, refusalOf } from "../../../workflow/refusals.ts";
import { mayAnswer, type Reviewer } from "../../auth/reviewer.ts";
import { settings, type AppContext } from "../context.ts";
import { storeWorldsOf } from "../../../store/store-worlds.ts";
import { findWorkflow } from "../find-workflow.ts";
import { objectOfWorkflow } from "../item-stubs.ts";

export type Taken =
  | { readonly kind: "taken"; readonly workflow: Workflow }
  | Refused
  /** Not on the list of reviewers. */
  | { readonly kind: "may_not" }
  /** Neither the item nor the log knows the workflow. */
  | { readonly kind: "unknown" };

export interface Refused {
  readonly kind: "refused";
  readonly workflow: Workflow;
  readonly refusal: Refusal;
  /** The principal that was refused; absent = nobody has answered yet. */
  readonly by?: string;
}

export async function takeVerdict(
  c: AppContext,
  workflowId: string,
  reviewer: Reviewer,
  given: Omit<Verdict, "actor" | "limits">,
): Promise<Taken> {
  if (!mayAnswer(settings(c), reviewer)) return { kind: "may_not" };
  const verdict: Verdict = { ...given, actor: reviewer.actor, limits: reviewer.limits };
  const answer = await objectOfWorkflow(c, workflowId).decide({ schema: 1, workflowId, verdict });
  const taken =
    answer === null
      ? await closedLongAgo(c, workflowId, (workflow) => lateRefusal(workflow, verdict))
      : asTaken(answer.workflow, answer.refusal);
  return taken.kind === "refused" ? { ...taken, by: reviewer.actor.principal } : taken;
}

/** Takes an answer back; `asked`: the item's question that is open now, null = none. */
export async function takeAnswerBack(
  c: AppContext,
  workflowId: string,
  reviewer: Reviewer,
): Promise<{ readonly taken: Taken; readonly asked: string | null }> {
  if (!mayAnswer(settings(c), reviewer)) return { taken: { kind: "may_not" }, asked: null };
  const { storeId } = await findWorkflow(c, workflowId);
  const versions = await storeWorldsOf(c.env).versions(storeId, Date.now());
  const { actor, limits } = reviewer;
  const call = { schema: 1, workflowId, actor, limits, versions: versions ?? undefined } as const;
  const answer = await objectOfWorkflow(c, workflowId).takeBack(call);
  if (answer !== null) return { taken: asTaken(answer.workflow, answer.refusal), asked: answer.asked };
  const forgotten = { reason: "too_late", message: "This was decided too long ago to be taken back." } as const;
  return { taken: await closedLongAgo(c, workflowId, () => forgotten), asked: null };
}

/** Puts the deadline off. */
export async function extendDeadline(
  c: AppContext,
  workflowId: string,
  reviewer: Reviewer,
  byMs: number,
): Promise<Taken> {
  if (!mayAnswer(settings(c), reviewer)) return { kind: "may_not" };
  const { actor, limits } = reviewer;
  const answer = await objectOfWorkflow(c, workflowId).extend({ schema: 1, workflowId, byMs, actor, limits });
  if (answer !== null) return asTaken(answer.workflow, answer.refusal);
  return closedLongAgo(c, workflowId, refusalOf);
}

/** A workflow older than its item keeps is in the log, and no longer open. */
async function closedLongAgo(
  c: AppContext,
  workflowId: string,
  refusalFor: (workflow: Workflow) => Refusal | null,
): Promise<Taken> {
  const workflow = await storageOf(c.env).workflows.get(workflowId);
  return workflow === null ? { kind: "unknown" } : asTaken(workflow, refusalFor(workflow));
}

function asTaken(workflow: Workflow, refusal: Refusal | null): Taken {
  return refusal === null ? { kind: "taken", workflow } : { kind: "refused", workflow, refusal };
}
