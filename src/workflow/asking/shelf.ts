/**
 * What lists show of an item's last count: when it was, when the shelf is empty, when goods ordered then arrive. Pure.
 */
import { localDay } from "../../world/zones.ts";
import type { Workflow } from "../types.ts";

export interface ShelfFacts {
  /** Full hours, so that an item's row is written once an hour at the most. */
  readonly countedAt: number;
  /**
   * Store day on which the shelf is empty if nothing is ordered; null = not within a year, or nothing is known of
   * demand.
   */
  readonly soldOutOn: number | null;
  readonly arrivesOn: number;
}

const HOUR_MS = 3_600_000;

export function shelfFacts({ snapshot, decision, shownAs, createdAt }: Workflow): ShelfFacts {
  const at = snapshot.occurredAt;
  const countedOn = localDay(at, shownAs?.timeZone ?? "UTC");
  const calendar = decision?.calendar ?? snapshot.calendar;
  const arrivesOn =
    calendar?.arrivesOn ?? localDay(createdAt, shownAs?.timeZone ?? "UTC") + Math.round(snapshot.leadTimeDays);
  return {
    countedAt: Math.floor(at / HOUR_MS) * HOUR_MS,
    soldOutOn: snapshot.onHand <= 0 ? countedOn : (decision?.evidence.soldOutOn ?? null),
    arrivesOn,
  };
}

/** Items that a list can be narrowed to. */
export const ATTENTION = ["short", "uncounted", "silent"] as const;
/** Sold out, or sold out before a delivery; without a recent count; sales that stopped coming. */
export type Attention = (typeof ATTENTION)[number];
