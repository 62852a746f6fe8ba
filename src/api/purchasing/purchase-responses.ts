/** Purchase orders on the wire. */
import * as z from "zod";
import { ENDINGS, PURCHASE_STATUSES } from "../../purchasing/order/types.ts";

const moment = z.iso.datetime();
const day = z.iso.date();

const LineAnswer = z.object({
  product_id: z.string(),
  name: z.string().nullable(),
  supplier_sku: z.string().nullable(),
  gtin: z.string().nullable(),
  quantity: z.number(),
  firm_quantity: z.number(),
  order_units: z.number().nullable(),
  order_unit: z.string().nullable(),
  unit_cost: z.number().nullable(),
  value: z.number().nullable(),
  workflow_id: z.string().nullable(),
  confidence: z.number().nullable(),
  reason: z.string().nullable(),
  received: z.number(),
  expected_on: day.nullable(),
});

export const PurchaseOrderAnswer = z
  .object({
    po_id: z.string(),
    number: z.string().nullable(),
    revision: z.number().int(),
    status: z.enum(PURCHASE_STATUSES),
    /** Why it was not sent. */
    ended: z.enum(ENDINGS).nullable(),
    store_id: z.string(),
    supplier_id: z.string(),
    currency: z.string().nullable(),
    order_by: moment,
    arrives_on: day,
    lines: z.array(LineAnswer),
    value: z.number(),
    minimum: z.object({ value: z.number(), met: z.boolean(), short_by: z.number() }).nullable(),
    top_up: z
      .array(z.object({ product_id: z.string(), quantity: z.number(), value: z.number(), extra_cost: z.number() }))
      .describe("What could be added to reach the minimum; empty but where one order is read"),
    over_delivered: z.number().describe("Units that came beyond what was ordered"),
    needs: z.array(z.string()).describe("Why people were asked, as it was then; empty = nobody was"),
    approvals: z.object({ given: z.number().int(), needed: z.number().int() }),
    supplier_reference: z.string().nullable(),
    sent_at: moment.nullable(),
    deliveries: z.array(
      z.object({
        channel: z.string(),
        purpose: z.string(),
        status: z.enum(["pending", "done", "parked", "dropped"]),
        attempts: z.number().int(),
        error: z.string().nullable(),
      }),
    ),
    /** Whether the hashes of the audit hold; if not, `fault` says where. */
    intact: z.boolean(),
    fault: z.string().nullable(),
    audit: z.array(
      z.object({
        seq: z.number().int(),
        at: moment,
        event: z.string(),
        actor: z.string(),
        channel: z.string().nullable(),
        detail: z.string().nullable(),
        hash: z.string().nullable(),
      }),
    ),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: "PurchaseOrder" });

export const PurchaseOrdersAnswer = z
  .object({ purchase_orders: z.array(PurchaseOrderAnswer), next_cursor: z.string().nullable() })
  .meta({ id: "PurchaseOrders" });

export const PurchaseRedeliveryAnswer = z.object({ po_id: z.string(), deliveries: z.int() });

export const PurchaseStoryAnswer = z
  .object({
    po_id: z.string(),
    number: z.string().nullable(),
    store_id: z.string(),
    supplier_id: z.string(),
    status: z.enum(PURCHASE_STATUSES),
    intact: z.boolean(),
    fault: z.string().nullable(),
    steps: z.array(
      z.object({
        /** Null = only the order of the steps is known. */
        at: moment.nullable(),
        kind: z.enum(["event", "effect"]),
        what: z.string(),
        actor: z.string().nullable(),
        channel: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "PurchaseOrderStory" });

export const RestocksAnswer = z
  .object({
    restocks: z.array(
      z.object({
        workflow_id: z.string(),
        store_id: z.string(),
        product_id: z.string(),
        quantity: z.number().describe("What is still to come"),
        decided_at: moment,
        expected_on: day,
        reference: z.string().nullable(),
        placed: z
          .object({ at: moment, actor: z.string() })
          .nullable()
          .describe("Who said that they placed it; null = nobody did: it is to be ordered"),
      }),
    ),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: "Restocks" });
