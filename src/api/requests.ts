/** The wire's shapes, as zod parses them; what handlers get is already the inside's plain types. */
import { z } from "zod";
import { RATE_CLASSES, SCOPES } from "./scopes.ts";
import type { ItemTerms, Trigger } from "../workflow/facts.ts";

const MAX_QUANTITY = 1e9;
const MAX_NAME = 128;
const MAX_NOTES = 2_000;
const MAX_DAYS = 3_650;
/** A minute: shorter periods are typing errors, and as divisors they would overflow. */
const SHORTEST_DAYS = 1 / 1_440;
/** A thousandth of a unit: a gram where the unit is a kilogram. */
const SMALLEST_PACK = 0.001;

/** Control characters, lone surrogates and line or paragraph separators cannot be printed. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/** NUL ends a string in some of the places that text travels to; tab and line breaks are what people type. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

export const name = z
  .string()
  .refine((text) => text.trim() !== "" && [...text].length <= MAX_NAME, `must have 1 to ${MAX_NAME} characters`)
  .refine((text) => !UNPRINTABLE.test(text), "must be printable")
  .refine((text) => text !== "." && text !== "..", "must not be a dot path")
  .meta({ description: `1 to ${MAX_NAME} printable characters, not a dot path` });

/** -0 equals 0 in some languages and sorts below it in others; whoever sends it has a sign error. */
export const number = z.number().refine((value) => !Object.is(value, -0), "must not be negative zero");
const stock = number.min(-MAX_QUANTITY).max(MAX_QUANTITY);
export const quantity = number.min(0).max(MAX_QUANTITY);
const cost = number.min(0).max(MAX_QUANTITY);
/** Orders are whole packs of this; a fractional one allows fractional quantities. */
const packSize = number.min(SMALLEST_PACK).max(MAX_QUANTITY);
/** Text that people wrote, line breaks included. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine(
      (value) => value.isWellFormed() && !CONTROL.test(value),
      "must be well-formed Unicode without control characters",
    );
/** Epoch ms. */
export const time = z.iso.datetime({ offset: true }).transform((iso) => Date.parse(iso));

const termFields = {
  lead_time_days: number.min(0).max(MAX_DAYS).nullish(),
  review_period_days: number.min(SHORTEST_DAYS).max(MAX_DAYS).nullish(),
  holding_cost: cost.nullish(),
  shortage_cost: cost.nullish(),
  service_level: number.gt(0).lt(1).nullish(),
  unit_cost: cost.nullish(),
  min_order_quantity: quantity.nullish(),
  pack_size: packSize.nullish(),
  max_stock: quantity.nullish(),
  shelf_life_days: number.min(SHORTEST_DAYS).max(MAX_DAYS).nullish(),
};

type WireTerms = z.output<z.ZodObject<typeof termFields>>;

/** `null` on the wire means the same as leaving the field out. */
function toTerms(wire: WireTerms): ItemTerms {
  return {
    leadTimeDays: wire.lead_time_days ?? undefined,
    reviewPeriodDays: wire.review_period_days ?? undefined,
    holdingCost: wire.holding_cost ?? undefined,
    shortageCost: wire.shortage_cost ?? undefined,
    serviceLevel: wire.service_level ?? undefined,
    unitCost: wire.unit_cost ?? undefined,
    minOrderQuantity: wire.min_order_quantity ?? undefined,
    packSize: wire.pack_size ?? undefined,
    maxStock: wire.max_stock ?? undefined,
    shelfLifeDays: wire.shelf_life_days ?? undefined,
  };
}

export const TriggerBody = z
  .strictObject({
    product_id: name,
    store_id: name.default("main"),
    current_stock: stock,
    safety_stock_level: quantity,
    on_order: quantity.nullish(),
    backordered: quantity.nullish(),
    ...termFields,
    notes: text(MAX_NOTES).nullish(),
    occurred_at: time.nullish(),
  })
  .meta({ id: "Trigger" });

/** As `preferences.ts` reads them. */
export const TriggerHeaders = z.object({
  "Idempotency-Key": z.string().max(257).optional().describe("1 to 255 characters; kept 24 h"),
  Prefer: z.string().optional().describe("wait=N (seconds, 30 at most) or respond-async"),
});

export type TriggerRequest = z.output<typeof TriggerBody>;

export function toTrigger(body: TriggerRequest): Trigger {
  return {
    currentStock: body.current_stock,
    safetyStock: body.safety_stock_level,
    onOrder: body.on_order ?? null,
    backordered: body.backordered ?? 0,
    terms: toTerms(body),
    notes: body.notes ?? null,
    occurredAt: body.occurred_at ?? null,
  };
}

export const SettingsBody = z.strictObject(termFields).transform(toTerms);

/** Settings as the wire shows them; absent ones are left out. */
export function termsToWire(terms: ItemTerms) {
  return Object.fromEntries(
    Object.entries({
      lead_time_days: terms.leadTimeDays,
      review_period_days: terms.reviewPeriodDays,
      holding_cost: terms.holdingCost,
      shortage_cost: terms.shortageCost,
      service_level: terms.serviceLevel,
      unit_cost: terms.unitCost,
      min_order_quantity: terms.minOrderQuantity,
      pack_size: terms.packSize,
      max_stock: terms.maxStock,
      shelf_life_days: terms.shelfLifeDays,
    }).filter(([, value]) => value !== undefined),
  );
}

/** Triggers a batch: an object call each, all within one request's limit of subrequests. */
export const MOST_TRIGGERS = 500;

/** Each trigger is parsed on its own, so that a bad one does not fail the rest. */
export const BatchBody = z.strictObject({ triggers: z.array(z.unknown()).min(1).max(MOST_TRIGGERS) });

export const VerdictBody = z
  .strictObject({
    decision: z.enum(["approve", "reject", "modify"]),
    quantity: quantity.nullish(),
    comment: text(MAX_NOTES).nullish(),
    reviewer: text(MAX_NAME)
      .refine((value) => !UNPRINTABLE.test(value) && value.trim() !== "", "must be printable")
      .nullish(),
    revision: z.int().min(1).nullish(),
  })
  .refine((body) => body.decision !== "modify" || body.quantity != null, {
    path: ["quantity"],
    message: "is required with modify",
  })
  .refine((body) => body.decision === "modify" || body.quantity == null, {
    path: ["quantity"],
    message: "goes only with modify",
  });

export const ReceiptBody = z.strictObject({
  quantity: number.gt(0).max(MAX_QUANTITY),
  reference: name.nullish(),
  /** When the goods arrived, for a store that tells later; item time. */
  received_at: time.nullish(),
});

/** Rows a page of a list, as text of digits only: `Number` would read more than digits. */
export const pageSize = (usual: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .default(String(usual))
    .transform(Number)
    .pipe(z.int().min(1).max(most));

const REVIEW_STATUSES = ["pending", "approved", "rejected", "modified", "expired", "superseded"] as const;

export const ReviewsQuery = z.strictObject({
  status: z.enum(REVIEW_STATUSES).default("pending"),
  limit: pageSize(50, 200),
  cursor: z.string().max(512).optional(),
});

export const StoreQuery = z.strictObject({ store_id: name.default("main") });

export const KeyBody = z.strictObject({
  name,
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .refine((scopes) => new Set(scopes).size === scopes.length, "must not repeat a scope"),
  expires_at: time.nullish(),
  rate_class: z.enum(RATE_CLASSES).default("standard"),
});

export const KeysQuery = z.strictObject({
  limit: pageSize(50, 200),
  cursor: z
    .string()
    .regex(/^[0-9a-f]{20}$/)
    .optional(),
});
