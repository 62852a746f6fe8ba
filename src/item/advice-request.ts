/** Builds the item's request to its adviser about a workflow. */
import type { AdviceRequest } from "../adviser/adviser.ts";
import type { Assessment } from "../workflow/assessment.ts";
import type { Workflow } from "../workflow/types/workflow.ts";

/** Days of demand that an adviser is shown: the level, the trend and the weekdays. */
const RECENT_DEMAND_DAYS = 28;

/** Null under the plain rule: without demand there is nothing to check a model's answer against. */
export function adviceRequest(
  workflow: Workflow,
  { input, plan }: Assessment,
  usualOrder: number | null,
  now: number,
): AdviceRequest | null {
  if (input === null || plan === null) return null;
  const { id, storeId, productId, snapshot, traceparent } = workflow;
  return {
    workflowId: id,
    storeId,
    productId,
    snapshot,
    input,
    plan,
    recentDemand: input.history.slice(-RECENT_DEMAND_DAYS),
    usualOrder,
    now,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
