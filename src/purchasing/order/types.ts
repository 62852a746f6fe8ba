/**
 * A purchase order of one store with one supplier for one order opportunity. `PurchaseOrder` is a stored contract: its
 * object keeps it, lists are projected from it, and the previous and next release read it. New fields are optional
 * (I12).
 *
 * Times are epoch milliseconds, days are days since 1970-01-01, quantities units of the item, money in `currency`.
 */
import type { ItemCommand, LineFact, SetBy } from "../../workflow/orders/purchase-line.ts";

export const PURCHASE_SCHEMA = 1;

/** Each status, in the order of an order's life, with its part of it: the lists below follow from that. */
const PHASES = {
  draft: "takes_lines",
  awaiting_approval: "takes_lines",
  approved: "takes_lines",
  closing: "closing",
  sent: "awaits_goods",
  confirmed: "awaits_goods",
  part_received: "awaits_goods",
  received: "over",
  cancelled: "over",
} as const;
export type PurchaseStatus = keyof typeof PHASES;
export const PURCHASE_STATUSES = Object.keys(PHASES) as readonly PurchaseStatus[];

const inPhase = (...phases: (typeof PHASES)[PurchaseStatus][]) =>
  PURCHASE_STATUSES.filter((status) => phases.includes(PHASES[status]));

/** Still takes lines. */
export const OPEN: ReadonlySet<PurchaseStatus> = new Set(inPhase("takes_lines"));
/** Neither with the supplier nor over: late, once the cut-off has passed. */
export const UNDECIDED: readonly PurchaseStatus[] = inPhase("takes_lines", "closing");
/** With the supplier, and goods are still to come. */
export const AWAITING_GOODS: ReadonlySet<PurchaseStatus> = new Set(inPhase("awaits_goods"));
/** With the supplier: changes by facts only (I17). */
export const PLACED: ReadonlySet<PurchaseStatus> = new Set([...AWAITING_GOODS, "received"]);
/** Nothing changes it any more but facts of its items. */
export const OVER: readonly PurchaseStatus[] = inPhase("over");
export const NOT_OVER: readonly PurchaseStatus[] = inPhase("takes_lines", "closing", "awaits_goods");

/** Why an order ended without being sent. */
export const ENDINGS = ["missed", "waited", "rescheduled", "empty", "cancelled"] as const;
export type Ending = (typeof ENDINGS)[number];

/** Why a person is needed. */
export type NeedsPerson =
  | "manual"
  | "value_above_cap"
  | "minimum_not_met"
  | "old_count"
  | "value_unknown"
  | "other_supplier";

export interface PurchaseLine {
  readonly productId: string;
  /** The item's newest fact. */
  readonly fact: LineFact;
  readonly quantity: number;
  readonly firmQuantity: number;
  /** Revision of the newest command; a fact with a lower seen revision is older than it. */
  readonly toldRevision: number;
  /** Commands that the item has not confirmed, oldest first. */
  readonly tell: readonly ItemCommand[];
  /** Only while closing: whether the item has answered. */
  readonly committed: boolean;
  /** Units received through this order; those received at the item itself are in its fact. */
  readonly receivedHere: number;
  /** Expected arrival as the supplier confirmed it, where it differs from the order's. */
  readonly expectedOn: number | null;
}

export type PurchaseEvent =
  | "opened"
  | "rebuilt"
  | "asked"
  | "reminded"
  | "edited"
  | "promised_anew"
  | "approved_in_part"
  | "approved"
  | "approval_lapsed"
  | "closing"
  | "sent"
  | "confirmed"
  | "received"
  | "taken_back"
  | "cancelled"
  | "missed"
  | "waited"
  | "rescheduled"
  | "ended_empty";

export interface PurchaseAudit {
  readonly seq: number;
  readonly at: number;
  readonly event: PurchaseEvent;
  readonly actor: string;
  readonly channel?: string;
  readonly detail?: string;
  /** SHA-256 of the previous entry's hash and this entry; set by the object, which chains them. */
  readonly hash?: string;
}

/** What others should be told; each becomes deliveries on the configured channels. */
export type PurchaseNotice = "ask" | "remind" | "sent" | "outcome";

/** An external effect: its row is written before it happens, under a key that names it (I7). */
export interface PurchaseDelivery {
  readonly key: string;
  readonly channel: "supplier" | "email" | "slack" | "webhook";
  readonly purpose: PurchaseNotice;
  readonly revision: number;
  readonly recipient?: string;
  readonly status: "pending" | "done" | "parked" | "dropped";
  readonly attempts: number;
  readonly dueAt: number;
  readonly ref?: string;
  readonly error?: string;
}

export interface Approval {
  readonly by: SetBy;
  readonly at: number;
  /** The revision that the person saw. */
  readonly revision: number;
}

export interface CountedReceipt {
  readonly reference: string;
  /** Distinguishes a repetition from a different receipt with the same reference. */
  readonly content: string;
}

/** Who placed it, and how. */
export interface Sending {
  readonly by: SetBy;
  readonly at: number;
  /** Null = by a person, outside the service. */
  readonly emails: readonly string[] | null;
  /** The revision that was shown. */
  readonly revision: number;
}

/** How a supplier and the service's settings want this order handled. */
export interface PurchasePolicy {
  readonly send: "manual" | "auto";
  readonly emails: readonly string[];
  readonly minimumValue: number | null;
  /** Orders worth more need a person. */
  readonly valueAbove: number | null;
  /** Orders worth more need two. */
  readonly approvalsRequiredAbove: number | null;
  /** An editor may not approve. */
  readonly fourEyes: boolean;
  /** An older count needs a person. */
  readonly countMaxAgeMs: number;
  /** Fraction of the time to the cut-off after which a reminder goes out; null = none. */
  readonly reminderFraction: number | null;
}

export interface PurchaseOrder {
  readonly schema: typeof PURCHASE_SCHEMA;
  readonly id: string;
  /** Raised by every write; projections carry it and never go backwards (I1). */
  readonly version: number;
  readonly storeId: string;
  readonly supplierId: string;
  readonly supplierName: string | null;
  readonly currency: string | null;
  readonly status: PurchaseStatus;
  /** Raised by every change of what a person approves or sends. */
  readonly revision: number;
  /** Given when it is frozen. */
  readonly number: string | null;
  readonly orderBy: number;
  readonly arrivesOn: number;
  readonly lines: readonly PurchaseLine[];
  readonly minimumValue: number | null;
  readonly askedAt: number | null;
  readonly remindAt: number | null;
  /** Why people were asked. */
  readonly needs: readonly NeedsPerson[];
  /** Products with another supplier about whose firm units people were asked. */
  readonly askedToKeep?: readonly string[];
  readonly approvals: readonly Approval[];
  readonly approvalsNeeded: number;
  /** Principals that edited it. */
  readonly editors: readonly string[];
  /** Set while closing and from then on. */
  readonly sending: Sending | null;
  /** Only units that a person set are placed; units planned after the person looked wait. */
  readonly firmOnly: boolean;
  readonly sentAt: number | null;
  readonly supplierReference: string | null;
  readonly ended: Ending | null;
  readonly receipts: readonly CountedReceipt[];
  readonly audit: readonly PurchaseAudit[];
  readonly deliveries: readonly PurchaseDelivery[];
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Where links point when `PUBLIC_URL` is not set. */
  readonly origin: string;
}
