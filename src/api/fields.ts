/** The single fields that bodies and query parameters are made of. */
import * as z from "zod";
import { issueWords } from "./issue-words.ts";
import { dayOfIso } from "../shared/calendar-dates.ts";

z.config({ customError: issueWords });

export const MAX_QUANTITY = 1e9;
export const MAX_NAME = 128;
export const MAX_LABEL = 200;
/** Entries of any list; the contract's limit. */
export const MOST_ENTRIES = 400;

/** Control characters, lone surrogates and line or paragraph separators cannot be printed. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/**
 * Zero width, bidi controls, soft hyphen, tags, fillers: two names that differ in these look the same. Emoji have
 * variants.
 */
const INVISIBLE = /[[\p{Default_Ignorable_Code_Point}\u2800]--[\uFE00-\uFE0F]]/v;
/** NUL ends a string in some of the places that text travels to; tab and line breaks are what people type. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** A name that identifies something: names that look the same become one, or are refused. */
export const name = z
  .string()
  .normalize("NFC")
  // One check, since each costs a trigger as much as all of its tests.
  .check(({ value, issues }) => {
    for (const message of nameFaults(value)) issues.push({ code: "custom", message, input: value, continue: true });
  })
  .meta({ description: `1 to ${MAX_NAME} printable characters, not a dot path`, minLength: 1, maxLength: MAX_NAME });

function nameFaults(text: string): string[] {
  const faults: string[] = [];
  const trimmed = text.trim();
  if (trimmed === "" || (text.length > MAX_NAME && [...text].length > MAX_NAME))
    faults.push(`must have 1 to ${MAX_NAME} characters`);
  if (UNPRINTABLE.test(text)) faults.push("must be printable");
  if (text !== trimmed) faults.push("must not begin or end with white space");
  if (INVISIBLE.test(text)) faults.push("must not hold invisible characters");
  if (text === "." || text === "..") faults.push("must not be a dot path");
  return faults;
}

/** -0 equals 0 in some languages and sorts below it in others; a sender of -0 has a sign error. */
export const number = z.number().refine((value) => !Object.is(value, -0), "must not be negative zero");
export const quantity = number.min(0).max(MAX_QUANTITY);
export const cost = number.min(0).max(MAX_QUANTITY);

/** Text that people wrote, line breaks included. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine(
      (value) => value.isWellFormed() && !CONTROL.test(value),
      "must be well-formed Unicode without control characters",
    );

/** A label on one line. */
export const label = (most: number) =>
  text(most)
    .refine((value) => value.trim() !== "", "must not be empty")
    .refine((value) => !UNPRINTABLE.test(value), "must be printable")
    .meta({ minLength: 1 });

/** A field with a default: null is the same as leaving it out. */
export function orDefault<Value extends string | number | boolean | string[], Sent extends Value>(
  schema: z.ZodType<Value, Sent>,
  usual: NoInfer<Value>,
) {
  return schema
    .nullish()
    .transform((value) => value ?? usual)
    .meta({ default: usual });
}

/** Years that have four digits in UTC and in every zone: answers show no others. */
const FIRST_MOMENT = Date.UTC(1000, 0, 1);
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const MOMENT = "must be a moment with its offset, like 2026-01-31T09:00:00Z";

/** Epoch ms. */
export const time = z.iso.datetime({ offset: true, error: MOMENT }).transform((iso, context) => {
  const moment = Date.parse(iso);
  if (moment >= FIRST_MOMENT && moment <= LAST_MOMENT) return moment;
  context.addIssue("must be in the years 1000 to 9999");
  return z.NEVER;
});

/** Days since 1970-01-01. */
export const day = z
  .string()
  .refine((value) => dayOfIso(value) !== null, "must be a date like 2026-01-31")
  .transform((value) => dayOfIso(value)!)
  .meta({ description: "A day like 2026-01-31", format: "date" });

export const DAY_OR_MOMENT = "must be a day like 2026-01-31 or a moment like 2026-01-31T09:00:00Z";

export function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** For `refine`: both ends are included. */
export const isRange = ({ from, to }: Range): boolean => from <= to;
export const NO_RANGE = { path: ["to"], message: "must not be before from" };

/** In answers: moments, days, and whose they are. */
export const Time = z.iso.datetime().describe("ISO 8601, UTC");
export const Day = z.iso.date();
export const identity = { product_id: z.string(), store_id: z.string() };
