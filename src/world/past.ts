/**
 * Past demand as a plan reads it: dense periods up to the present one, each tied to its date (I13).
 *
 * - What is not known is unseen: days after the last complete one, closed days without sales, sold-out days.
 * - A period that is not over yet is not part of the history.
 * - Sales on an event's days are divided by its factor before anything is learned from them.
 */
import { DAYS_PER_WEEK } from "../replenishment/models/day-numbers.ts";
import { eventFactor, eventsBetween } from "./events.ts";
import type { DemandHistory } from "./history.ts";
import { isOpen, storeDay } from "./opening.ts";
import { outageDays, type Outage, type OutageOfDay } from "./outages.ts";
import { nextPeriod, periodStart, type SalesPeriod } from "./sales/periods.ts";
import { farFromAllOthers } from "./unusual.ts";
import { WEEKDAYS, type EventFacts, type StoreFacts } from "./types.ts";
import { isoDay } from "../shared/calendar-dates.ts";

/** Mean length of a calendar month, in days: months are scaled to it, else February would look like a slump. */
const MONTH_DAYS = 30.4375;

export interface PastWorld {
  readonly store: StoreFacts | null;
  readonly events: readonly EventFacts[];
}

export interface PastDemand {
  readonly period: SalesPeriod;
  readonly periodDays: number;
  readonly units: readonly number[];
  /** The same, but 0 where they are left out. */
  readonly history: readonly number[];
  /** False = unseen. */
  readonly seen: readonly boolean[];
  /** The same, but true where the store was closed: nothing is missing there, and the factor is 0. */
  readonly inStock: readonly boolean[];
  /** Factor of events, and of closed days where a period has several days; 0 = closed; null = all 1. */
  readonly factors: readonly number[] | null;
  /** ISO date of the first period, counted back from the present one in steps of `periodDays`. */
  readonly start: string;
  /** Last day of the last period that is complete and over; null = none. */
  readonly through: number | null;
  /** Days between `through` and the present day, all of them unseen; 0 = yesterday is known. */
  readonly ageDays: number;
  /** Those on which the store was open. */
  readonly openAgeDays: number;
  /** Sales too far from all others to learn from: a bulk order, a typing error. */
  readonly leftOut: readonly { readonly day: number; readonly units: number }[];
}

export function periodDaysOf(period: SalesPeriod): number {
  return period === "day" ? 1 : period === "week" ? DAYS_PER_WEEK : MONTH_DAYS;
}

interface Kept {
  /** The last one that it was asked for, since a comparison by identity is the fastest. */
  world: PastWorld;
  readonly outages: readonly Outage[];
  readonly today: number;
  readonly past: PastDemand;
}

const kept = new WeakMap<DemandHistory, Kept>();

/**
 * The result of `pastDemand`, kept while history, world, outages and day are the same: an item decides many times a
 * day, and its models are cached by the identity of these arrays.
 */
export function pastDemandOnce(
  history: DemandHistory,
  world: PastWorld,
  outages: readonly Outage[],
  today: number,
): PastDemand {
  const known = kept.get(history);
  if (
    known !== undefined &&
    known.today === today &&
    sameFacts(known.world.store, world.store) &&
    sameFacts(known.world.events, world.events) &&
    sameOutages(known.outages, outages)
  ) {
    known.world = world;
    return known.past;
  }
  const past = pastDemand(history, world, outages, today);
  kept.set(history, { world, outages, today, past });
  return past;
}

export function pastDemand(
  history: DemandHistory,
  { store, events }: PastWorld,
  outages: readonly Outage[],
  today: number,
): PastDemand {
  const period = history.period ?? "day";
  const presentStart = periodStart(period, today);
  const known = history.completeThrough ?? endOf(history, period);
  const out = outageDays(outages, history.firstDay, presentStart - 1, (moment) => storeDay(moment, store));
  const behind = eventsBetween(events, history.firstDay, presentStart - 1).filter((event) => event.factor !== 1);
  const units: number[] = [];
  const seen: boolean[] = [];
  const inStock: boolean[] = [];
  const factors: number[] = [];
  const starts: number[] = [];
  let through: number | null = null;
  for (let start = history.firstDay, index = 0; start < presentStart; index++) {
    const next = nextPeriod(period, start);
    const complete = next - 1 <= known;
    const sold = history.units[index] ?? 0;
    const flag = history.inStock[index] ?? null;
    const factor = periodFactor(period, { start, next, sold, flag, store, events: behind, out });
    if (complete) through = next - 1;
    starts.push(start);
    units.push(period === "month" ? (sold * MONTH_DAYS) / (next - start) : sold);
    const isSeen = complete && flag !== false && factor > 0;
    const isClosed = !isSeen && sold === 0 && openDays(store, start, next) === 0;
    seen.push(isSeen);
    inStock.push(isSeen || isClosed);
    factors.push(isClosed ? 0 : factor || 1);
    start = next;
  }
  const periodDays = periodDaysOf(period);
  const leftOut = farFromAllOthers({ units, seen, factors, periodDays });
  for (const index of leftOut) seen[index] = inStock[index] = false;
  return {
    period,
    periodDays,
    units,
    // Units that are left out would be taken for sales of a period that sold out.
    history: leftOut.length === 0 ? units : units.map((sold, index) => (leftOut.includes(index) ? 0 : sold)),
    seen,
    inStock,
    factors: factors.every((factor) => factor === 1) ? null : factors,
    start: isoDay(Math.round(presentStart - units.length * periodDays)),
    through,
    ageDays: through === null ? 0 : Math.max(0, presentStart - 1 - through),
    openAgeDays: through === null ? 0 : openDays(store, through + 1, presentStart),
    leftOut: leftOut.map((index) => ({ day: starts[index]!, units: history.units[index]! })),
  };
}

function openDays(store: StoreFacts | null, from: number, to: number): number {
  let count = 0;
  for (let day = from; day < to; day++) if (isOpen(store, day)) count++;
  return count;
}

interface PeriodFacts {
  readonly start: number;
  readonly next: number;
  readonly sold: number;
  readonly flag: boolean | null;
  readonly store: StoreFacts | null;
  readonly events: readonly EventFacts[];
  readonly out: ReadonlyMap<number, OutageOfDay>;
}

/** How many usual days a period's sales represent; 0 = they reveal nothing about demand. */
function periodFactor(period: SalesPeriod, facts: PeriodFacts): number {
  if (period === "day") return dayFactor(facts);
  const { start, next, sold, flag, store, events, out } = facts;
  let sum = 0;
  for (let day = start; day < next; day++) {
    const gone = flag !== true && (out.get(day) ?? "none") !== "none";
    if (!gone && isOpen(store, day)) sum += eventFactor(events, day);
  }
  const usual = (next - start) * usualOpenShare(store);
  if (sum <= 0 || usual <= 0) return sold > 0 ? 1 : 0;
  return sum / usual;
}

function dayFactor({ start, sold, flag, store, events, out }: PeriodFacts): number {
  const outage = flag === true ? "none" : (out.get(start) ?? "none");
  // A day counts when goods came during it and something was sold.
  const gone = outage === "all" || outage === "end" || (outage === "start" && sold === 0);
  if (gone || (sold === 0 && flag !== true && !isOpen(store, start))) return 0;
  return eventFactor(events, start);
}

/** Share of the week's days on which the store is usually open. */
export function usualOpenShare(store: StoreFacts | null): number {
  return store === null ? 1 : store.openDays.length / WEEKDAYS.length;
}

export function endOf(history: DemandHistory, period: SalesPeriod): number {
  let start = history.firstDay;
  for (let index = 0; index < history.units.length; index++) start = nextPeriod(period, start);
  return start - 1;
}

/** An object that was closed and opened again gets its store's facts anew. */
function sameFacts(a: object | null, b: object | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function sameOutages(a: readonly Outage[], b: readonly Outage[]): boolean {
  return a === b || (a.length === b.length && a.every((one, at) => one.from === b[at]!.from && one.to === b[at]!.to));
}
