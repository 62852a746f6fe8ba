/**
 * A run decides an item again from its last count: whether anything is known by now that was not, and the count as a
 * trigger.
 */
import { endOf } from "../world/past.ts";
import { storeDay } from "../world/opening.ts";
import type { Facts, Trigger } from "./facts.ts";
import { fingerprintOf } from "./steps/assess.ts";
import { presentSnapshot } from "./steps/validate.ts";
import { standsAt } from "./standing-no.ts";
import type { Snapshot, Workflow } from "./types.ts";

const HOUR_MS = 3_600_000;
/** As for a count that arrives, where the store does not say. */
export const COUNT_MAX_AGE_HOURS = 36;

export function isRecent({ occurredAt }: Snapshot, { world }: Pick<Facts, "world">, now: number): boolean {
  return now - occurredAt <= (world.store?.countMaxAgeHours ?? COUNT_MAX_AGE_HOURS) * HOUR_MS;
}

/**
 * True when the knowledge that `last` was decided on is what it was: settings, demand, world, orders of others, the
 * opportunity, and the days of its history that are over. What it ordered itself is no news.
 */
export function isUnchanged(last: Workflow, facts: Facts, now: number): boolean {
  if (last.status === "running") return true;
  // Silence counts until the next run, which is this one.
  if (facts.standingNo?.kind === "expired" && standsAt(facts.standingNo, now)) return false;
  const own = new Set([last.id, last.supersededBy]);
  const openOrders = facts.openOrders.filter(({ workflowId }) => !own.has(workflowId));
  if (fingerprintOf({ ...facts, openOrders }) !== last.factsFingerprint) return false;
  const present = presentSnapshot(last.snapshot, facts, now);
  if (present.calendar?.orderBy !== last.snapshot.calendar?.orderBy) return false;
  return daysKnown(facts, now) === daysKnown(facts, last.createdAt);
}

/** A run ignores that nobody answered. What a person refused still counts. */
export function withoutSilence(facts: Facts): Facts {
  return facts.standingNo?.kind === "expired" ? { ...facts, standingNo: null } : facts;
}

/** The same body without its note, of the same moment. */
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
