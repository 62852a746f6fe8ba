/**
 * When an item next has something to do: plain data in, one moment out. All due times share the object's one alarm.
 */
import type { Workflow } from "../../workflow/types/workflow.ts";
import { nextDelivery } from "../store/workflow-columns.ts";

/**
 * Projections go out right after the commit; the alarm behind them, the backstop, is only for a crash in between. The
 * platform closes an object ten seconds after its last call, and an alarm that opens it again costs as much as the
 * decision did. So the first backstop since it was opened rings before that, within this time and its spread.
 */
const FIRST_BACKSTOP_MS = 5_000;
const FIRST_SPREAD_MS = 3_000;
/**
 * An item that goes on deciding stays open, and its backstops come later, rounded up to a tick: a burst of decisions
 * then needs the same alarm, which costs no write. In any case, whatever was acknowledged before a crash is in the
 * database within a minute.
 */
const BACKSTOP_MS = 15_000;
const BACKSTOP_TICK_MS = 30_000;
/** Lines are sent right after the commit; after a crash they are on their purchase order within a minute (I16). */
const TELL_WITHIN_MS = 10_000;
const TELL_TICK_MS = 30_000;
/** A journaled workflow that nobody is working on: its object restarted in the middle. */
const RESUME_MS = 1_000;

export interface DueInput {
  readonly active: readonly Workflow[];
  readonly unconfirmed: boolean;
  /** No alarm was set since the object was opened. */
  readonly isFirst: boolean;
  /** Ordinals that are being worked on in memory at this moment. */
  readonly inProgress: ReadonlySet<number>;
  /** When work in progress counts as lost, ms from now. */
  readonly progressLimitMs: number;
  /** Set while the database refuses projections: when to try again. */
  readonly projectAt: number | null;
  /** Set while a line cannot reach its purchase order: when to try again. */
  readonly tellAt: number | null;
  /** A purchase order does not hold the item's line yet. */
  readonly hasUntold: boolean;
  /** Offset of this item's backstops in the tick, so a store's alarms do not all go off at once; see `phaseOf`. */
  readonly phaseMs: number;
}

/** An object id is a hash: its first digits spread items evenly over the tick. */
export function phaseOf(objectId: string): number {
  return Number.parseInt(objectId.slice(0, 8), 16) % BACKSTOP_TICK_MS;
}

export function nextDue(input: DueInput, now: number): number | null {
  let next = Infinity;
  const consider = (at: number): void => void (next = Math.min(next, at));
  for (const workflow of input.active) {
    const delivery = nextDelivery(workflow);
    if (delivery !== null) consider(delivery);
    // While an adviser is asked, waiting workflows need no alarm: it only covers a crash.
    if (workflow.status === "running") consider(now + (input.inProgress.size > 0 ? input.progressLimitMs : RESUME_MS));
    if (workflow.status === "awaiting_human_review" && workflow.review !== null) {
      consider(workflow.review.expiresAt);
      if (workflow.review.remindAt !== null) consider(workflow.review.remindAt);
      if (workflow.review.escalateAt != null) consider(workflow.review.escalateAt);
    }
  }
  if (input.projectAt !== null) consider(input.projectAt);
  else if (input.unconfirmed) consider(backstop(input, now));
  if (input.tellAt !== null) consider(input.tellAt);
  else if (input.hasUntold) consider(Math.ceil((now + TELL_WITHIN_MS) / TELL_TICK_MS) * TELL_TICK_MS);
  return next === Infinity ? null : next;
}

/** Later ones fall on the first tick of the item's phase that is far enough away. */
function backstop({ isFirst, phaseMs }: DueInput, now: number): number {
  if (isFirst) return now + FIRST_BACKSTOP_MS + (phaseMs % FIRST_SPREAD_MS);
  return Math.ceil((now + BACKSTOP_MS - phaseMs) / BACKSTOP_TICK_MS) * BACKSTOP_TICK_MS + phaseMs;
}
