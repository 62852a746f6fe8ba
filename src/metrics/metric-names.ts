/**
 * Every metric this service exposes, in one table: /metrics is rendered from it, the dashboard and the alert rules are
 * tested against it, and every counter uses a key made here.
 *
 * - Label values are closed lists, so the number of series is bounded: `product_id` is one of the first 500 products or
 *   `other`, everything else is listed below. What is not listed is never rendered.
 * - Every series exists from the first scrape on, at zero, so that `rate()` and `increase()` see the first event; a
 *   product's own exist from its first decision on, for both actions.
 * - Base units only: seconds, not milliseconds.
 */
import { PROBLEMS, type ProblemCode } from "../api/problems.ts";
import { ENDINGS } from "../purchasing/order/types.ts";
import type { AdviceRecord } from "../workflow/advice/advice.ts";
import type { ReviewChannel, ReviewStatus } from "../workflow/review.ts";
import { ACTIONS } from "../shared/statuses.ts";

/** How a decision came about: `completed` is one that no person was asked about. */
export const RESULTS = ["completed", "approved", "modified", "rejected", "expired"] as const;
export type Result = (typeof RESULTS)[number];

/** `trigger` closes a review that a newer trigger superseded: no person and no deadline did. */
export type ReviewCloser = ReviewChannel | "trigger";

const PEOPLE = ["api", "link", "slack", "inbox"] as const satisfies readonly ReviewChannel[];
const REVIEW_ENDS: readonly (readonly [outcome: Exclude<ReviewStatus, "pending">, channel: ReviewCloser])[] = [
  ...(["approved", "modified", "rejected"] as const).flatMap((outcome) =>
    PEOPLE.map((channel) => [outcome, channel] as const),
  ),
  ["expired", "expiry"],
  ["superseded", "trigger"],
];

/** What one request to an adviser came to. */
const LLM_OUTCOMES = [
  "advice",
  "timeout",
  "rate_limited",
  "server_error",
  "network",
  "bad_reply",
  "refused",
  "rejected_request",
  "quota",
] as const satisfies readonly AdviceRecord["outcome"][];

/** Why an adviser was not called at all; no attempt was made, so these are no requests. */
export const LLM_SKIPS = ["circuit_open", "budget_exhausted"] as const satisfies readonly AdviceRecord["outcome"][];

/** Product labels before `other`: enough for a chain's fast movers, few enough for one scrape (about 13,000 series). */
export const PRODUCT_LABELS = 500;
export const OTHER_PRODUCT = "other";

/** Upper bounds of a decision's latency: the statistical path takes milliseconds, the LLM's deadline is a minute. */
export const LATENCY_BUCKETS_MS = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000] as const;

/** Upper bounds of a review's wait: from a minute to a day around the default of four hours. */
export const REVIEW_WAIT_BUCKETS_S = [60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400] as const;

/**
 * Work that fails where no caller sees it. Most is tried again by itself; what a shop delivered (`connection`) was
 * given up, `unsigned_delivery` was refused, and a link to sign in (`sign_in_mail`) is asked for again.
 */
const FAILURES = [
  "alarm",
  "projection",
  "projection_parked",
  "inputs",
  "adviser",
  "collector",
  "scheduled",
  "delivery_parked",
  "purchase_order",
  "run",
  "connection",
  "unsigned_delivery",
  "sign_in_mail",
] as const;
export type Failure = (typeof FAILURES)[number];

/** Refusals and failures at the edge, by the problem's code; and failures behind the edge. */
const ERROR_TYPES = [...(Object.keys(PROBLEMS) as ProblemCode[]), ...FAILURES] as const;
export type ErrorType = (typeof ERROR_TYPES)[number];

export const STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;
/** Refused ones are errors, by type. */
const TRIGGER_OUTCOMES = ["accepted", "replayed"] as const;
const EFFECT_KINDS = ["email", "slack", "webhook"] as const;
/** `retried` is a failed attempt with another to come; `parked` is one that waits for an operator. */
const EFFECT_OUTCOMES = ["delivered", "retried", "parked", "dropped"] as const;

/** `missed`: its cut-off passed and nobody had sent it; `waited`: below the minimum, and nothing urgent;
 * `rescheduled`: the supplier closes at another time now. */
const PURCHASE_OUTCOMES = ["sent", ...ENDINGS] as const;

export interface Counter {
  readonly type: "counter";
  readonly name: string;
  readonly help: string;
  /** Names the family's rows in the `counters` table. */
  readonly key: string;
  readonly labels: readonly string[];
  /** Every combination of label values there is. */
  readonly series: readonly (readonly string[])[];
}

/**
 * Counters, raised by projections (exactly once) or by the edge's tallies. All are in the `counters` table, except the
 * decisions, which are in the `decision_stats` row that a decision writes anyway.
 */
export const COUNTERS = {
  decisions: counter("inventory_decisions_total", "Decisions, by action and by how they were reached.", "decision", {
    action: ACTIONS,
    result: RESULTS,
  }),
  superseded: counter(
    "inventory_workflows_superseded_total",
    "Workflows that ended without a decision because another one took their place.",
    "superseded",
    {},
  ),
  asked: counter("inventory_reviews_asked_total", "Workflows that a person was asked about.", "asked", {}),
  triggers: counter("inventory_triggers_total", "Stock triggers as the edge answered them.", "trigger", {
    outcome: TRIGGER_OUTCOMES,
  }),
  requests: counter("inventory_http_requests_total", "Requests answered, without health checks and scrapes.", "http", {
    status: STATUS_CLASSES,
  }),
  errors: counter("inventory_errors_total", "Requests refused and work that failed, by problem code.", "error", {
    error_type: ERROR_TYPES,
  }),
  reviewOutcomes: counterOf(
    "inventory_review_outcomes_total",
    "Reviews closed, by outcome and by the channel that closed them.",
    "review",
    ["outcome", "channel"],
    REVIEW_ENDS,
  ),
  llmRequests: counter("inventory_llm_requests_total", "Requests to an adviser, by outcome.", "llm", {
    outcome: LLM_OUTCOMES,
  }),
  llmSkipped: counter("inventory_llm_skipped_total", "Adviser calls that were not made, by reason.", "llm_skip", {
    reason: LLM_SKIPS,
  }),
  llmTokens: counter("inventory_llm_tokens_total", "Tokens of answered adviser calls.", "llm_tokens", {
    kind: ["input", "output"],
  }),
  llmCost: counter(
    "inventory_llm_cost_usd_total",
    "What adviser calls cost, by the configured prices.",
    "llm_cost_usd",
    {},
  ),
  sweeps: counter("inventory_sweeps_total", "Sweeps that ended; one is due every five minutes.", "sweep", {}),
  effects: counter("inventory_effects_total", "Attempts to send a message, by kind and outcome.", "effect", {
    kind: EFFECT_KINDS,
    outcome: EFFECT_OUTCOMES,
  }),
  purchaseOrders: counter(
    "inventory_purchase_orders_total",
    "Purchase orders, by what became of them: sent, or not and why.",
    "purchase_order",
    { outcome: PURCHASE_OUTCOMES },
  ),
} as const satisfies Record<string, Counter>;

/** The key of one counter's row, as projections and tallies name it. */
export function counterKey(family: Counter, values: readonly string[]): string {
  return [family.key, ...values].join("|");
}

/** Parts of the review wait histogram: not cumulative, one row a bucket. */
export const REVIEW_WAIT_SUM_KEY = "review_wait_sum";
export function reviewWaitBucketKey(upperBoundS: number | "inf"): string {
  return `review_wait|${upperBoundS}`;
}

function counter(
  name: string,
  help: string,
  key: string,
  labels: Readonly<Record<string, readonly string[]>>,
): Counter {
  const series = Object.values(labels).reduce<readonly (readonly string[])[]>(
    (rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
  return counterOf(name, help, key, Object.keys(labels), series);
}

function counterOf(
  name: string,
  help: string,
  key: string,
  labels: readonly string[],
  series: readonly (readonly string[])[],
): Counter {
  return { type: "counter", name, help, key, labels, series };
}
