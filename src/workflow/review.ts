/**
 * Asking people: why, whom, what they answer, and how the service is set to ask. `Review` is stored within its
 * workflow, so new fields are optional (I12). Times are epoch milliseconds.
 */
import type { REVIEW_STATUSES } from "../shared/statuses.ts";

export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

export const GUARD_CODES = [
  "settings_contradict",
  "negative_stock",
  "old_count",
  "unusual_demand",
  "stale_history",
  "overdue_order",
  "value_unknown",
] as const;
/** Guards that are on unless they are switched off by their code. */
export type GuardCode = (typeof GUARD_CODES)[number];

/** Why a person is asked. The first that applies is the review's `reason`. */
export const REVIEW_REASONS = [
  ...GUARD_CODES,
  "low_confidence",
  "plain_rule",
  "value_above_cap",
  "quantity_beyond_usual",
  "first_order",
  "stale_forecast",
  "model_disagrees",
  "model_left_band",
  "world_moved",
  "changed_since_no",
  "taken_back",
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export type ReviewChannel = "api" | "link" | "slack" | "inbox" | "expiry";

/** Who acts. `principal` distinguishes people (API key id, link recipient, Slack user); `label` is what is shown. */
export interface Actor {
  readonly principal: string;
  readonly label: string;
  readonly channel: ReviewChannel;
  /** Where a person of the roster gets mail, in lower case. */
  readonly address?: string;
}

/** Limits of a person; a key, or a channel without named people, has none. */
export interface ReviewerLimits {
  /** Null = every store. */
  readonly stores: readonly string[] | null;
  readonly mayReview: boolean;
  /** Order value in the store's currency; null = none. */
  readonly valueLimit: number | null;
  /** False for a channel that does not identify its user: it cannot count as one of two people. */
  readonly countsForQuorum: boolean;
}

type VerdictKind = "approve" | "reject" | "modify";

export interface Verdict {
  readonly kind: VerdictKind;
  /** Only with `modify`. */
  readonly quantity: number | null;
  readonly comment: string | null;
  /** The revision the person saw; null = not said, which is accepted for revision 1 only. */
  readonly revision: number | null;
  readonly actor: Actor;
  /** Absent = none. */
  readonly limits?: ReviewerLimits;
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
  /** When the full time ends, where the store's review hours make that later. */
  readonly fullTimeEndsAt?: number;
  readonly remindAt: number | null;
  /** When a second list of people is asked; absent or null = never, or already done. */
  readonly escalateAt?: number | null;
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
  readonly principal: string | null;
  /** Mail address of the person who decided, where known: nobody is mailed their own answer. */
  readonly address?: string;
  readonly channel: ReviewChannel | null;
  readonly comment: string | null;
  /** The verdict that won, so that its repetition by the same person is recognised (I4). */
  readonly verdict: { readonly kind: VerdictKind; readonly quantity: number | null } | null;
  /** Somebody took the answer back before anything came of it outside. */
  readonly takenBack?: { readonly at: number; readonly by: string; readonly principal: string };
  /** How many people must approve, and who has (quorum). */
  readonly approvalsNeeded: number;
  readonly approvals: readonly Approval[];
}

/** How the service is set to ask people. Durations in ms. */
export interface ReviewPolicy {
  readonly confidenceThreshold: number;
  readonly ttlMs: number;
  /** Fraction of the time after which a reminder goes out; null = no reminder. */
  readonly reminderFraction: number | null;
  readonly expiryOutcome: "hold" | "fallback";
  /** Reason code -> outcome, where it differs from `expiryOutcome`. */
  readonly expiryByRisk?: Readonly<Partial<Record<ReviewReason, "hold" | "fallback">>>;
  /** Who is asked as well when the first list stays silent; empty = nobody. */
  readonly escalationTo?: readonly string[];
  readonly valueAbove: number | null;
  readonly quantityFactor: number | null;
  readonly firstOrder: boolean;
  readonly forecastAgeDays: number | null;
  /** Days since the last complete one after which history alone is too old to order by; null or absent = never. */
  readonly historyAgeDays?: number | null;
  readonly guardsOff?: readonly GuardCode[];
  readonly approvalsRequiredAbove: number | null;
  /** How far a reviewer may extend the deadline in all; 0 = not at all. */
  readonly extensionMs: number;
  /** An own order younger than this is not yet in a store's system, so it counts beside the store's own list. */
  readonly orderSyncMs: number;
  /** Nobody may approve what they sent themselves: a count, or a purchase order that they edited. */
  readonly fourEyes?: boolean;
}
