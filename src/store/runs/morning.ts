/** When a store's items are decided again automatically: once each local day, at its `review_at`. Pure. */
import type { StoreFacts } from "../../world/types.ts";
import { localDay, nextMomentOf } from "../../world/zones.ts";

export interface Morning {
  readonly schema: 1;
  readonly storeId: string;
  /** Minutes after local midnight; null = never automatically. */
  readonly reviewAt: number | null;
  readonly timeZone: string;
  readonly nextAt: number | null;
  /** The local day of the last automatic run. */
  readonly lastDay: number | null;
}

/** The plan under the store's present settings: `known` itself where they are unchanged; null = never any. */
export function plannedMorning(
  known: Morning | null,
  storeId: string,
  store: Pick<StoreFacts, "reviewAt" | "timeZone"> | null,
  now: number,
): Morning | null {
  const reviewAt = store?.reviewAt ?? null;
  if (known === null && reviewAt === null) return null;
  const timeZone = store?.timeZone ?? known?.timeZone ?? "UTC";
  if (known !== null && known.reviewAt === reviewAt && known.timeZone === timeZone) return known;
  const lastDay = known?.lastDay ?? null;
  return { schema: 1, storeId, reviewAt, timeZone, nextAt: nextMorning(reviewAt, timeZone, lastDay, now), lastDay };
}

/** The plan once the run of `nextAt` has begun; days of missed runs are made up for by one run. */
export function begunMorning(morning: Morning, now: number): Morning {
  const { reviewAt, timeZone, nextAt } = morning;
  const lastDay = localDay(nextAt ?? now, timeZone);
  return { ...morning, lastDay, nextAt: nextMorning(reviewAt, timeZone, lastDay, now) };
}

/** The first `review_at` after `now` on a day without a run. */
function nextMorning(reviewAt: number | null, timeZone: string, lastDay: number | null, now: number): number | null {
  return reviewAt === null ? null : nextMomentOf(reviewAt, timeZone, now, (lastDay ?? -Infinity) + 1);
}
