/** A store over the wire, and the season of its items' demand. */
import * as z from "zod";
import { WEEKDAYS } from "../../world/types.ts";
import { label, MOST_ENTRIES, name, number, MAX_LABEL } from "../fields.ts";
import { warnings } from "./warnings.ts";
import { closedDays, currency, locale, timeOfDay, timeZone, weekdays, closedAnswer } from "./calendar-fields.ts";

const WEEKS = 53;
/** A year: an older count is useless. */
const MAX_AGE_HOURS = 8_784;
/** Beyond these a week is an event, or a typing error. */
const FACTOR = { least: 0.01, most: 100 };

export const StoreBody = z
  .strictObject({
    name: label(MAX_LABEL).nullish(),
    time_zone: timeZone.nullish().describe("IANA name; default UTC"),
    locale: locale.nullish().describe("Numbers and dates of pages and mails; default en"),
    currency: currency.nullish(),
    open_days: weekdays.nullish().describe("Default all"),
    closed: closedDays.nullish(),
    review_at: timeOfDay.nullish(),
    review_hours: z
      .strictObject({ from: timeOfDay, to: timeOfDay })
      .refine(({ from, to }) => from !== to, { path: ["to"], message: "must be another time than from" })
      .nullish()
      .describe("With to before from they last until the next day; null = at any time"),
    count_max_age_hours: number.gt(0).max(MAX_AGE_HOURS).nullish(),
    reviewers: z.array(name).max(MOST_ENTRIES).nullish().describe("Person ids or addresses"),
  })
  .meta({ id: "StoreSettings" });

export const SeasonBody = z.strictObject({
  week: z
    .array(number.min(FACTOR.least).max(FACTOR.most))
    .length(WEEKS, `must have ${WEEKS} factors, one for each ISO week`)
    .nullable()
    .describe("Null = learn it again from sales"),
});

const SeasonFacts = z.looseObject({
  weeks: z.array(z.number()).length(WEEKS),
  source: z.enum(["learned", "set"]),
  learned_at: z.iso.datetime(),
  items: z.int(),
  span_weeks: z.int(),
});

export const StoreAnswer = z
  .looseObject({
    store_id: z.string(),
    name: z.string().nullable(),
    time_zone: z.string(),
    locale: z.string(),
    currency: z.string().nullable(),
    open_days: z.array(z.enum(WEEKDAYS)),
    closed: closedAnswer,
    review_at: z.string().nullable(),
    review_hours: z.looseObject({ from: z.string(), to: z.string() }).nullable(),
    count_max_age_hours: z.number(),
    reviewers: z.array(z.string()).nullable(),
    season: SeasonFacts.nullable(),
    warnings,
  })
  .meta({ id: "Store" });
export const StoresAnswer = z.looseObject({ stores: z.array(StoreAnswer), next_cursor: z.string().nullable() });
export const SeasonAnswer = z.looseObject({ store_id: z.string(), season: SeasonFacts.nullable(), warnings });
