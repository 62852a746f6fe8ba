/**
 * Learns a store's season and measures its events, a page of items at a time: sums and cursor are kept between pages, so
 * that a restart goes on where it was. Pure but for what it is given.
 */
import type { StoreWorld } from "../world/types.ts";
import type { DemandHistory } from "../world/history.ts";
import { isOld, type LearningState } from "./learning-state.ts";
import type { EventSums } from "../world/event-measure.ts";
import { NOTHING_LEARNED, seasonOf, withItem, type LearningSums } from "../world/season-learning.ts";

/** Some megabytes of books. */
export const ITEMS_A_PAGE = 200;
export interface LearnedItem {
  readonly productId: string;
  readonly supplierId: string | null;
  readonly history: DemandHistory;
}

export interface Lessons {
  /** Null where sales do not span long enough, or a season was learned less than a day ago. */
  readonly season: ReturnType<typeof seasonOf>;
  readonly isSeasonDue: boolean;
  readonly events: Readonly<Record<string, EventSums>>;
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
  // Each event's own days are compared with what is around them, so only those that are over are read.
  const events = world.events.filter((event) => event.to < today);
  return items.reduce((so, item) => withItem(so, item, { store: world.store, events }, today), sums);
}

/** What the whole run taught. */
export function lessonsOf({ learnedAt }: LearningState, sums: LearningSums, now: number): Lessons {
  const isSeasonDue = isOld(learnedAt, now);
  return { season: isSeasonDue ? seasonOf(sums) : null, isSeasonDue, events: sums.events };
}
