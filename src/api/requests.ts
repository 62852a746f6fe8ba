/** The wire's shapes, as zod parses them; what handlers get is already the inside's plain types. */
import * as z from "zod";
import { RATE_CLASSES, SCOPES } from "./scopes.ts";
import {
  label,
  MAX_NAME,
  MAX_QUANTITY,
  name,
  number,
  orDefault,
  quantity,
  text,
  time,
  isDistinct,
  MOST_ENTRIES,
} from "./fields.ts";
import { REVIEW_STATUSES } from "../shared/statuses.ts";
import { BEFORE_PLACED, isAfterPlaced, MAX_NOTES, when } from "./trigger/trigger-request.ts";
import { termFields } from "./trigger/trigger-terms.ts";

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

/** An order made elsewhere. */
export const OrderBody = z
  .strictObject({
    reference: name,
    quantity: number.gt(0).max(MAX_QUANTITY),
    expected_at: when,
    placed_at: when.nullish(),
  })
  .refine(isAfterPlaced, BEFORE_PLACED);

/** What a supplier said of an open order since. */
export const OrderChangeBody = z
  .strictObject({
    expected_at: when.nullish(),
    quantity: quantity.nullish().describe("Units still outstanding; 0 = it will not come"),
    reference: name.nullish(),
    reason: text(MAX_NOTES).nullish(),
  })
  .refine((body) => body.expected_at != null || body.quantity != null || body.reference != null, {
    message: "must change expected_at, quantity or reference",
  });

/** Assumptions about an item; a field left out keeps its present value. */
export const WhatIfBody = z
  .strictObject({
    current_stock: number.min(-MAX_QUANTITY).max(MAX_QUANTITY).nullish().describe("Counted now"),
    unit_cost: quantity.nullish(),
    lead_time_days: termFields.lead_time_days,
    demand_multiplier: number.min(0.05).max(50).nullish().describe("Factor on all demand from today on"),
    expected_at: when.nullish().describe("The day on which everything on order arrives"),
  })
  .meta({ id: "WhatIf" });

/** Rows a page of a list, as text of digits only: `Number` would read more than digits. */
export const pageSize = (usual: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .default(String(usual))
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .meta({ type: "integer", minimum: 1, maximum: most, pattern: undefined });

export const ReviewsQuery = z.strictObject({
  status: z.enum(REVIEW_STATUSES).default("pending"),
  store_id: name.optional(),
  limit: pageSize(50, 200),
  cursor: z.string().max(512).optional(),
});

export const StoreQuery = z.strictObject({ store_id: name.default("main") });

/** These reach beyond a single store. */
const UNBOUND_SCOPES: readonly string[] = ["admin", "metrics"];

export const KeyBody = z
  .strictObject({
    name,
    scopes: z.array(z.enum(SCOPES)).min(1).refine(isDistinct, "must not repeat a scope").meta({ uniqueItems: true }),
    expires_at: time.nullish(),
    rate_class: orDefault(z.enum(RATE_CLASSES), "standard"),
    stores: z
      .array(name)
      .min(1)
      .max(MOST_ENTRIES)
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
