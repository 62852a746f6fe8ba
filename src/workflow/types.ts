/**
 * The shapes of a workflow. `Workflow` is a stored contract: it is written to the item's SQLite and projected to the
 * database, carries `schema`, and must be readable by the previous and the next release. New fields are optional (I12).
 *
 * Times are epoch milliseconds. Quantities are units of the item. Nothing here knows the wire's names.
 */
import type { Costs, OrderConstraints, Plan, PlanInput } from "../replenishment/types.ts";
import type { TrackRecord } from "./track-record.ts";

export const WORKFLOW_SCHEMA = 1;

export const NODES = ["validate", "forecast", "assess", "reason", "review", "act"] as const;
export type NodeName = (typeof NODES)[number];

export type WorkflowStatus =
  | "running"
  | "awaiting_human_review"
  | "completed"
  | "rejected"
  | "expired"
  | "superseded";

export type Action = "restock" | "hold";
export type DecidedBy = "plan" | "llm" | "fallback" | "human" | "expiry";

export interface NodeRecord {
  readonly node: NodeName;
  readonly status: "pending" | "running" | "done" | "skipped";
  readonly durationMs: number;
  /** One line for the story: what the node found. */
  readonly note?: string;
}

/** The trigger as the item understood it: the request, filled from the item's settings, then from defaults. */
export interface Snapshot {
  /** Units on the shelf; negative stock on the wire arrives here as `backordered`. */
  readonly onHand: number;
  readonly backordered: number;
  readonly safetyStock: number;
  /** Open orders as the sender knows them; null = not given, the item's own count. */
  readonly onOrder: number | null;
  readonly leadTimeDays: number;
  readonly reviewPeriodDays: number;
  readonly costs: Costs;
  /** The target where no costs were given; `costs` are then only its odds. */
  readonly serviceLevel?: number | null;
  readonly unitCost: number | null;
  readonly constraints: OrderConstraints;
  readonly shelfLifeDays: number | null;
  readonly notes: string | null;
  /** When the stock was counted; the arrival of the trigger where the sender did not say. */
  readonly occurredAt: number;
  /** When that count reached the item. */
  readonly receivedAt: number;
}

export interface Evidence {
  readonly inventoryPosition: number;
  readonly projectedStockAtArrival: number;
  readonly demandQuantile: number;
  readonly criticalRatio: number;
  readonly bindingConstraint: string | null;
  readonly stockoutProbabilityIfHold: number;
  /** Null under the plain rule, which has no forecast. */
  readonly meanDemandPerDay: number | null;
}

export interface Recommendation {
  readonly action: Action;
  readonly quantity: number;
  readonly confidence: number;
}

export interface Decision extends Recommendation {
  readonly forecastConfidence: number;
  readonly inStockProbability: number | null;
  readonly decidedBy: DecidedBy;
  readonly fallback: boolean;
  /** One sentence for a buyer, rendered from stored numbers. */
  readonly rationale: string;
  readonly reasons: readonly string[];
  readonly evidence: Evidence;
  readonly model: string | null;
  readonly tokens: number | null;
  readonly costUsd: number | null;
  /** The model's own words, marked as such wherever they are shown; null without a model. */
  readonly modelWords?: string | null;
}

export type ReviewStatus = "pending" | "approved" | "rejected" | "modified" | "expired" | "superseded";

/** Why a person is asked. The first that applies is the review's `reason`. */
export const REVIEW_REASONS = [
  "low_confidence",
  "plain_rule",
  "value_above_cap",
  "quantity_beyond_usual",
  "first_order",
  "stale_forecast",
  "model_disagrees",
  "model_left_band",
  "world_moved",
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export type ReviewChannel = "api" | "link" | "slack" | "inbox" | "expiry";

/** Who acts. `principal` tells people apart (API key id, link recipient, Slack user); `label` is what is shown. */
export interface Actor {
  readonly principal: string;
  readonly label: string;
  readonly channel: ReviewChannel;
}

export type VerdictKind = "approve" | "reject" | "modify";

export interface Verdict {
  readonly kind: VerdictKind;
  /** Only with `modify`. */
  readonly quantity: number | null;
  readonly comment: string | null;
  /** The revision the person saw; null = not said, which is good for revision 1 only. */
  readonly revision: number | null;
  readonly actor: Actor;
}

export interface Approval {
  readonly actor: Actor;
  readonly kind: VerdictKind;
  readonly quantity: number | null;
  readonly at: number;
}

export interface Review {
  readonly status: ReviewStatus;
  readonly reason: ReviewReason;
  readonly reasons: readonly ReviewReason[];
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly remindAt: number | null;
  /** When a second list of people is asked; absent or null = not (any more). */
  readonly escalateAt?: number | null;
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
  readonly principal: string | null;
  readonly channel: ReviewChannel | null;
  readonly comment: string | null;
  /** The verdict that won, so that its repetition by the same person is recognised (I4). */
  readonly verdict: { readonly kind: VerdictKind; readonly quantity: number | null } | null;
  /** How many people must approve, and who has (quorum). */
  readonly approvalsNeeded: number;
  readonly approvals: readonly Approval[];
}

export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly event:
    | "received"
    | "decided"
    | "asked"
    | "facts_updated"
    | "reminded"
    | "escalated"
    | "extended"
    | "approved_in_part"
    | "verdict"
    | "revised"
    | "expired"
    | "superseded"
    | "executed"
    | "adviser_called"
    | "adviser_answered";
  readonly actor: string;
  readonly channel?: string;
  readonly detail?: string;
  /** SHA-256 of the previous entry's hash and this entry; set by the item, which chains them. */
  readonly hash?: string;
}

/** What must be told to the world about a workflow; the item turns each into deliveries on the configured channels. */
export type NoticePurpose = "ask" | "remind" | "escalate" | "outcome" | "facts_updated";

/** An external effect: its row exists before it happens, under a key that says what it is (I7). */
export interface Delivery {
  /** `{workflow}/{revision}/{purpose}/{channel}[/{recipient}]`: the idempotency key sent along. */
  readonly key: string;
  readonly channel: "email" | "slack" | "webhook";
  readonly purpose: NoticePurpose | "decision";
  readonly revision: number;
  readonly recipient?: string;
  readonly status: "pending" | "done" | "parked" | "dropped";
  readonly attempts: number;
  readonly dueAt: number;
  /** What the channel gave back and later needs (a Slack message's ts, a mail's Message-ID). */
  readonly ref?: string;
  /** The message of the question that this one took the place of: it is edited rather than a new one sent (I10). */
  readonly replaces?: string;
  readonly error?: string;
}

export interface Workflow {
  readonly schema: typeof WORKFLOW_SCHEMA;
  readonly id: string;
  /** Ordinal of the workflow within its item, from 1. */
  readonly seq: number;
  /** Raised by every write; projections carry it and never go backwards (I1). */
  readonly version: number;
  readonly storeId: string;
  readonly productId: string;
  readonly status: WorkflowStatus;
  readonly supersededBy: string | null;
  readonly revision: number;
  readonly snapshot: Snapshot;
  readonly nodes: readonly NodeRecord[];
  readonly decision: Decision | null;
  readonly recommendation: Recommendation | null;
  readonly review: Review | null;
  readonly audit: readonly AuditEntry[];
  readonly deliveries: readonly Delivery[];
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Milliseconds from the request's arrival at the edge to the decision or the question; null while running. */
  readonly latencyMs: number | null;
  readonly requestId: string | null;
  /** Where links point when `PUBLIC_URL` is not set: the origin of the request that made the workflow. */
  readonly origin: string;
  /** Confidence against outcome so far; the newest count's workflow holds the present one. */
  readonly track?: TrackRecord | null;
  /** Fingerprint of the facts that the decision rests on; another one at `act` means the world moved (I6). */
  readonly basis: string;
  /** What the adviser was asked and answered, bounded in size, for replay. */
  readonly advice?: AdviceRecord | null;
}

export const TERMINAL: ReadonlySet<WorkflowStatus> = new Set(["completed", "rejected", "expired", "superseded"]);

/** An open order that this service decided. `quantity` is what is still outstanding. */
export interface ItemOrder {
  readonly workflowId: string;
  readonly quantity: number;
  readonly placedAt: number;
  readonly expectedAt: number;
}

/** How the service is set to ask people. Durations in ms. */
export interface ReviewPolicy {
  readonly confidenceThreshold: number;
  readonly ttlMs: number;
  /** Fraction of the time after which a reminder goes out; null = no reminder. */
  readonly reminderFraction: number | null;
  readonly expiryOutcome: "hold" | "fallback";
  /** Reason code -> outcome, for questions whose silence means something else. */
  readonly expiryByRisk?: Readonly<Partial<Record<ReviewReason, "hold" | "fallback">>>;
  /** Who is asked as well when the first list stays silent; empty = nobody. */
  readonly escalationTo?: readonly string[];
  readonly valueAbove: number | null;
  readonly quantityFactor: number | null;
  readonly firstOrder: boolean;
  readonly forecastAgeDays: number | null;
  readonly approvalsRequiredAbove: number | null;
  /** How far a reviewer may extend the deadline in all; 0 = not at all. */
  readonly extensionMs: number;
  readonly orderSyncMs: number;
}

/** What the plan said, kept beside the facts it was made from. */
export interface Baseline {
  readonly plan: Plan;
  readonly fallback: boolean;
}

/** What the reason node got from an adviser: already inside the hard bounds, judged on the plan's own paths. */
export interface Advice {
  readonly quantity: number;
  /** Recomputed by code for this quantity; never the model's claim. */
  readonly confidence: number;
  readonly inStockProbability: number;
  /** The model's words, cleaned and bounded. */
  readonly words: string;
  /** What of it a person must see, whatever confidence the model claims. */
  readonly reviewReasons: readonly ReviewReason[];
  readonly record: AdviceRecord;
}

export type AdviceFailure =
  | "timeout"
  | "rate_limited"
  | "server_error"
  | "network"
  | "bad_reply"
  | "refused"
  | "rejected_request"
  | "quota"
  | "circuit_open"
  | "budget_exhausted";

export type AdviceOutcome =
  | { readonly kind: "advice"; readonly advice: Advice }
  | { readonly kind: "failed"; readonly failure: AdviceFailure; readonly record: AdviceRecord };

/** Enough to make the same assessment again, whatever was uploaded since. */
export interface AdviceBasis {
  readonly input: PlanInput;
  /** True where the input's `inStock` was all true and is left out. */
  readonly alwaysInStock: boolean;
  readonly overdue: readonly ItemOrder[];
  readonly usualOrder: number | null;
}

export interface AdviceRecord {
  readonly model: string;
  readonly promptVersion: string;
  readonly attempts: number;
  readonly outcome: "advice" | AdviceFailure;
  readonly latencyMs: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costUsd: number;
  /** The exact facts sent and the reply received, cut to a bound. */
  readonly facts: string;
  readonly reply: string | null;
  /** What each request came to, in order; the metrics count requests, not calls. */
  readonly tries?: readonly AdviceRecord["outcome"][];
  /** What the bounds made of the reply, for comparing with a shadow's. */
  readonly quantity?: number;
  /** What the answer was judged on, for replay; absent where it is too large to keep. */
  readonly basis?: AdviceBasis;
  readonly shadow?: Omit<AdviceRecord, "shadow">;
}
