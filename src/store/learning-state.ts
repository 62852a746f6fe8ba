/** Progress of a store's learning, and when it is due. */
import type { LearningSums } from "../world/learning/season-learning.ts";
import { DAY_MS } from "../shared/durations.ts";

/** A season is learned anew at most this often; events are measured whenever sales or events changed. */
const SEASON_EVERY_MS = DAY_MS;

export interface LearningState {
  readonly schema: 1;
  readonly storeId: string;
  /** Sales or events changed since the last run began. */
  readonly hasNews: boolean;
  /** The last run came too early to learn the season again. */
  readonly seasonWaits: boolean;
  /** When a season was last learned; null = never. */
  readonly learnedAt: number | null;
  /** Null = not under way. */
  readonly run: { readonly sums: LearningSums; readonly after: string | null } | null;
}

export function isDue({ hasNews, seasonWaits, learnedAt, run }: LearningState, now: number): boolean {
  return hasNews || run !== null || (seasonWaits && isOld(learnedAt, now));
}

export function isOld(learnedAt: number | null, now: number): boolean {
  return learnedAt === null || now - learnedAt >= SEASON_EVERY_MS;
}
