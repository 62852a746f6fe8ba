/** Fields of calendars: week days, closed days, times of day. On the wire as people write them, inside as numbers. */
import * as z from "zod";
import { madeOnce } from "../../shared/made-once.ts";
import { WEEKDAYS } from "../../world/types.ts";
import { day, MOST_ENTRIES, isDistinct, isRange, NO_RANGE, Day } from "../fields.ts";
import { clockText, isoDay } from "../../shared/calendar-dates.ts";
import { DAY_MINUTES } from "../../shared/durations.ts";

export const weekdays = z
  .array(z.enum(WEEKDAYS))
  .min(1)
  .refine(isDistinct, "must not repeat a day")
  .transform((days) => WEEKDAYS.filter((weekday) => days.includes(weekday)))
  .meta({ uniqueItems: true });

const range = z.strictObject({ from: day, to: day }).refine(isRange, NO_RANGE);

/** Days and ranges of days, both ends included. */
export const closedDays = z
  .array(
    z.union(
      [day.transform((value) => ({ from: value, to: value })), range],
      'must be a day like 2026-01-31, or { "from", "to" }',
    ),
  )
  .max(MOST_ENTRIES);

/** As answers write them. */
export const closedAnswer = z.array(z.union([Day, z.looseObject({ from: Day, to: Day })]));

/** Minutes after local midnight, from `HH:MM`. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time like 07:30")
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** An IANA name; offsets such as `+09:00` know no clock changes. */
export const timeZone = z
  .string()
  .max(64)
  .refine((zone) => /^[A-Za-z]/.test(zone) && isKnownTo(() => new Intl.DateTimeFormat("en", { timeZone: zone })), {
    message: "must be an IANA time zone like Europe/Berlin",
  });

export const locale = z
  .string()
  .max(64)
  .refine((tag) => isKnownTo(() => new Intl.NumberFormat(tag)), "must be a language tag like en-GB");

const NO_CURRENCY = "must be an ISO 4217 code like EUR";
const currencies = madeOnce(() => new Set(Intl.supportedValuesOf("currency")));

/** Only codes that the platform knows: with a mistyped one, orders would name money that does not exist. */
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, { message: NO_CURRENCY, abort: true })
  .refine((code) => currencies().has(code), NO_CURRENCY);

export function timeToWire(minutes: number): string {
  return clockText(Math.min(Math.max(0, minutes), DAY_MINUTES - 1));
}

export function closedToWire(
  ranges: readonly { readonly from: number; readonly to: number }[],
): (string | { from: string; to: string })[] {
  return ranges.map(({ from, to }) => (from === to ? isoDay(from) : { from: isoDay(from), to: isoDay(to) }));
}

function isKnownTo(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}
