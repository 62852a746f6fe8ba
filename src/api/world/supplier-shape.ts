/** A supplier over the wire, and the order opportunities that its calendar gives a store. */
import * as z from "zod";
import { WEEKDAYS } from "../../world/types.ts";
import { label, MAX_QUANTITY, MOST_ENTRIES, name, number, time, MAX_LABEL } from "../fields.ts";
import { warnings } from "./warnings.ts";
import { closedDays, currency, timeOfDay, timeZone, weekdays, closedAnswer } from "./calendar-fields.ts";

/** A year: no supplier is further away. */
const MAX_LEAD_DAYS = 366;
export const MOST_CALENDAR_DAYS = 400;

export const SupplierBody = z
  .strictObject({
    name: label(MAX_LABEL).nullish(),
    emails: z.array(z.email()).max(MOST_ENTRIES).nullish(),
    currency: currency.nullish().describe("Default the store's"),
    rate: number.gt(0).max(MAX_QUANTITY).nullish().describe("Value of one unit of it in the store's currency"),
    time_zone: timeZone.nullish().describe("Default the store's"),
    lead_time_days: number.int().min(0).max(MAX_LEAD_DAYS).nullish(),
    lead_time_in: z.enum(["calendar", "working"]).nullish(),
    working_days: weekdays.nullish().describe("Default Monday to Friday"),
    order_days: weekdays.nullish().describe("Null = any day"),
    cut_off: timeOfDay.nullish().describe("Default 23:59"),
    delivery_days: weekdays.nullish().describe("Null = any day"),
    closed: closedDays.nullish(),
    minimum_order_value: number.min(0).max(MAX_QUANTITY).nullish(),
    send: z.enum(["none", "manual", "auto"]).nullish(),
  })
  .refine((body) => body.send !== "auto" || (body.emails ?? []).length > 0, {
    path: ["emails"],
    message: "are needed when send is auto",
  })
  .meta({ id: "SupplierSettings" });

const days = z.array(z.enum(WEEKDAYS));

export const SupplierAnswer = z
  .looseObject({
    supplier_id: z.string(),
    name: z.string().nullable(),
    emails: z.array(z.string()),
    currency: z.string().nullable(),
    rate: z.number().nullable(),
    time_zone: z.string().nullable(),
    lead_time_days: z.number().nullable(),
    lead_time_in: z.enum(["calendar", "working"]),
    working_days: days,
    order_days: days.nullable(),
    cut_off: z.string(),
    delivery_days: days.nullable(),
    closed: closedAnswer,
    minimum_order_value: z.number().nullable(),
    send: z.enum(["none", "manual", "auto"]),
    warnings,
  })
  .meta({ id: "Supplier" });
export const SuppliersAnswer = z.looseObject({
  suppliers: z.array(SupplierAnswer),
  next_cursor: z.string().nullable(),
});

export const CalendarQuery = z.strictObject({
  store_id: name.default("main"),
  from: time.optional().describe("A moment; default now"),
  to: time.optional().describe("A moment, included; default four weeks later"),
});

export const CalendarAnswer = z.looseObject({
  opportunities: z.array(z.looseObject({ order_by: z.iso.datetime(), arrives_on: z.iso.date() })),
});
