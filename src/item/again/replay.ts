/**
 * Replays a stored decision under the present policy, from its own journal or with another model or prompt. Nothing is
 * written: the transition that a trigger would take is made on a copy and compared.
 *
 * An adviser's record holds what its answer was judged on. A decision without it is assessed anew from present demand
 * data; the result states which of the two was used.
 */
import type { Adviser, AdviceRequest } from "../../adviser/adviser.ts";
import { judgeAgain } from "../../adviser/words/judge.ts";
import { inputOf } from "../../workflow/advice/advice-basis.ts";
import { assess, assessInput } from "../../workflow/steps/assess.ts";
import { itemTime } from "../../workflow/decision-time.ts";
import type { Facts } from "../../workflow/facts.ts";
import type { Reasoned } from "../../workflow/steps/reason.ts";
import type { ItemOrder } from "../../workflow/orders/item-order.ts";
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { transition } from "../../workflow/transition.ts";
import type { ReviewReason } from "../../workflow/review.ts";
import type { Recommendation } from "../../workflow/types/decision.ts";
import { NODES } from "../../workflow/types/node-record.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { recentOrdersOf } from "../knowledge/facts-of.ts";
import { adviceRequest } from "../advice-request.ts";

export interface Replay {
  readonly facts: "journal" | "present";
  /** The copy as it would be decided now. */
  readonly replayed: Workflow;
  readonly stored: Recommendation & { readonly asked: readonly ReviewReason[] };
  readonly changed: boolean;
}

/** Confidences closer than this are the same number to a reader. */
const SAME_CONFIDENCE = 0.000_05;

/** `orders`: the item's, oldest first. `asks`: the adviser to ask anew; null = the stored reply is judged again. */
export async function replay(
  workflow: Workflow,
  facts: Facts,
  orders: readonly OrderRow[],
  asks: Adviser | null,
): Promise<Replay | null> {
  const { recommendation, advice } = workflow;
  if (recommendation === null) return null;
  const basis = advice?.basis;
  const then = factsThen(workflow, facts, orders);
  const assessment =
    basis === undefined
      ? assess(workflow.snapshot, then, workflow.createdAt)
      : assessInput(
          inputOf(basis),
          { counted: [], total: 0, overdue: basis.overdue, gone: [] },
          workflow.factsFingerprint,
        );
  const request = adviceRequest(workflow, assessment, basis?.usualOrder ?? null, workflow.createdAt);
  const outcome = await reason(workflow, request, facts, asks);
  const { workflow: replayed } = transition(
    blank(workflow),
    {
      type: "reasoned",
      facts: then,
      assessment,
      outcome,
      openQuestion: null,
      track: null,
      latencyMs: 0,
      elapsed: () => 0,
    },
    workflow.createdAt,
  );
  const stored = { ...recommendation, asked: askedAbout(workflow, replayed) };
  return { facts: basis === undefined ? "present" : "journal", replayed, stored, changed: differs(stored, replayed) };
}

async function reason(
  workflow: Workflow,
  request: AdviceRequest | null,
  facts: Facts,
  asks: Adviser | null,
): Promise<Reasoned> {
  if (request === null) return { kind: "none" };
  if (asks !== null) return asks.advise(request);
  return workflow.advice == null ? { kind: "none" } : judgeAgain(workflow.advice, request, facts.policy.valueAbove);
}

/** The workflow as it was before anything was decided. */
function blank(workflow: Workflow): Workflow {
  const { advice: _advice, ...rest } = workflow;
  return {
    ...rest,
    status: "running",
    supersededBy: null,
    nodes: NODES.map(
      (node) => workflow.nodes.find((record) => record.node === node) ?? { node, status: "pending", durationMs: 0 },
    ),
    decision: null,
    recommendation: null,
    review: null,
    deliveries: [],
  };
}

/** A trigger that only repeated the open question was never routed itself, so its routing cannot have changed. */
function askedAbout({ status, review }: Workflow, replayed: Workflow): readonly ReviewReason[] {
  return (status === "superseded" && review === null ? replayed.review : review)?.reasons ?? [];
}

/** The facts without orders of this decision and later ones, and with the No of its own day: later ones came after. */
function factsThen(workflow: Workflow, facts: Facts, orders: readonly OrderRow[]): Facts {
  const decidedAt = itemTime(workflow.snapshot, workflow.createdAt);
  const wasPlaced = ({ workflowId, placedAt }: ItemOrder): boolean =>
    workflowId !== workflow.id && placedAt <= decidedAt;
  return {
    ...facts,
    openOrders: facts.openOrders.filter(wasPlaced),
    recentOrders: recentOrdersOf(orders.filter(({ order }) => wasPlaced(order))),
    receivedSince: 0,
    standingNo: workflow.carriedNo ?? null,
  };
}

function differs(stored: Replay["stored"], { recommendation, review }: Workflow): boolean {
  if (recommendation === null) return true;
  return (
    recommendation.action !== stored.action ||
    recommendation.quantity !== stored.quantity ||
    Math.abs(recommendation.confidence - stored.confidence) > SAME_CONFIDENCE ||
    (review?.reasons ?? []).join() !== stored.asked.join()
  );
}
