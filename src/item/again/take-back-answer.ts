/** A person takes an answer back: its order or its No ends, and people are asked again from the last count. */
import type { StoreVersions } from "../../store/store-versions.ts";
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import { withdrawnAtItem } from "../../workflow/orders/purchased-orders.ts";
import { isPurchased, isUncommitted } from "../../workflow/orders/purchased-row.ts";
import type { Actor, ReviewerLimits } from "../../workflow/review.ts";
import { holdsBack } from "../../workflow/steps/take-back.ts";
import { transition } from "../../workflow/transition.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { decideAgain } from "./decide-again.ts";
import type { Item } from "../item.ts";
import type { Triggers } from "../triggers.ts";
import type { VerdictAnswer } from "../verdicts.ts";

export interface TakeBackCall {
  readonly schema: 1;
  readonly workflowId: string;
  readonly actor: Actor;
  readonly limits: ReviewerLimits;
  readonly versions?: StoreVersions | undefined;
}

export interface TakenBackAnswer extends VerdictAnswer {
  /** The question that is open now; null = none. */
  readonly asked: string | null;
}

/** Null when there is no such workflow. Repeated by the same person, it leads to the same question. */
export async function takeBackAnswer(
  item: Item,
  triggers: Triggers,
  { workflowId, actor, limits, versions }: TakeBackCall,
): Promise<TakenBackAnswer | null> {
  const { identity } = item.journal;
  if (identity === null || item.find(workflowId) === null) return null;
  const inputs = await item.knowledge.load(identity, versions);
  // Read after the load. From here to the write there is no await.
  item.expireOverdue();
  const workflow = item.find(workflowId);
  if (workflow === null) return null;
  const now = item.deps.now();
  const unsent = unsentOrders(item, workflowId);
  const { newestCount } = item.journal.workflows;
  const result = transition(
    workflow,
    {
      type: "taken_back",
      actor,
      limits,
      hasUnsentOrder: unsent.length > 0,
      standingNo: item.facts(inputs, workflow.snapshot).standingNo ?? null,
      newest: newestCount === null ? null : item.journal.workflows.read(newestCount.seq),
    },
    now,
  );
  if (result.refusal !== null) return { workflow, refusal: result.refusal, asked: item.openQuestion?.id ?? null };
  if (result.isChanged) {
    const version = nextLineVersion(item.journal.orders.rows, now);
    item.write({
      workflows: [result.workflow, ...result.others],
      orders: unsent.map((row) => withdrawnAtItem(row, version, actor, item.itemNow())),
    });
  }
  const again = { schema: 1, item: identity, runId: `back-${workflowId}`, versions, takesBack: workflowId } as const;
  await decideAgain(item, triggers, again, "answer taken back");
  return { workflow: item.find(workflowId) ?? result.workflow, refusal: null, asked: item.openQuestion?.id ?? null };
}

/** Whether the page of an answered question offers to take the answer back. */
export function mayTakeBack(item: Item, workflow: Workflow, now: number): boolean {
  if (workflow.review?.verdict == null || workflow.review.takenBack !== undefined) return false;
  if (unsentOrders(item, workflow.id).length > 0) return true;
  const { standingNo = null } = item.facts(item.knowledge.inputs.atHand(), workflow.snapshot);
  return holdsBack(workflow, standingNo, now);
}

/** Open orders of the workflow that can still be withdrawn: not yet committed to a purchase order or sent. */
function unsentOrders(item: Item, workflowId: string) {
  return item.journal.orders.rows
    .filter(isPurchased)
    .filter((row) => isUncommitted(row) && row.order.workflowId === workflowId);
}
