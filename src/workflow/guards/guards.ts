/**
 * What a person must see before goods are ordered, however sure the plan is. Each guard asks about restocks only, and
 * can be switched off by its code. A guard sees the world as the decision saw it.
 */
import type { Assessment } from "../assessment.ts";
import type { Facts } from "../facts.ts";
import { isOldCount, itemTime } from "../decision-time.ts";
import { unitCostInStore } from "../orders/money.ts";
import type { GuardCode, ReviewReason } from "../review.ts";
import { isOff } from "./guards-off.ts";
import type { Decision } from "../types/decision.ts";
import type { Snapshot } from "../types/snapshot.ts";
import { leavesNoOrder } from "./settings-contradict.ts";
import { restsOnUnusualDemand } from "./unusual-demand.ts";
import { DAY_MS } from "../../shared/durations.ts";

/** Orders can only count as overdue for an item with a receipt in this many days. */
const RECEIPTS_KNOWN_DAYS = 90;

export interface GuardedDecision {
  readonly decision: Decision;
  readonly snapshot: Snapshot;
  readonly assessment: Assessment;
  readonly facts: Facts;
  readonly now: number;
}

type Guard = (guarded: GuardedDecision) => boolean;

/** Most important first. */
const GUARDS = {
  settings_contradict: ({ assessment }) => leavesNoOrder(assessment),
  negative_stock: ({ snapshot }) => (snapshot.belowZero ?? 0) > 0,
  old_count: ({ snapshot, facts }) => isOldCount(snapshot, facts.world) && snapshot.backfill !== true,
  unusual_demand: ({ decision, snapshot, assessment }) => restsOnUnusualDemand(decision, snapshot, assessment),
  stale_history: ({ assessment, facts }) => isStale(assessment, facts),
  overdue_order: (guarded) => repeatsOverdueOrder(guarded),
  value_unknown: ({ snapshot, facts }) => facts.policy.valueAbove !== null && !((unitCostInStore(snapshot) ?? 0) > 0),
} as const satisfies Record<GuardCode, Guard>;

const CODES = Object.keys(GUARDS) as readonly (keyof typeof GUARDS)[];

export function guardReasons(guarded: GuardedDecision): ReviewReason[] {
  if (guarded.decision.action !== "restock") return [];
  return CODES.filter((code) => !isOff(code, guarded.facts) && GUARDS[code](guarded));
}

/** True when recent sales are unknown and no forecast replaces them. */
function isStale({ planned }: Assessment, { policy }: Facts): boolean {
  if (planned === null || planned.past === null || planned.input.forecast !== null) return false;
  const { ageDays, periodDays } = planned.past;
  return ageDays >= Math.max(policy.historyAgeDays ?? Infinity, 2 * periodDays);
}

function repeatsOverdueOrder({ snapshot, assessment, facts, now }: GuardedDecision): boolean {
  if (assessment.orders.overdue.length === 0) return false;
  const since = itemTime(snapshot, now) - RECEIPTS_KNOWN_DAYS * DAY_MS;
  return snapshot.openOrders != null || facts.receivedOrders.some((order) => order.receivedAt >= since);
}
