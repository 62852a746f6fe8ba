/**
 * Learns a store's season and measures its events, a page of items at a time. Sums and cursor are kept between pages,
 * so a restart continues where it stopped. Pure.
 */
import type { StoreWorld } from "../world/types.ts";
import type { DemandHistory } from "../world/history.ts";
import type { Outage } from "../world/outages.ts";
import { isOld, type LearningState } from "./learning-state.ts";
import type { EventSums } from "../world/event-measure.ts";
import { NOTHING_LEARNED, seasonOf, withItem, type LearningSums } from "../world/learning/season-learning.ts";

/** Their sales books take a few megabytes. */
export const ITEMS_A_PAGE = 200;
export interface LearnedItem {
  readonly productId: string;
  readonly supplierId: string | null;
  readonly outages: readonly Outage[];
  readonly history: DemandHistory;
}

export interface Lessons {
  /** Null where sales do not span long enough, or a season was learned less than a day ago. */
  readonly season: ReturnType<typeof seasonOf>;
  readonly isSeasonDue: boolean;
  readonly events: Readonly<Record<string, EventSums>>;
}

/** False for a run of an older release, whose sums lack fields that are summed now. */
export function isUnderWay({ run }: LearningState): boolean {
  return run !== null && "squares" in run.sums;
}

export function begun(state: LearningState): LearningState {
  return { ...state, hasNews: false, run: { sums: NOTHING_LEARNED, after: null } };
}

export function withPage(
  sums: LearningSums,
  items: readonly LearnedItem[],
  world: StoreWorld,
  today: number,
): LearningSums {
  return items.reduce((so, item) => withItem(so, item, world, today), sums);
}

/** The lessons of a whole run. */
export function lessonsOf({ learnedAt }: LearningState, sums: LearningSums, now: number): Lessons {
  const isSeasonDue = isOld(learnedAt, now);
  return { season: isSeasonDue ? seasonOf(sums) : null, isSeasonDue, events: sums.events };
}
