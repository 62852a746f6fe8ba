/**
 * What a workflow has contributed to each counter so far; travels with its projection. Pure: the same workflow always
 * gives the same counts, so a projection that arrives twice, late or out of order adds nothing twice.
 */
import type { AdviceRecord } from "../workflow/advice/advice.ts";
import type { Review } from "../workflow/review.ts";
import type { Action } from "../workflow/types/decision.ts";
import type { Delivery } from "../workflow/types/delivery.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import {
  COUNTERS,
  LLM_SKIPS,
  REVIEW_WAIT_BUCKETS_S,
  REVIEW_WAIT_SUM_KEY,
  counterKey,
  reviewWaitBucketKey,
  type Counter,
  type Result,
} from "./metric-names.ts";
import { SECOND_MS } from "../shared/durations.ts";

/**
 * Stored in the database beside the projected workflow: field names are a contract, new ones are optional (I12).
 * It is small, since each row has one.
 */
export interface ProjectionFacts {
  readonly schema: 1;
  /** Null until there is a decision; a superseded workflow never has one. */
  readonly decided: {
    readonly action: Action;
    readonly result: Result;
    readonly confidence: number;
    readonly latency_ms: number | null;
    readonly at: number;
  } | null;
  /** Counter key -> how often this workflow has counted in it so far; absent = in none. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Effects that wait for an operator now; absent = none. */
  readonly parked?: number;
  /** When the item next has to do something for this workflow, apart from its deadline (epoch ms); absent = nothing. */
  readonly due?: number;
  /** When a restock was decided that is on no purchase order, so that people have to place it; absent = none was. */
  readonly toPlace?: number;
}

export function projectionFacts(workflow: Workflow): ProjectionFacts {
  const counts = new Map<string, number>();
  const count = (family: Counter, labels: readonly string[], by = 1): void =>
    add(counts, counterKey(family, labels), by);

  const result = workflow.stands === undefined ? resultOf(workflow) : null;
  const { decision } = workflow;
  if (workflow.status === "superseded") count(COUNTERS.superseded, []);
  if (workflow.review !== null) {
    count(COUNTERS.asked, []);
    countReview(workflow.review, workflow, count, counts);
  }
  for (const advice of [workflow.advice, workflow.advice?.shadow]) if (advice) countAdvice(advice, count);
  for (const delivery of workflow.deliveries) countDelivery(delivery, count);

  const parked = workflow.deliveries.filter(({ status }) => status === "parked").length;
  return {
    schema: 1,
    decided:
      result === null || decision === null
        ? null
        : {
            action: decision.action,
            result,
            // Bounded here, because a value that the counter tables refuse would block the other projections of the
            // batch.
            confidence: Math.min(1, Math.max(0, decision.confidence || 0)),
            latency_ms: workflow.latencyMs === null ? null : Math.max(0, workflow.latencyMs),
            at: Math.round(workflow.updatedAt),
          },
    ...(counts.size === 0 ? {} : { counts: Object.fromEntries(counts) }),
    ...(parked === 0 ? {} : { parked }),
    ...dueOf(workflow),
    ...(isToPlace(workflow, result) ? { toPlace: Math.round(workflow.review?.decidedAt ?? workflow.createdAt) } : {}),
  };
}

/** Counts of a store's past are played, not ordered. */
function isToPlace({ decision, purchase, snapshot, review }: Workflow, result: Result | null): boolean {
  return (
    result !== null &&
    result !== "rejected" &&
    purchase === undefined &&
    (decision?.quantity ?? 0) > 0 &&
    snapshot.backfill !== true &&
    review?.takenBack === undefined
  );
}

/** A sweep looks for work that is long overdue: the platform has then lost an alarm. */
function dueOf({ status, review, deliveries, updatedAt }: Workflow): Pick<ProjectionFacts, "due"> {
  const times = deliveries.filter((delivery) => delivery.status === "pending").map(({ dueAt }) => dueAt);
  if (status === "running") times.push(updatedAt);
  if (status === "awaiting_human_review")
    times.push(...[review?.remindAt, review?.escalateAt].filter((at) => at !== null && at !== undefined));
  return times.length === 0 ? {} : { due: Math.round(Math.min(...times)) };
}

/** How the decision came about; null while there is none. */
export function resultOf(workflow: Workflow): Result | null {
  switch (workflow.status) {
    case "running":
    case "awaiting_human_review":
    case "superseded":
      return null;
    case "rejected":
    case "expired":
      return workflow.status;
    case "completed":
      return workflow.review?.status === "approved" || workflow.review?.status === "modified"
        ? workflow.review.status
        : "completed";
  }
}

type Count = (family: Counter, labels: readonly string[], by?: number) => void;

function countReview(review: Review, workflow: Workflow, count: Count, counts: Map<string, number>): void {
  if (review.status === "pending") return;
  count(COUNTERS.reviewOutcomes, [
    review.status,
    review.status === "superseded" ? "trigger" : (review.channel ?? "expiry"),
  ]);
  const waitS = Math.max(0, (review.decidedAt ?? workflow.updatedAt) - review.askedAt) / SECOND_MS;
  add(counts, reviewWaitBucketKey(REVIEW_WAIT_BUCKETS_S.find((bound) => waitS <= bound) ?? "inf"), 1);
  add(counts, REVIEW_WAIT_SUM_KEY, waitS);
}

/** One count per request. A call that the circuit or the budget refused made no (further) request. */
function countAdvice(advice: Omit<AdviceRecord, "shadow">, count: Count): void {
  for (const tried of advice.tries ?? []) if (!isSkip(tried)) count(COUNTERS.llmRequests, [tried]);
  if (isSkip(advice.outcome)) count(COUNTERS.llmSkipped, [advice.outcome]);
  count(COUNTERS.llmTokens, ["input"], advice.tokensIn);
  count(COUNTERS.llmTokens, ["output"], advice.tokensOut);
  count(COUNTERS.llmCost, [], advice.costUsd);
}

function isSkip(outcome: AdviceRecord["outcome"]): outcome is (typeof LLM_SKIPS)[number] {
  return (LLM_SKIPS as readonly string[]).includes(outcome);
}

function countDelivery({ channel, status, attempts }: Delivery, count: Count): void {
  const failed = status === "done" || status === "parked" ? attempts - 1 : attempts;
  count(COUNTERS.effects, [channel, "retried"], Math.max(0, failed));
  if (status === "done") count(COUNTERS.effects, [channel, "delivered"]);
  if (status === "parked" || status === "dropped") count(COUNTERS.effects, [channel, status]);
}

function add(counts: Map<string, number>, key: string, by: number): void {
  if (by > 0) counts.set(key, (counts.get(key) ?? 0) + by);
}
