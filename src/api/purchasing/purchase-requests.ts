/** What is sent about purchase orders. */
import * as z from "zod";
import { day, DAY_OR_MOMENT, label, name, quantity, text, time, MAX_LABEL } from "../fields.ts";
import { pageSize } from "../requests.ts";
import { when } from "../trigger/trigger-request.ts";
import { PURCHASE_STATUSES } from "../../purchasing/order/types.ts";
import { DAY_MS } from "../../shared/durations.ts";

const MAX_REASON = 500;
/** Lines of one call; an order may have more. */
const MOST_LINES = 1_000;

const revision = z.number().int().min(1);
const lineQuantity = z.strictObject({ product_id: name, quantity });

/** Refuses a product that is listed twice: nobody can know which of its quantities was meant. */
function refuseRepeated({ value, issues }: z.core.ParsePayload<readonly { readonly product_id: string }[]>): void {
  const seen = new Set<string>();
  for (const [index, { product_id }] of value.entries()) {
    if (seen.has(product_id))
      issues.push({ code: "custom", path: [index, "product_id"], message: "is listed twice", input: value });
    seen.add(product_id);
  }
}

/** Several, comma-separated. */
const statuses = z
  .string()
  .transform((value) => value.split(",").map((part) => part.trim()))
  .pipe(z.array(z.enum(PURCHASE_STATUSES)).min(1))
  .describe(`One or more, comma-separated: ${PURCHASE_STATUSES.join(", ")}`);

const format = z.enum(["json", "csv", "xlsx"]);
/** A moment, or a day: to its end in UTC. */
const dueBy = z.union([time, day.transform((value) => (value + 1) * DAY_MS - 1)], DAY_OR_MOMENT);

export const PurchaseOrdersQuery = z.strictObject({
  status: statuses.optional(),
  store_id: name.optional(),
  supplier_id: name.optional(),
  due_by: dueBy.optional(),
  limit: pageSize(50, 100),
  cursor: z.string().max(1_024).optional(),
  format: format.optional(),
});

export const RestocksQuery = z.strictObject({
  store_id: name.optional(),
  limit: pageSize(50, 100),
  cursor: z.string().max(1_024).optional(),
});

export const PurchaseOrderQuery = z.strictObject({ format: format.optional() });

export const OF_PURCHASE_ORDER = { params: z.object({ po_id: z.string() }) } as const;

export const LinesBody = z.strictObject({
  revision,
  lines: z.array(lineQuantity).min(1).max(MOST_LINES).check(refuseRepeated),
});
export const RevisionBody = z.strictObject({ revision });
export const CancelBody = z.strictObject({ revision, reason: text(MAX_REASON).nullish() });

export const ConfirmBody = z.strictObject({
  reference: label(MAX_LABEL).nullish(),
  expected_at: when.nullish(),
  lines: z
    .array(
      z.strictObject({
        product_id: name,
        quantity: quantity.nullish(),
        expected_at: when.nullish(),
      }),
    )
    .max(MOST_LINES)
    .check(refuseRepeated)
    .nullish(),
});

export const ReceiveBody = z.strictObject({
  reference: label(MAX_LABEL),
  received_at: time.nullish(),
  lines: z
    .array(z.strictObject({ product_id: name, quantity: quantity.gt(0) }))
    .min(1)
    .max(MOST_LINES),
});
