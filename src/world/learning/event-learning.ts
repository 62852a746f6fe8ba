/**
 * Measures an event: daily sales against the level of the same weekdays around it, weekly sales against the weeks
 * around. The results are sums over items, so they can be gathered a few items at a time.
 */
import { DAYS_PER_WEEK } from "../../replenishment/models/day-numbers.ts";
import type { EventSums } from "../event-measure.ts";
import { covers, eventFactor } from "../events.ts";
import type { PastDemand } from "../past.ts";
import { periodStart } from "../sales/periods.ts";
import type { EventFacts } from "../types.ts";

/** Days on either side that give an event's days their level: four of each weekday. */
const AROUND_DAYS = 28;

/** `leftOut`: sales far from all others; on an event's days they still count, since the event may explain them. */
type Past = Pick<PastDemand, "period" | "units" | "seen" | "leftOut">;
type Measure = Pick<EventSums, "sold" | "usual" | "days">;

/**
 * The sums with one more item, whose first period begins on `firstDay`. Months are too long to isolate an event.
 */
export function withMeasures(
  known: Readonly<Record<string, EventSums>>,
  past: Past,
  firstDay: number,
  events: readonly EventFacts[],
): Readonly<Record<string, EventSums>> {
  if (past.period === "month") return known;
  const measure = past.period === "day" ? measuredByDay : measuredByWeek;
  const sums = { ...known };
  for (const event of events) {
    const others = events.filter((other) => other !== event);
    const { sold, usual, days } = measure(past, firstDay, event, others);
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

function measuredByDay(past: Past, firstDay: number, event: EventFacts, others: readonly EventFacts[]): Measure {
  const usualAt = (day: number): number | null => {
    const index = day - firstDay;
    return isRead(past, index, day, covers(event, day)) ? past.units[index]! / eventFactor(others, day) : null;
  };
  let [sold, usual, days] = [0, 0, 0];
  for (let day = event.from; day <= event.to; day++) {
    const there = usualAt(day);
    if (there === null) continue;
    const level = levelAround(day, event, usualAt);
    if (level === null) continue;
    sold += there;
    usual += level;
    days++;
  }
  return { sold, usual, days };
}

/** Mean of the same weekday around the event; null where none was seen. */
function levelAround(day: number, event: EventFacts, usualAt: (day: number) => number | null): number | null {
  let sum = 0;
  let count = 0;
  const weeks = Math.ceil((event.to - event.from + 1 + AROUND_DAYS) / DAYS_PER_WEEK);
  for (let week = -weeks; week <= weeks; week++) {
    const other = day + week * DAYS_PER_WEEK;
    if (covers(event, other) || other < event.from - AROUND_DAYS || other > event.to + AROUND_DAYS) continue;
    const value = usualAt(other);
    if (value === null) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** The event's days are taken to have sold what their week sold beyond the usual sales of its other days. */
function measuredByWeek(past: Past, firstDay: number, event: EventFacts, others: readonly EventFacts[]): Measure {
  const first = periodStart("week", firstDay);
  const start = periodStart("week", event.from);
  const end = periodStart("week", event.to);
  const usualAt = (monday: number): number | null => {
    const index = (monday - first) / DAYS_PER_WEEK;
    if (!isRead(past, index, monday, monday >= start && monday <= end)) return null;
    return past.units[index]! / meanOver(monday, (day) => eventFactor(others, day));
  };
  const around: number[] = [];
  for (let monday = start - AROUND_DAYS; monday <= end + AROUND_DAYS; monday += DAYS_PER_WEEK) {
    const value = monday < start || monday > end ? usualAt(monday) : null;
    if (value !== null) around.push(value);
  }
  let [sold, usual, days] = [0, 0, 0];
  if (around.length === 0) return { sold, usual, days };
  const level = around.reduce((sum, value) => sum + value, 0) / around.length / DAYS_PER_WEEK;
  for (let monday = start; monday <= end; monday += DAYS_PER_WEEK) {
    const there = usualAt(monday);
    if (there === null) continue;
    const covered = Math.round(DAYS_PER_WEEK * meanOver(monday, (day) => (covers(event, day) ? 1 : 0)));
    sold += there - level * (DAYS_PER_WEEK - covered);
    usual += level * covered;
    days += covered;
  }
  return { sold, usual, days };
}

function isRead({ seen, leftOut }: Past, index: number, start: number, isOfEvent: boolean): boolean {
  return seen[index] === true || (isOfEvent && leftOut.some(({ day }) => day === start));
}

function meanOver(monday: number, value: (day: number) => number): number {
  let sum = 0;
  for (let day = monday; day < monday + DAYS_PER_WEEK; day++) sum += value(day);
  return sum / DAYS_PER_WEEK;
}
