/** What a store sends: one trigger, or a batch. Apart, since a trigger evaluates no other requests. */
import * as z from "zod";
import { day, DAY_OR_MOMENT, MAX_QUANTITY, name, number, orDefault, quantity, text, time } from "../fields.ts";
import { termFields } from "./trigger-terms.ts";
import { DAY_MS } from "../../shared/durations.ts";

export const MAX_NOTES = 2_000;

const MOST_OPEN_ORDERS = 50;
const MOST_LOTS = 400;
/** A day, or a moment: the day, and the moment or its noon. */
export const when = z.union(
  [day.transform((on) => ({ on, at: (on + 0.5) * DAY_MS })), time.transform((at) => ({ on: null, at }))],
  DAY_OR_MOMENT,
);
export type When = z.output<typeof when>;

interface Promised {
  readonly expected_at: When;
  readonly placed_at?: When | null | undefined;
}

/** False where an order is expected before it was placed: a mistake, such as two fields that were swapped. */
export function isAfterPlaced({ expected_at: expected, placed_at: placed }: Promised): boolean {
  return placed == null || !isBefore(expected, placed);
}
export const BEFORE_PLACED = { path: ["expected_at"], message: "must not be before placed_at" };

/** A moment may be on the day that it is compared with, wherever the store is. */
function isBefore(one: When, other: When): boolean {
  const isAlike = (one.on === null) === (other.on === null);
  return one.at < other.at - (isAlike ? 0 : DAY_MS);
}

const OpenOrder = z
  .strictObject({ reference: name.nullish(), quantity, expected_at: when, placed_at: when.nullish() })
  .refine(isAfterPlaced, BEFORE_PLACED);
const Lot = z.strictObject({ quantity, expires_on: day });

export const TriggerBody = z
  .strictObject({
    product_id: name,
    store_id: orDefault(name, "main"),
    current_stock: number.min(-MAX_QUANTITY).max(MAX_QUANTITY),
    safety_stock_level: quantity.nullish().describe("May be left out where the item's settings have one"),
    on_order: quantity.nullish(),
    open_orders: z.array(OpenOrder).max(MOST_OPEN_ORDERS).nullish().describe("All that is on order, by date"),
    backordered: quantity.nullish(),
    reserved: quantity.nullish().describe("Units on the shelf that are promised to customers"),
    lots: z
      .array(Lot)
      .max(MOST_LOTS)
      .nullish()
      .describe("What is on the shelf, by the last day on which it can be sold"),
    ...termFields,
    notes: text(MAX_NOTES).nullish(),
    occurred_at: time.nullish(),
    backfill: z.boolean().nullish().describe("Plays a store's past in order; needs the scope write as well"),
  })
  .refine((body) => body.open_orders == null || body.on_order == null, {
    path: ["on_order"],
    message: "must be left out when open_orders is given, which lists everything on order",
  })
  .meta({ id: "Trigger" });

export type TriggerRequest = z.output<typeof TriggerBody>;

/** Triggers a batch: an object call each, all within one request's limit of subrequests. */
export const MOST_TRIGGERS = 500;

/** Each trigger is parsed on its own, so that a bad one does not fail the rest. */
export const BatchBody = z.strictObject({ triggers: z.array(z.unknown()).min(1).max(MOST_TRIGGERS) });
