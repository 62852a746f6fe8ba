/** An item's work without a caller: the alarm's, and the upkeep that a sweep asks for. */
import { isPastDeadline } from "../../workflow/steps/expire.ts";
import { transition } from "../../workflow/transition.ts";
import { TERMINAL } from "../../workflow/types/workflow.ts";
import type { Item } from "../item.ts";
import type { Triggers } from "../triggers.ts";

/** Rows that one alarm tidies at most: it must be short, since triggers wait behind it. */
const COMPACT_ROWS = 100;

/**
 * Does what is due now: expiry, reminder, escalation, interrupted work. Effects are started but not awaited.
 */
export async function startDue(item: Item, triggers: Triggers): Promise<void> {
  const question = item.openQuestion;
  if (question !== null && isPastDeadline(question, item.deps.now())) await item.knowledge.knowStore();
  item.expireOverdue();
  for (const type of ["reminder_due", "escalation_due"] as const) {
    const open = item.openQuestion;
    if (open !== null) item.apply(transition(open, { type }, item.deps.now()));
  }
  await triggers.resume();
  item.projections.start();
  item.deliveries.start();
  item.lines.start();
}

/** The same, but waits for the effects. */
export async function runDue(item: Item, triggers: Triggers): Promise<void> {
  await startDue(item, triggers);
  await Promise.all([item.projections.drain(), item.deliveries.drain(), item.lines.drain()]);
}

/** The alarm handler; never throws, since an alarm that throws is retried a few times and then gone. */
export async function onAlarm(item: Item, triggers: Triggers): Promise<void> {
  const { alarm, journal, deps } = item;
  const work = async (hasWork: boolean): Promise<void> => {
    await runDue(item, triggers);
    // After real work the watermark is stored, so nothing is sent twice; an idle backstop writes nothing.
    journal.compact(deps.now(), COMPACT_ROWS, hasWork ? 0 : undefined);
  };
  await alarm.ring(work, (cause) => deps.onFailure("alarm", cause));
}

/**
 * Retention: drops what is finished, delivered and older than `cutoff` (epoch ms), and never sends it again. Rejects
 * until the database has confirmed what it has, because a reopened object does not know and would send it later.
 */
export async function forgetBefore(item: Item, cutoff: number): Promise<void> {
  const { journal, projections, deliveries, deps } = item;
  await Promise.all([projections.drain(), deliveries.drain()]);
  if (journal.workflows.hasUnconfirmed) throw new Error("the database has not confirmed what this item has sent");
  journal.compact(deps.now(), COMPACT_ROWS, 0);
  journal.workflows.forget(cutoff);
}

/**
 * For a sweep that found this item late: does what is due, and sets an alarm that the platform lost, even if the object
 * still believes that it is set.
 *
 * @param overdue workflows that the log shows as undecided past their deadline. One that is decided here is projected
 *   again, since the log was reset or missed the decision.
 */
export async function wakeLate(item: Item, triggers: Triggers, overdue: readonly string[]): Promise<void> {
  for (const id of overdue) {
    const known = item.find(id);
    if (known !== null && TERMINAL.has(known.status)) item.journal.workflows.sendAgain(known);
  }
  await startDue(item, triggers);
  await item.alarm.wake();
}

/** Projects everything that the item keeps again; rejects unless the database takes all of it. */
export async function projectAgain({ journal, projections }: Item): Promise<void> {
  journal.workflows.forgetConfirmations();
  await projections.drain();
  if (journal.workflows.hasUnconfirmed) throw new Error("the database did not take all that this item keeps");
}
