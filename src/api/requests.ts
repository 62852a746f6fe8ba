/** The wire's shapes, as zod parses them; what handlers get is already the inside's plain types. */
import * as z from "zod";
import { RATE_CLASSES, SCOPES } from "./scopes.ts";
import { day, label, MAX_NAME, MAX_QUANTITY, name, number, quantity, text, time } from "./fields.ts";
import { termFields } from "./item-settings.ts";
import { REVIEW_STATUSES } from "../shared/statuses.ts";

const MAX_NOTES = 2_000;

const DAY_MS = 86_400_000;
const MOST_OPEN_ORDERS = 50;
const MOST_LOTS = 400;
/** A day, or a moment: the day, and the moment or its noon. */
const when = z.union([
  day.transform((on) => ({ on, at: (on + 0.5) * DAY_MS })),
  time.transform((at) => ({ on: null, at })),
]);
const OpenOrder = z.strictObject({ reference: name.nullish(), quantity, expected_at: when, placed_at: when.nullish() });
const Lot = z.strictObject({ quantity, expires_on: day });

export const TriggerBody = z
  .strictObject({
    product_id: name,
    store_id: name.default("main"),
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

export const VerdictBody = z
  .strictObject({
    decision: z.enum(["approve", "reject", "modify"]),
    quantity: quantity.nullish(),
    comment: text(MAX_NOTES).nullish(),
    reviewer: label(MAX_NAME).nullish(),
    revision: z.int().min(1).nullish(),
  })
  .refine((body) => body.decision !== "modify" || body.quantity != null, {
    path: ["quantity"],
    message: "is required with modify",
  })
  .refine((body) => body.decision === "modify" || body.quantity == null, {
    path: ["quantity"],
    message: "is allowed only with modify",
  });

export const ReceiptBody = z.strictObject({
  quantity: number.gt(0).max(MAX_QUANTITY),
  reference: name.nullish(),
  /** When the goods arrived, where a store reports them later; item time. */
  received_at: time.nullish(),
});

/** A day, as its noon, or a moment; epoch ms. */
const whenAt = when.transform(({ at }) => at);

/** An order made elsewhere. */
export const OrderBody = z.strictObject({
  reference: name,
  quantity: number.gt(0).max(MAX_QUANTITY),
  expected_at: whenAt,
  placed_at: whenAt.nullish(),
});

/** What a supplier said of an open order since. */
export const OrderChangeBody = z
  .strictObject({
    expected_at: whenAt.nullish(),
    quantity: quantity.nullish().describe("Units still outstanding; 0 = it will not come"),
    reference: name.nullish(),
    reason: text(MAX_NOTES).nullish(),
  })
  .refine((body) => body.expected_at != null || body.quantity != null || body.reference != null, {
    message: "must change expected_at, quantity or reference",
  });

/** What may be supposed of an item; what is left out is as it is. */
export const WhatIfBody = z
  .strictObject({
    current_stock: number.min(-MAX_QUANTITY).max(MAX_QUANTITY).optional().describe("Counted now"),
    unit_cost: quantity.optional(),
    lead_time_days: termFields.lead_time_days,
    demand_multiplier: number.min(0.05).max(50).optional().describe("Factor on all demand from today on"),
    expected_at: when.optional().describe("The day on which everything on order arrives"),
  })
  .meta({ id: "WhatIf" });

/** Rows a page of a list, as text of digits only: `Number` would read more than digits. */
export const pageSize = (usual: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .default(String(usual))
    .transform(Number)
    .pipe(z.int().min(1).max(most));

export const ReviewsQuery = z.strictObject({
  status: z.enum(REVIEW_STATUSES).default("pending"),
  store_id: name.optional(),
  limit: pageSize(50, 200),
  cursor: z.string().max(512).optional(),
});

export const StoreQuery = z.strictObject({ store_id: name.default("main") });

/** As long as every list of the store's world. */
const MOST_KEY_STORES = 400;
/** What these reach is not a store's. */
const UNBOUND_SCOPES: readonly string[] = ["admin", "metrics"];

export const KeyBody = z
  .strictObject({
    name,
    scopes: z
      .array(z.enum(SCOPES))
      .min(1)
      .refine((scopes) => new Set(scopes).size === scopes.length, "must not repeat a scope"),
    expires_at: time.nullish(),
    rate_class: z.enum(RATE_CLASSES).default("standard"),
    stores: z
      .array(name)
      .min(1)
      .max(MOST_KEY_STORES)
      .nullish()
      .describe("The stores that the key is bound to; null or absent: all of them"),
  })
  .refine(({ stores, scopes }) => stores == null || !scopes.some((scope) => UNBOUND_SCOPES.includes(scope)), {
    path: ["scopes"],
    message: "must not have admin or metrics on a key that is bound to stores",
  });

export const KeysQuery = z.strictObject({
  limit: pageSize(50, 200),
  cursor: z
    .string()
    .regex(/^[0-9a-f]{20}$/)
    .optional(),
});

/** Objects that one rebuild takes: calls that one invocation may make are limited. */
const MOST_REBUILT = 200;

export const RebuildObjectsBody = z.strictObject({
  objects: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"))
    .min(1)
    .max(MOST_REBUILT)
    .describe("Ids of objects of the namespace ITEM, as the platform lists them"),
});
