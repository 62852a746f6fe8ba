/**
 * For a run that decides an item again from its last count: whether anything new is known since then, and the count as
 * a trigger.
 */
import { endOf } from "../world/past.ts";
import { storeDay } from "../world/opening.ts";
import { countMaxAgeMs } from "./decision-time.ts";
import type { Facts, Trigger } from "./facts.ts";
import { fingerprintOf } from "./steps/assess.ts";
import { presentSnapshot } from "./steps/validate.ts";
import { standsAt } from "./standing-no.ts";
import type { Snapshot } from "./types/snapshot.ts";
import type { Workflow } from "./types/workflow.ts";

export function isRecent({ occurredAt }: Snapshot, { world }: Pick<Facts, "world">, now: number): boolean {
  return now - occurredAt <= countMaxAgeMs(world.store);
}

/**
 * True when nothing that `last` was decided on has changed: settings, demand, world, orders of others, the opportunity,
 * and the days of its history that are over. The order that `last` itself made does not count as a change.
 */
export function isUnchanged(last: Workflow, facts: Facts, now: number): boolean {
  if (last.status === "running") return true;
  // An expired question counts as a No only until the next run, which is this one.
  if (facts.standingNo?.kind === "expired" && standsAt(facts.standingNo, now)) return false;
  const own = new Set([last.id, last.supersededBy]);
  const openOrders = facts.openOrders.filter(({ workflowId }) => !own.has(workflowId));
  if (fingerprintOf({ ...facts, openOrders }) !== last.factsFingerprint) return false;
  const present = presentSnapshot(last.snapshot, facts, now);
  if (present.calendar?.orderBy !== last.snapshot.calendar?.orderBy) return false;
  return daysKnown(facts, now) === daysKnown(facts, last.createdAt);
}

/** The facts without an expired question's No, which a run ignores. A person's refusal still counts. */
export function withoutSilence(facts: Facts): Facts {
  return facts.standingNo?.kind === "expired" ? { ...facts, standingNo: null } : facts;
}

/** The count as a trigger: the same body and moment, without its note. */
export function asTrigger({ said, onOrder, openOrders, lots, backfill, occurredAt, ...snapshot }: Snapshot): Trigger {
  return {
    currentStock: said?.currentStock ?? snapshot.onHand,
    safetyStock: said === undefined ? snapshot.safetyStock : said.safetyStock,
    onOrder,
    openOrders: openOrders ?? null,
    backordered: said?.backordered ?? snapshot.backordered,
    reserved: said?.reserved ?? 0,
    lots: lots ?? null,
    ...(backfill === true ? { backfill } : {}),
    terms: said?.terms ?? {},
    notes: null,
    occurredAt,
  };
}

/** Last day of history that was over at a moment. */
function daysKnown({ inputs, world }: Facts, at: number): number | null {
  const history = inputs.history ?? inputs.borrowed?.history ?? null;
  if (history === null) return null;
  const known = history.completeThrough ?? endOf(history, history.period ?? "day");
  return Math.min(known, storeDay(at, world.store) - 1);
}
