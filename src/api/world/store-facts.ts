/** A store and its season between the wire and the inside. */
import type * as z from "zod";
import { COUNT_MAX_AGE_HOURS } from "../../workflow/decision-time.ts";
import { WEEKDAYS, type Season, type StoreFacts } from "../../world/types.ts";
import { closedToWire, timeToWire } from "./calendar-fields.ts";
import type { StoreBody } from "./store-shape.ts";

export function toStore(storeId: string, body: z.output<typeof StoreBody>): StoreFacts {
  return {
    storeId,
    name: body.name ?? null,
    timeZone: body.time_zone ?? "UTC",
    locale: body.locale ?? "en",
    currency: body.currency ?? null,
    openDays: body.open_days ?? WEEKDAYS,
    closed: body.closed ?? [],
    reviewAt: body.review_at ?? null,
    reviewHours: body.review_hours ?? null,
    countMaxAgeHours: body.count_max_age_hours ?? COUNT_MAX_AGE_HOURS,
    reviewers: body.reviewers ?? null,
  };
}

/** The defaults of a store that nobody described. */
export function undescribedStore(storeId: string): StoreFacts {
  return toStore(storeId, {});
}

export function storeToWire(store: StoreFacts) {
  return {
    store_id: store.storeId,
    name: store.name,
    time_zone: store.timeZone,
    locale: store.locale,
    currency: store.currency,
    open_days: store.openDays,
    closed: closedToWire(store.closed),
    review_at: store.reviewAt === null ? null : timeToWire(store.reviewAt),
    review_hours:
      store.reviewHours === null
        ? null
        : { from: timeToWire(store.reviewHours.from), to: timeToWire(store.reviewHours.to) },
    count_max_age_hours: store.countMaxAgeHours,
    reviewers: store.reviewers,
  };
}

export function seasonToWire(season: Season | null) {
  if (season === null) return null;
  return {
    weeks: season.weeks,
    source: season.source,
    learned_at: new Date(season.learnedAt).toISOString(),
    items: season.items,
    span_weeks: season.spanWeeks,
  };
}
