/**
 * Learns a store's season and measures its events, a page of items at a time: sums and cursor are kept between pages, so
 * that a restart goes on where it was. Pure but for what it is given.
 */
import type { StoreWorld } from "../world/types.ts";
import type { DemandHistory } from "../world/history.ts";
import { NOTHING_LEARNED, seasonOf, withItem, type EventSums, type LearningSums } from "../world/season-learning.ts";

/** Some megabytes of books. */
export const ITEMS_A_PAGE = 200;
/** A season is learned anew at most this often; events are measured whenever sales or events changed. */
const SEASON_EVERY_MS = 86_400_000;

export interface LearningState {
  readonly schema: 1;
  readonly storeId: string;
  /** Sales or events changed since the last run began. */
  readonly hasNews: boolean;
  /** The last run came too early for another season. */
  readonly seasonWaits: boolean;
  /** When a season was last learned; null = never. */
  readonly learnedAt: number | null;
  /** Null = not under way. */
  readonly run: { readonly sums: LearningSums; readonly after: string | null } | null;
}

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

export function isDue({ hasNews, seasonWaits, learnedAt, run }: LearningState, now: number): boolean {
  return hasNews || run !== null || (seasonWaits && isOld(learnedAt, now));
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

function isOld(learnedAt: number | null, now: number): boolean {
  return learnedAt === null || now - learnedAt >= SEASON_EVERY_MS;
}
