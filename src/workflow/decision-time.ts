/** The moment for which a decision is made: by the clock of the counts that a store sends, or the present. */
import type { StoreFacts, WorldSlice } from "../world/types.ts";
import type { Snapshot } from "./types/snapshot.ts";
import { HOUR_MS } from "../shared/durations.ts";

/** How long a count of stock stays current, where the store does not say. */
export const COUNT_MAX_AGE_HOURS = 36;

export function countMaxAgeMs(store: Pick<StoreFacts, "countMaxAgeHours"> | null): number {
  return (store?.countMaxAgeHours ?? COUNT_MAX_AGE_HOURS) * HOUR_MS;
}

type Times = Pick<Snapshot, "occurredAt" | "receivedAt">;

/**
 * Item time of a moment: the clock of the counts that the store sends. A trigger that says when the stock was counted
 * sets it. Orders, receipts and ages are dated by it, so a store's past days can be replayed as they were.
 */
export function itemTime(times: Times, now: number): number {
  return times.occurredAt + Math.max(0, now - times.receivedAt);
}

/** True for a count that was old when it arrived: a store's past is being replayed, or a till was offline. */
export function isOldCount(times: Times, world: WorldSlice): boolean {
  return times.receivedAt - times.occurredAt > countMaxAgeMs(world.store);
}

/** When an order from this count would be placed: now, or at the moment of the count where that is long past. */
export function orderMoment(times: Times, world: WorldSlice, now: number): number {
  return isOldCount(times, world) ? itemTime(times, now) : now;
}
