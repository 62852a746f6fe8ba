/** Node 5, review: whether a decision needs a person, and the question that is asked when it does. */
import { median } from "../../shared/median.ts";
import { afterAnswerTime, answerTimeBetween } from "../asking/answer-time.ts";
import type { Facts } from "../facts.ts";
import { orderValue } from "../orders/money.ts";
import type { Review, ReviewPolicy, ReviewReason } from "../review.ts";
import type { Decision } from "../types/decision.ts";
import type { Snapshot } from "../types/snapshot.ts";

/** A superseding question inherits the deadline, but people keep at least this share of the full time (I10). */
const LEAST_TIME_SHARE = 0.25;
/**
 * A second list is asked when this share of the time has passed: the first list had its chance, and time is left.
 */
const ESCALATION_SHARE = 0.75;

export interface RouteInput {
  readonly decision: Decision;
  readonly snapshot: Snapshot;
  readonly recentOrders: readonly number[];
  readonly forecastAgeDays: number | null;
  readonly adviceReasons: readonly ReviewReason[];
  readonly guardReasons: readonly ReviewReason[];
  readonly policy: ReviewPolicy;
}

/** Every reason to ask a person, the weightiest first; none = no person is needed. */
export function reasonsToAsk(input: RouteInput): ReviewReason[] {
  const { decision, snapshot, policy, recentOrders } = input;
  const isPlainRule = decision.evidence.meanDemandPerDay === null;
  const isRestock = decision.action === "restock";
  // Under the plain rule a hold orders nothing, so there is nothing that a person could correct. Where the maximum is
  // 0, no answer may order.
  if (!isRestock && (isPlainRule || snapshot.constraints.maxStock === 0)) return [];
  const reasons: ReviewReason[] = [...input.guardReasons, ...input.adviceReasons];
  if (decision.confidence < policy.confidenceThreshold) reasons.push(isPlainRule ? "plain_rule" : "low_confidence");
  if (isRestock) {
    const usual = usualOrder(recentOrders);
    const value = orderValue(snapshot, decision.quantity);
    if (policy.valueAbove !== null && value !== null && value > policy.valueAbove) reasons.push("value_above_cap");
    if (policy.quantityFactor !== null && usual !== null && decision.quantity > policy.quantityFactor * usual) {
      reasons.push("quantity_beyond_usual");
    }
    if (policy.firstOrder && usual === null) reasons.push("first_order");
  }
  if (policy.forecastAgeDays !== null && (input.forecastAgeDays ?? 0) > policy.forecastAgeDays)
    reasons.push("stale_forecast");
  return reasons;
}

export interface AskedFor {
  readonly reasons: readonly [ReviewReason, ...ReviewReason[]];
  readonly decision: Decision;
  readonly snapshot: Snapshot;
}

export function openReview(
  { reasons, decision, snapshot }: AskedFor,
  { policy, world: { store } }: Pick<Facts, "policy" | "world">,
  inheritedDeadline: number | null,
  now: number,
): Review {
  const fullTimeEndsAt = afterAnswerTime(now, policy.ttlMs, store);
  const wished =
    inheritedDeadline === null
      ? fullTimeEndsAt
      : Math.max(inheritedDeadline, afterAnswerTime(now, policy.ttlMs * LEAST_TIME_SHARE, store));
  // An order approved after the cut-off comes too late.
  const orderBy = snapshot.calendar?.orderBy ?? Infinity;
  const expiresAt = orderBy > now ? Math.min(wished, orderBy) : wished;
  const timeLeft = answerTimeBetween(now, expiresAt, store);
  const atShare = (share: number): number => afterAnswerTime(now, timeLeft * share, store);
  return {
    status: "pending",
    reason: reasons[0],
    reasons,
    askedAt: now,
    expiresAt,
    ...(fullTimeEndsAt === now + policy.ttlMs ? {} : { fullTimeEndsAt }),
    remindAt: policy.reminderFraction === null ? null : atShare(policy.reminderFraction),
    ...((policy.escalationTo?.length ?? 0) > 0 ? { escalateAt: atShare(ESCALATION_SHARE) } : {}),
    decidedAt: null,
    decidedBy: null,
    principal: null,
    channel: null,
    comment: null,
    verdict: null,
    approvalsNeeded: approvalsNeeded(snapshot, decision.quantity, policy),
    approvals: [],
  };
}

/** Two people for orders above the set value; an item without a known unit cost has no value to judge. */
export function approvalsNeeded(snapshot: Snapshot, quantity: number, policy: ReviewPolicy): number {
  const value = orderValue(snapshot, quantity);
  return policy.approvalsRequiredAbove !== null && value !== null && value > policy.approvalsRequiredAbove ? 2 : 1;
}

/** The usual size of an order: the median of recent ones; null before the first. */
export function usualOrder(recentOrders: readonly number[]): number | null {
  return median(recentOrders);
}
