/**
 * What a store's sales teach: the season of its weeks, and what its events did. Sums over items, so that they can be
 * gathered a few items at a time; events are divided out of the season, unseen days are left out of both.
 */
import { isoWeekIndex, WEEKS } from "../replenishment/models/day-numbers.ts";
import { FACTOR_FLOOR } from "../replenishment/models/season.ts";
import type { EventSums } from "./event-measure.ts";
import { covers, eventFactor } from "./events.ts";
import type { DemandHistory } from "./history.ts";
import { pastDemand, type PastWorld } from "./past.ts";
import type { EventFacts } from "./types.ts";

/** Sales must span this long before a season is told from what merely happened. */
export const SEASON_SPAN_WEEKS = 104;
/** An item that was there for part of a year would make a season of its coming and going. */
const LEAST_ITEM_DAYS = 53 * 7;
/** Item-weeks of ordinary demand that each week starts with. */
const PSEUDO_WEEKS = 2;
/** Units a week at which an item's own index is half believed: below, it is mostly chance. */
const HALF_BELIEVED_UNITS = 4;
/** Days on either side that give an event's days their level: four of each weekday. */
const AROUND_DAYS = 28;
const WEEK_DAYS = 7;

export interface LearningSums {
  /** By ISO week: indices of items, weighted, and the weights. */
  readonly indices: readonly number[];
  readonly weights: readonly number[];
  readonly items: number;
  /** First and last day of any sale that is known; null = none yet. */
  readonly first: number | null;
  readonly last: number | null;
  readonly events: Readonly<Record<string, EventSums>>;
}

export const NOTHING_LEARNED: LearningSums = {
  indices: Array.from({ length: WEEKS }, () => 0),
  weights: Array.from({ length: WEEKS }, () => 0),
  items: 0,
  first: null,
  last: null,
  events: {},
};

/** The sums with one more item. */
export function withItem(
  sums: LearningSums,
  item: { readonly productId: string; readonly supplierId: string | null; readonly history: DemandHistory },
  world: PastWorld,
  today: number,
): LearningSums {
  const { history, productId, supplierId } = item;
  const events = world.events.filter((event) => concernsItem(event, productId, supplierId));
  const past = pastDemand(history, { store: world.store, events }, [], today);
  const days = { first: history.firstDay, last: past.through };
  if (days.last === null) return sums;
  const base = {
    ...sums,
    first: Math.min(sums.first ?? Infinity, days.first),
    last: Math.max(sums.last ?? -Infinity, days.last),
    events: past.period === "day" ? withEvents(sums.events, past, history.firstDay, events) : sums.events,
  };
  if (past.period === "month" || days.last - days.first + 1 < LEAST_ITEM_DAYS) return base;
  return withIndices(base, past, history.firstDay);
}

interface Past {
  readonly units: readonly number[];
  readonly seen: readonly boolean[];
  readonly factors: readonly number[] | null;
  readonly periodDays: number;
}

function withIndices(sums: LearningSums, { units, seen, factors, periodDays }: Past, firstDay: number): LearningSums {
  const usual = units.map((value, index) => value / (factors?.[index] ?? 1));
  const known = usual.filter((_, index) => seen[index]);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (!(mean > 0)) return sums;
  const weekly = (mean * WEEK_DAYS) / periodDays;
  const weight = ((weekly / (weekly + HALF_BELIEVED_UNITS)) * periodDays) / WEEK_DAYS;
  const indices = [...sums.indices];
  const weights = [...sums.weights];
  usual.forEach((value, index) => {
    if (seen[index] !== true) return;
    const week = isoWeekIndex(Math.round(firstDay + index * periodDays));
    indices[week]! += (weight * value) / mean;
    weights[week]! += weight;
  });
  return { ...sums, indices, weights, items: sums.items + 1 };
}

function withEvents(
  known: LearningSums["events"],
  { units, seen }: Past,
  firstDay: number,
  events: readonly EventFacts[],
): LearningSums["events"] {
  const sums = { ...known };
  for (const event of events) {
    const others = events.filter((other) => other !== event);
    const usualAt = (day: number): number | null => {
      const index = day - firstDay;
      return seen[index] === true ? units[index]! / eventFactor(others, day) : null;
    };
    let sold = 0;
    let usual = 0;
    let days = 0;
    for (let day = event.from; day <= event.to; day++) {
      const there = usualAt(day);
      const level = there === null ? null : levelAround(day, event, usualAt);
      if (there === null || level === null) continue;
      sold += there;
      usual += level;
      days++;
    }
    if (days === 0) continue;
    const before = sums[event.eventId] ?? { sold: 0, usual: 0, items: 0, days: 0 };
    sums[event.eventId] = {
      sold: before.sold + sold,
      usual: before.usual + usual,
      items: before.items + 1,
      days: Math.max(before.days, days),
    };
  }
  return sums;
}

/** Mean of the same weekday around the event; null where none was seen. */
function levelAround(day: number, event: EventFacts, usualAt: (day: number) => number | null): number | null {
  let sum = 0;
  let count = 0;
  const weeks = Math.ceil((event.to - event.from + 1 + AROUND_DAYS) / WEEK_DAYS);
  for (let week = -weeks; week <= weeks; week++) {
    const other = day + week * WEEK_DAYS;
    if (covers(event, other) || other < event.from - AROUND_DAYS || other > event.to + AROUND_DAYS) continue;
    const value = usualAt(other);
    if (value === null) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** 53 factors with a mean of 1; null while sales do not span long enough. */
export function seasonOf({ indices, weights, items, first, last }: LearningSums): {
  readonly weeks: readonly number[];
  readonly items: number;
  readonly spanWeeks: number;
} | null {
  if (first === null || last === null || items === 0) return null;
  const spanWeeks = Math.floor((last - first + 1) / WEEK_DAYS);
  if (spanWeeks < SEASON_SPAN_WEEKS) return null;
  const raw = indices.map((index, week) => (index + PSEUDO_WEEKS) / (weights[week]! + PSEUDO_WEEKS));
  // Years may lack their 53rd week: it is then what its neighbours are.
  if (weights[WEEKS - 1] === 0) raw[WEEKS - 1] = (raw[WEEKS - 2]! + raw[0]!) / 2;
  const mean = raw.reduce((sum, factor) => sum + factor, 0) / WEEKS;
  return { weeks: raw.map((factor) => Math.max(FACTOR_FLOOR, factor / mean)), items, spanWeeks };
}

function concernsItem({ products, suppliers }: EventFacts, productId: string, supplierId: string | null): boolean {
  if (products !== null && !products.includes(productId)) return false;
  return suppliers === null || (supplierId !== null && suppliers.includes(supplierId));
}
