/**
 * What lists show of an item's last count: when it was, when the shelf is empty, when goods ordered then arrive. Pure.
 */
import { localDay, momentOf } from "../../world/zones.ts";
import type { Snapshot } from "../types/snapshot.ts";
import type { Workflow } from "../types/workflow.ts";
import { HOUR_MS } from "../../shared/durations.ts";

export interface ShelfFacts {
  readonly countedAt: number;
  /**
   * An item's row is rewritten when its count is older than this, or when either count sells out too early. Most
   * decisions therefore write no row of the item.
   */
  readonly renewBefore: number;
  /**
   * Store day on which the shelf is empty if nothing is ordered; null = not within a year, or nothing is known of
   * demand.
   */
  readonly soldOutOn: number | null;
  readonly arrivesOn: number;
}

/** Most hours by which the newest count may be younger than the one in the item's row. */
export const KEPT_FOR_HOURS = 12;

export function shelfFacts({ snapshot, decision, shownAs, createdAt }: Workflow): ShelfFacts {
  const at = snapshot.occurredAt;
  const timeZone = shownAs?.timeZone ?? "UTC";
  const countedOn = localDay(at, timeZone);
  const calendar = decision?.calendar ?? snapshot.calendar;
  const arrivesOn = calendar?.arrivesOn ?? localDay(createdAt, timeZone) + Math.round(snapshot.leadTimeDays);
  return {
    countedAt: at,
    // Lists show the day of the count.
    renewBefore: Math.max(at - KEPT_FOR_HOURS * HOUR_MS, momentOf(countedOn, 0, timeZone)),
    soldOutOn: snapshot.onHand <= 0 ? countedOn : (decision?.evidence.soldOutOn ?? null),
    arrivesOn,
  };
}

/** The count as people are shown it: below zero where it was, though it is planned from zero. */
export function countShown({ onHand, belowZero = 0 }: Pick<Snapshot, "onHand" | "belowZero">): number {
  return onHand - belowZero;
}

/** Items that a list can be narrowed to. */
export const ATTENTION = ["short", "uncounted", "silent"] as const;
/** Sold out, or sold out before a delivery; without a recent count; sales that stopped coming. */
export type Attention = (typeof ATTENTION)[number];
