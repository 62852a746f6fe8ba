/** The reason node of an item: the plan stands, a stored answer of the adviser is judged, or the adviser is asked. */
import type { Adviser, AdviceRequest } from "../adviser/adviser.ts";
import { judgeAgain, lostCall } from "../adviser/words/judge.ts";
import type { Assessment } from "../workflow/assessment.ts";
import type { Facts } from "../workflow/facts.ts";
import { timesAsked, type Reasoned } from "../workflow/steps/reason.ts";
import { usualOrder } from "../workflow/steps/route-review.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import { adviceRequest } from "./advice-request.ts";
import type { ItemDeps } from "./deps.ts";

/** A call whose object died is paid for once more; after a second death the item decides without the adviser. */
const MOST_CALLS = 2;

/** The adviser has to be asked first. */
export interface ToAsk {
  readonly kind: "to_ask";
  readonly adviser: Adviser;
  readonly request: AdviceRequest;
}

export function reasonOrAsk(
  { adviser, now }: Pick<ItemDeps, "adviser" | "now">,
  workflow: Workflow,
  assessment: Assessment,
  facts: Facts,
): Reasoned | ToAsk {
  if (adviser === null) return { kind: "none" };
  const request = adviceRequest(workflow, assessment, usualOrder(facts.recentOrders), now());
  if (request === null) return { kind: "none" };
  if (workflow.advice != null) return judgeAgain(workflow.advice, request, facts.policy.valueAbove);
  return timesAsked(workflow) >= MOST_CALLS ? lostCall(adviser.model) : { kind: "to_ask", adviser, request };
}
