/** The clock of questions: outside a store's `review_hours` it stops. Pure; moments are epoch ms. */
import type { StoreFacts } from "../../world/types.ts";
import { localDay, momentOf } from "../../world/zones.ts";
import { DAY_MINUTES } from "../../shared/durations.ts";

type Hours = Pick<StoreFacts, "reviewHours" | "timeZone"> | null;

/** The moment at which `ms` of answering time have passed since `start`: whole milliseconds, as the database keeps. */
export function afterAnswerTime(start: number, ms: number, store: Hours): number {
  return Math.round(momentAfter(start, ms, store));
}

function momentAfter(start: number, ms: number, store: Hours): number {
  if (store?.reviewHours == null || ms <= 0) return start + ms;
  let left = ms;
  for (const [from, to] of windows(start, store)) {
    const open = to - Math.max(from, start);
    if (open >= left) return Math.max(from, start) + left;
    left -= open;
  }
  return start + ms;
}

/** Answering time between two moments. */
export function answerTimeBetween(start: number, end: number, store: Hours): number {
  if (store?.reviewHours == null) return end - start;
  let sum = 0;
  for (const [from, to] of windows(start, store)) {
    if (from >= end) return sum;
    sum += Math.min(to, end) - Math.max(from, start);
  }
  return sum;
}

/** Windows that end after `start`, in order; endless, except for a setting that contains no minute. */
function* windows(start: number, { reviewHours, timeZone }: NonNullable<Hours>): Generator<readonly [number, number]> {
  const { from, to } = reviewHours!;
  // From 22:00 to 06:00 lasts until the next day; from 00:00 to 00:00 is the whole day.
  const end = to > from ? to : to + DAY_MINUTES;
  for (let day = localDay(start, timeZone) - 1; ; day++) {
    const opens = momentOf(day, from, timeZone);
    const closes = end >= DAY_MINUTES ? momentOf(day + 1, end - DAY_MINUTES, timeZone) : momentOf(day, end, timeZone);
    if (closes > start && closes > opens) yield [opens, closes];
  }
}
