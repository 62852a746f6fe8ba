/** An event over the wire: days on which demand is another, stated, taken from an earlier event, or measured. */
import * as z from "zod";
import { day, label, MOST_ENTRIES, name, number, MAX_LABEL, isRange, NO_RANGE } from "../fields.ts";
import { warnings } from "./warnings.ts";

const MULTIPLIER = { least: 0.05, most: 50 };

const ids = z.array(name).min(1).max(MOST_ENTRIES).nullish();

export const EventBody = z
  .strictObject({
    name: label(MAX_LABEL).nullish(),
    from: day,
    to: day,
    multiplier: number.min(MULTIPLIER.least).max(MULTIPLIER.most).nullish(),
    like: name.nullish().describe("The earlier event whose measured factor this one takes"),
    stores: ids.describe("Null = all"),
    products: ids.describe("Null = all"),
    suppliers: ids.describe("Null = all"),
  })
  .refine(isRange, NO_RANGE)
  .meta({ id: "EventSettings" });

export const EventAnswer = z
  .looseObject({
    event_id: z.string(),
    name: z.string().nullable(),
    from: z.iso.date(),
    to: z.iso.date(),
    multiplier: z.number().nullable(),
    like: z.string().nullable(),
    stores: z.array(z.string()).nullable(),
    products: z.array(z.string()).nullable(),
    suppliers: z.array(z.string()).nullable(),
    measured: z
      .looseObject({ multiplier: z.number(), items: z.int(), days: z.int() })
      .nullable()
      .describe("Compared with the level around the event's days"),
    warnings,
  })
  .meta({ id: "Event" });
export const EventsAnswer = z.looseObject({ events: z.array(EventAnswer), next_cursor: z.string().nullable() });
