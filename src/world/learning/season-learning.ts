/**
 * Learns the season of a store's weeks and the effect of its events. The results are sums over items, so they can be
 * gathered a few items at a time. Events are divided out of the season; unseen days are left out of both.
 */
import { DAYS_PER_WEEK, isoWeekIndex, WEEKS } from "../../replenishment/models/day-numbers.ts";
import { seasonFactors } from "../../replenishment/models/season-factors.ts";
import { withMeasures } from "./event-learning.ts";
import type { EventSums } from "../event-measure.ts";
import { concerns } from "../events.ts";
import type { DemandHistory } from "../history.ts";
import type { Outage } from "../outages.ts";
import { pastDemand, type PastWorld } from "../past.ts";
import { periodStart } from "../sales/periods.ts";
import { believedWeeks } from "./season-shrinkage.ts";

/** Sales must span this long before a season is distinguished from chance. */
const SEASON_SPAN_WEEKS = 104;
/** An item sold for only part of a year is left out: its coming and going would look like a season. */
const LEAST_ITEM_DAYS = 53 * 7;
/** Units a week at which an item's own index gets half the weight: below that it is mostly chance. */
const HALF_BELIEVED_UNITS = 4;
const YEAR_DAYS = 365.2425;

export interface LearningSums {
  /**
   * By ISO week: indices of items in each year, weighted; their squares likewise; the weights; and how many there are.
   */
  readonly indices: readonly number[];
  readonly squares: readonly number[];
  readonly weights: readonly number[];
  readonly counts: readonly number[];
  readonly items: number;
  /** First and last day of any sale that is known; null = none yet. */
  readonly first: number | null;
  readonly last: number | null;
  readonly events: Readonly<Record<string, EventSums>>;
}

const NO_WEEKS: readonly number[] = Array.from({ length: WEEKS }, () => 0);

export const NOTHING_LEARNED: LearningSums = {
  indices: NO_WEEKS,
  squares: NO_WEEKS,
  weights: NO_WEEKS,
  counts: NO_WEEKS,
  items: 0,
  first: null,
  last: null,
  events: {},
};

/** The sums with one more item. */
export function withItem(
  sums: LearningSums,
  item: {
    readonly productId: string;
    readonly supplierId: string | null;
    readonly history: DemandHistory;
    readonly outages?: readonly Outage[];
  },
  world: PastWorld,
  today: number,
): LearningSums {
  const { history, productId, supplierId, outages = [] } = item;
  const events = world.events.filter((event) => concerns(event, productId, supplierId));
  const past = pastDemand(history, { store: world.store, events }, outages, today);
  const days = { first: history.firstDay, last: past.through };
  if (days.last === null) return sums;
  const base = {
    ...sums,
    first: Math.min(sums.first ?? Infinity, days.first),
    last: Math.max(sums.last ?? -Infinity, days.last),
    events: withMeasures(
      sums.events,
      past,
      history.firstDay,
      events.filter((event) => event.to < today),
    ),
  };
  if (past.period === "month" || days.last - days.first + 1 < LEAST_ITEM_DAYS) return base;
  return withIndices(base, past, history.firstDay, today);
}

interface Past {
  readonly units: readonly number[];
  readonly seen: readonly boolean[];
  readonly factors: readonly number[] | null;
  readonly periodDays: number;
}

function withIndices(
  sums: LearningSums,
  { units, seen, factors, periodDays }: Past,
  firstDay: number,
  today: number,
): LearningSums {
  const usual = units.map((value, index) => value / (factors?.[index] ?? 1));
  const known = usual.filter((_, index) => seen[index]);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (!(mean > 0)) return sums;
  const weekly = (mean * DAYS_PER_WEEK) / periodDays;
  const believed = weekly / (weekly + HALF_BELIEVED_UNITS);
  const [indices, squares, weights, counts] = [
    [...sums.indices],
    [...sums.squares],
    [...sums.weights],
    [...sums.counts],
  ];
  const dayOf = (index: number): number =>
    periodDays === 1 ? dayThisYear(firstDay + index, today) : Math.round(firstDay + index * periodDays);
  for (const { week, index, share } of weeksOf(usual, seen, mean, dayOf, periodDays)) {
    const weight = believed * share;
    indices[week]! += weight * index;
    squares[week]! += weight * index ** 2;
    weights[week]! += weight;
    counts[week]! += 1;
  }
  return { ...sums, indices, squares, weights, counts, items: sums.items + 1 };
}

/**
 * The same date within half a year of today. ISO weeks have other dates each year: the one that ends in the first days
 * of December this year may lie in November next year, and would be half of what either sells.
 */
function dayThisYear(day: number, today: number): number {
  return day + Math.round(YEAR_DAYS * Math.round((today - day) / YEAR_DAYS));
}

interface ItemWeek {
  /** Index of the ISO week. */
  readonly week: number;
  /** Its sales over the item's level. */
  readonly index: number;
  /** Share of the week that was seen. */
  readonly share: number;
}

/** An item's weeks, summed from its days or as they were uploaded; only the seen part of each counts. */
function weeksOf(
  usual: readonly number[],
  seen: readonly boolean[],
  mean: number,
  dayOf: (index: number) => number,
  periodDays: number,
): ItemWeek[] {
  const found: ItemWeek[] = [];
  let [monday, sum, count] = [Number.NaN, 0, 0];
  const close = (): void => {
    if (count === 0) return;
    found.push({ week: isoWeekIndex(monday), index: sum / count / mean, share: (count * periodDays) / DAYS_PER_WEEK });
  };
  usual.forEach((value, index) => {
    if (seen[index] !== true) return;
    const start = periodStart("week", dayOf(index));
    if (start !== monday) {
      close();
      [monday, sum, count] = [start, 0, 0];
    }
    sum += value;
    count++;
  });
  close();
  return found;
}

/** 53 factors with a mean of 1; null while sales do not span long enough. */
export function seasonOf({ indices, squares, weights, counts, items, first, last }: LearningSums): {
  readonly weeks: readonly number[];
  readonly items: number;
  readonly spanWeeks: number;
} | null {
  if (first === null || last === null || items === 0) return null;
  const spanWeeks = Math.floor((last - first + 1) / DAYS_PER_WEEK);
  if (spanWeeks < SEASON_SPAN_WEEKS) return null;
  const believed = believedWeeks(
    indices.map((index, week) => ({
      index,
      square: squares[week]!,
      weight: weights[week]!,
      count: counts[week]!,
    })),
  );
  return { weeks: seasonFactors(believed), items, spanWeeks };
}
