/**
 * The shapes of a workflow. `Workflow` is a stored contract: it is written to the item's SQLite and projected to the
 * database, carries `schema`, and must be readable by the previous and the next release. New fields are optional (I12).
 *
 * Times are epoch milliseconds. Quantities are units of the item. Nothing here knows the wire's names.
 */
import type { ACTIONS, WORKFLOW_STATUSES } from "../shared/statuses.ts";
import type { Costs, OrderConstraints } from "../replenishment/types.ts";
import type { Outage } from "../world/outages.ts";
import type { DatedLot } from "../world/plan-input.ts";
import type { CalendarTerms } from "../world/supply-terms.ts";
import type { ItemTerms } from "./item-terms.ts";
import type { ReportedOrder } from "./orders/item-order.ts";
import type { AdviceRecord } from "./advice/advice.ts";
import type { Review } from "./review.ts";
import type { StandingNo } from "./no.ts";
import type { TrackRecord } from "./confidence/track-record.ts";

export const WORKFLOW_SCHEMA = 1;

export const NODES = ["validate", "forecast", "assess", "reason", "review", "act"] as const;
export type NodeName = (typeof NODES)[number];

export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

export type Action = (typeof ACTIONS)[number];
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
  /** The target where no costs were given; `costs` then only express it as a ratio. */
  readonly serviceLevel?: number | null;
  /** In the supplier's money. */
  readonly unitCost: number | null;
  /** Value of one unit of that money in the store's; absent = it is the same, null = unknown. */
  readonly rate?: number | null | undefined;
  readonly constraints: OrderConstraints;
  readonly shelfLifeDays: number | null;
  readonly notes: string | null;
  /** What the trigger said, for making the snapshot again with present settings (I6); absent in older records. */
  readonly said?: SaidByTrigger;
  /** Absent: demand waits where backorders exist. */
  readonly unmet?: "lost" | "backorder";
  /** Units by which the count was below zero without being owed to anybody. */
  readonly belowZero?: number;
  /** The order opportunity that lead time and review period belong to; absent or null without a supplier. */
  readonly calendar?: CalendarTerms | null;
  readonly openOrders?: readonly ReportedOrder[] | null | undefined;
  readonly lots?: readonly DatedLot[] | null | undefined;
  /** Last day of demand. */
  readonly phaseOutOn?: number | null;
  readonly orderUnit?: { readonly name: string; readonly units: number } | null;
  readonly backfill?: boolean | undefined;
  /** When the stock was counted; the arrival of the trigger where the sender did not say. */
  readonly occurredAt: number;
  /** When that count reached the item. */
  readonly receivedAt: number;
}

/** The trigger's own values; settings fill in the rest. */
export interface SaidByTrigger {
  readonly currentStock: number;
  readonly backordered: number;
  readonly reserved: number;
  readonly safetyStock: number | null;
  readonly terms: ItemTerms;
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
  /** Days to the arrival, and from it to the next one. Absent in older records, as are those below. */
  readonly leadTimeDays?: number;
  readonly reviewPeriodDays?: number;
  /** Store days since 1970-01-01. */
  readonly historyThrough?: number | null;
  /** Days since then without known sales. */
  readonly historyAgeDays?: number | null;
  readonly seasonFactor?: number | null;
  /** Ids of events between the count and the next order's arrival. */
  readonly events?: readonly string[];
  readonly expectedWaste?: number | null;
  /** Store day on which it sells out if nothing is ordered, and with this order; null = not within a year. */
  readonly soldOutOn?: number | null;
  readonly lastsUntil?: number | null;
  /** The wanted quantity before packs, minimum and maximum. */
  readonly wished?: number;
}

/**
 * Names of the item and its surroundings, and how the store writes numbers and times, as of the trigger's arrival.
 */
export interface ShownAs {
  readonly name?: string | undefined;
  readonly gtin?: string | undefined;
  readonly store?: string | undefined;
  readonly supplier?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly locale?: string | undefined;
  /** Currency of the unit cost: the supplier's, else the store's. */
  readonly currency?: string | undefined;
}

export interface Recommendation {
  readonly action: Action;
  readonly quantity: number;
  readonly confidence: number;
}

export interface Decision extends Recommendation {
  /** The order opportunity it is for; absent or null without one. */
  readonly calendar?: CalendarTerms | null;
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

export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly event:
    | "received"
    | "asked"
    | "reminded"
    | "escalated"
    | "extended"
    | "approved_in_part"
    | "verdict"
    | "revised"
    | "expired"
    | "superseded"
    | "taken_back"
    | "executed"
    | "order_changed"
    | "adviser_called"
    | "adviser_answered";
  /** The principal: a key's or a person's id, or a part of the service. */
  readonly actor: string;
  /** What the principal calls itself; it proves nothing. */
  readonly label?: string | undefined;
  readonly channel?: string;
  readonly detail?: string;
  /** SHA-256 of the previous entry's hash and this entry; set by the item, which chains them. */
  readonly hash?: string;
}

/** What others should be told about a workflow; the item turns each into deliveries on the configured channels. */
export type NoticePurpose = "ask" | "remind" | "escalate" | "outcome" | "facts_updated";

/** An external effect: its row is written before it happens, under a key that names it (I7). */
export interface Delivery {
  /** `{workflow}/{revision}/{purpose}/{channel}[/{recipient}]`: the idempotency key sent along. */
  readonly key: string;
  readonly channel: "email" | "slack" | "webhook";
  /** The last three are events for systems. */
  readonly purpose: NoticePurpose | "decision" | "opened" | "decided";
  readonly revision: number;
  /** An address; of a webhook, the id of the endpoint, absent for `WEBHOOK_URL`. */
  readonly recipient?: string;
  /** The recipient's id on the roster, for a link in their own name. */
  readonly person?: string;
  /** Who asked for this person to be asked, and why if they said so. */
  readonly asked?: { readonly by: string; readonly note: string | null };
  /** Somebody asked for this very message: it is sent however many questions the store has. */
  readonly isWished?: boolean;
  readonly status: "pending" | "done" | "parked" | "dropped";
  readonly attempts: number;
  readonly dueAt: number;
  /** What the channel gave back and later needs (a Slack message's ts, a mail's Message-ID). */
  readonly ref?: string;
  /** The message of the question that this one replaced: it is edited instead of sending a new one (I10). */
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
  /** Absent where nobody named anything. */
  readonly shownAs?: ShownAs | undefined;
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
  /** The principal whose trigger made this. */
  readonly sentBy?: string;
  /** The run that decided the item again from its last count; absent = a count arrived. */
  readonly runId?: string | undefined;
  /** The workflow whose answer somebody took back: people are asked about any order, whatever the confidence. */
  readonly takesBack?: string | undefined;
  readonly requestId: string | null;
  /** W3C Trace Context of the request that made it; absent = it was part of no trace. */
  readonly traceparent?: string | undefined;
  /** Where links point when `PUBLIC_URL` is not set: the origin of the request that made the workflow. */
  readonly origin: string;
  /**
   * The purchase order that the decision's order is part of, and how far it has come; absent = it was an order at once.
   */
  readonly purchase?: {
    readonly poId: string;
    readonly status: "planned" | "firm" | "sent" | "replanned" | "cancelled";
  };
  /** The workflow whose No (a person's, or an expired question's) answered this one. */
  readonly stands?: string;
  /** A No that was in force when this workflow was decided, whatever it decided. */
  readonly carriedNo?: StandingNo | undefined;
  /** Confidence against outcome so far; the newest count's workflow holds the present record. */
  readonly track?: TrackRecord | null;
  /** When the item had nothing to sell; the newest count's workflow holds the whole list. */
  readonly outages?: readonly Outage[];
  /** Fingerprint of the facts behind the decision; a different one at `act` means that the world changed (I6). */
  readonly factsFingerprint: string;
  /** What the adviser was asked and answered, bounded in size, for replay. */
  readonly advice?: AdviceRecord | null;
}

export const TERMINAL: ReadonlySet<WorkflowStatus> = new Set(["completed", "rejected", "expired", "superseded"]);
