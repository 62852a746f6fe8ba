/**
 * A field of a trigger reaches everything that a trigger goes through. `SENT` names every field by its type, so a new
 * one does not compile until it is here.
 */
import type * as z from "zod";
import { describe, expect, it } from "vitest";
import { toTrigger } from "../../src/api/from-wire.ts";
import { TriggerBody } from "../../src/api/trigger/trigger-request.ts";
import { triggersFromCsv } from "../../src/http/kit/request/trigger-rows.ts";
import { asTrigger } from "../../src/workflow/last-count.ts";
import { validate } from "../../src/workflow/steps/validate.ts";
import { UNKNOWN_WORLD } from "../../src/world/types.ts";
import { T0 } from "../workflow/world.ts";

type Body = z.input<typeof TriggerBody>;

/** Each field once; `on_order` and `open_orders` exclude each other. */
const SENT: Required<Body> = {
  product_id: "SKU-1",
  store_id: "kyoto",
  current_stock: 12,
  safety_stock_level: 40,
  on_order: 6,
  open_orders: null,
  backordered: 2,
  reserved: 3,
  lots: [{ quantity: 4, expires_on: "2040-03-09" }],
  lead_time_days: 7,
  review_period_days: 1,
  holding_cost: 0.1,
  shortage_cost: 2,
  service_level: 0.9,
  unit_cost: 3.5,
  min_order_quantity: 12,
  pack_size: 6,
  max_stock: 200,
  shelf_life_days: 30,
  notes: "a festival on Saturday",
  occurred_at: "2040-03-01T05:00:00Z",
  backfill: true,
};
const WITH_ORDERS: Body = {
  ...SENT,
  on_order: null,
  open_orders: [{ reference: "A", quantity: 6, expected_at: "2040-03-05", placed_at: "2040-02-20T09:00:00Z" }],
};
/** They name the item, which travels beside its trigger. */
const OF_THE_ITEM = new Set(["product_id", "store_id"]);
const LISTS = new Set(["open_orders", "lots"]);

const triggerOf = (body: Body) => toTrigger(TriggerBody.parse(body));

describe("each field of a trigger", () => {
  it("that does not name the item reaches the workflow", () => {
    const fields = Object.keys(TriggerBody.shape).filter((field) => !OF_THE_ITEM.has(field));
    const lost = fields.filter((field) => {
      const body = field === "open_orders" ? WITH_ORDERS : SENT;
      const without = { ...body, [field]: field === "current_stock" ? 0 : null };
      return JSON.stringify(triggerOf(body)) === JSON.stringify(triggerOf(without));
    });
    expect(lost).toEqual([]);
  });

  it("but its note comes again when a run decides the item from its last count", () => {
    for (const body of [SENT, WITH_ORDERS]) {
      const trigger = triggerOf(body);
      const again = asTrigger(validate(trigger, {}, UNKNOWN_WORLD, T0));
      expect(again).toEqual({ reserved: 0, openOrders: null, lots: null, ...trigger, notes: null });
    }
  });

  it("but lists is a column of a file of triggers, read as the JSON of the same name is", () => {
    const columns = Object.entries(SENT).filter(([field]) => !LISTS.has(field));
    const header = columns.map(([field]) => field).join(",");
    const row = columns.map(([, value]) => String(value)).join(",");
    expect(triggersFromCsv(`${header}\n${row}\n`)).toEqual([Object.fromEntries(columns)]);
  });
});
