/**
 * A workflow's record. It is a stored contract: it is written to the item's SQLite and projected to the database,
 * carries `schema`, and must be readable by the previous and the next release. New fields are optional (I12), here and
 * in the parts beside this file.
 *
 * Times are epoch milliseconds. Quantities are units of the item. Nothing here knows the wire's names.
 */
import type { WORKFLOW_STATUSES } from "../../shared/statuses.ts";
import type { Outage } from "../../world/outages.ts";
import type { AdviceRecord } from "../advice/advice.ts";
import type { ShownAs } from "../asking/shown-as.ts";
import type { TrackRecord } from "../confidence/track-record.ts";
import type { StandingNo } from "../no.ts";
import type { Review } from "../review.ts";
import type { AuditEntry } from "./audit-entry.ts";
import type { Decision, Recommendation } from "./decision.ts";
import type { Delivery } from "./delivery.ts";
import type { NodeRecord } from "./node-record.ts";
import type { Snapshot } from "./snapshot.ts";

export const WORKFLOW_SCHEMA = 1;

export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

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
  /** Principals of later triggers whose count this question took over; absent = none but `sentBy`. */
  readonly alsoSentBy?: readonly string[];
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
