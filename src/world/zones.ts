/**
 * Moments and calendar days in a time zone: IANA rules by `Intl`, no clock. A local time that a clock change skips
 * takes the offset before the gap; one that comes twice is the first.
 */
import { firstOfMonth } from "./dates.ts";
import { DAY_MS, MINUTE_MS } from "../shared/durations.ts";

/** Clocks change at quarters of an hour, so an offset holds from one to the next. */
const QUARTER_MS = 15 * MINUTE_MS;
const NOON_MINUTES = 12 * 60;
/** Offsets remembered per zone: an item asks repeatedly for the same few moments. */
const MOST_REMEMBERED = 512;

/** Some 30 kB a zone. One has as many names as it has spellings, since case does not matter, so names are no bound. */
const MOST_ZONES = 200;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset in ms by quarter of an hour. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** The calendar day of a moment, as days since 1970-01-01. */
export function localDay(moment: number, timeZone: string): number {
  return Math.floor((moment + offsetAt(moment, timeZone)) / DAY_MS);
}

/** Minutes after local midnight by the clock on the wall, with fractions. */
export function localMinutes(moment: number, timeZone: string): number {
  const local = moment + offsetAt(moment, timeZone);
  return (local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS;
}

/** The moment at which a clock in the zone shows that many minutes after midnight of a day. */
export function momentOf(day: number, minutes: number, timeZone: string): number {
  const local = day * DAY_MS + minutes * MINUTE_MS;
  const before = offsetAt(local - DAY_MS, timeZone);
  const after = offsetAt(local + DAY_MS, timeZone);
  if (offsetAt(local - before, timeZone) === before) return local - before;
  return offsetAt(local - after, timeZone) === after ? local - after : local - before;
}

/** What is said of a day is kept as its noon, which is within twelve hours of all of the day. */
export function noonOf(day: number, timeZone: string): number {
  return momentOf(day, NOON_MINUTES, timeZone);
}

/** The first moment after `now` at which a clock in the zone shows that time, on `firstDay` at the earliest. */
export function nextMomentOf(minutes: number, timeZone: string, now: number, firstDay = -Infinity): number {
  for (let day = Math.max(localDay(now, timeZone), firstDay); ; day++) {
    const at = momentOf(day, minutes, timeZone);
    if (at > now) return at;
  }
}

/** Local time less UTC, in ms. */
export function offsetAt(moment: number, timeZone: string): number {
  if (timeZone === "UTC") return 0;
  const { format, offsets } = zoneOf(timeZone);
  const quarter = Math.floor(moment / QUARTER_MS);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const at = quarter * QUARTER_MS;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const days = firstOfMonth(year, month) + day - 1;
  const offset = days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000 - at;
  if (offsets.size >= MOST_REMEMBERED) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const zone = { format, offsets: new Map<number, number>() };
  if (zones.size >= MOST_ZONES) zones.clear();
  zones.set(timeZone, zone);
  return zone;
}
