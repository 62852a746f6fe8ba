/** Sales over the wire: parameters and answers of uploads, and what a store says is complete. */
import * as z from "zod";
import { SALES_PERIODS } from "../world/sales/periods.ts";
import { day, name, orDefault, Day, identity } from "./fields.ts";

/** The store of rows that name none. */
export const DEFAULT_STORE = "main";
/** Of uploads whose rows may each name a store. */
export const STORE_OF_ROWS = "The store of rows that name none; default main";

export const UploadQuery = z.strictObject({
  store_id: name.default("main"),
  period: z.enum(SALES_PERIODS).optional().describe("What a row covers; default what is stored, else day"),
  complete_through: day.optional().describe("Through this day the list is complete: days without a row had no sales"),
  source: z
    .union([z.literal(""), name])
    .optional()
    .describe("Sources are added up; within a source the last upload of a date wins"),
  replace: z
    .enum(["true", "false"])
    .optional()
    .transform((text) => text === "true")
    .describe("Drops what was there"),
});

/** How an upload is read, whichever store it is for. */
export type UploadTerms = Omit<z.output<typeof UploadQuery>, "store_id">;

/** `store_id` has no default here: one would name a store that a key bound to others may not touch. */
export const SalesQuery = UploadQuery.extend({ store_id: name.optional().describe(STORE_OF_ROWS) });

export const HistoryRangeQuery = z.strictObject({
  store_id: name.default("main"),
  from: day.optional().describe("Default the first row"),
  to: day.optional().describe("Default the last row"),
});

export const CompleteBody = z.strictObject({ store_id: orDefault(name, "main"), through: day });

export const HistoryUploadAnswer = z.looseObject({
  ...identity,
  days: z.int().describe("Dates that the upload was about"),
  added_up: z.int().describe("Rows that shared their date with another one"),
  first_date: Day,
  last_date: Day,
  period: z.enum(SALES_PERIODS),
  complete_through: Day.nullable(),
  warnings: z.array(z.string()),
});

export const HistoryAnswer = z.looseObject({
  ...identity,
  period: z.enum(SALES_PERIODS),
  complete_through: Day.nullable(),
  days: z.array(z.looseObject({ date: Day, units: z.number(), in_stock: z.union([z.literal(0), z.literal(1)]) })),
});

export const SalesUploadAnswer = z.looseObject({
  items: z.int(),
  rows: z.int(),
  added_up: z.int(),
  first: Day,
  last: Day,
  units: z.number(),
  warnings: z.array(z.string()),
});

export const CompleteAnswer = z.looseObject({ store_id: z.string(), through: Day, items: z.int() });
