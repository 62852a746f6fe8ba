/** `POST /products/{id}/what-if`: what would be decided, were something otherwise; nothing of it is kept. */
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { WhatIfAnswer } from "../../../src/api/item-responses.ts";
import { ask, DAY_MS, itemStub, projected, salesCsv, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const steady = { lead_time_days: 7, review_period_days: 1, safety_stock_level: 0 };

async function sellsTenADay(): Promise<void> {
  await ask(
    "PUT",
    "/history/SKU-1?complete_through=2040-02-29",
    salesCsv(120, (day) => 8 + (day % 5)),
  );
}

async function whatIf(body: Record<string, unknown>, store = "main") {
  const answer = await ask("POST", `/products/SKU-1/what-if?store_id=${store}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return WhatIfAnswer.parse(answer.body);
}

const quantity = ({ decision }: { decision: { recommended_quantity: number } }) => decision.recommended_quantity;

/** Every row of the item, and its alarm. */
async function itemRows(): Promise<string[]> {
  return runInDurableObject(itemStub(), async (_item, { storage }) => {
    const tables = storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").toArray();
    const rows = tables
      .filter(({ name }) => !name.startsWith("_cf"))
      .flatMap(({ name }) => storage.sql.exec(`SELECT * FROM "${name}"`).toArray());
    return [`alarm ${await storage.getAlarm()}`, ...rows.map((row) => JSON.stringify(row))];
  });
}

describe("what if", () => {
  it("supposes nothing: what is decided now", async () => {
    await sellsTenADay();
    const { body } = await trigger({ ...steady, current_stock: 40 });
    const { present, supposed, difference, counted_at } = await whatIf({});
    expect(supposed).toEqual(present);
    expect(difference).toEqual({ quantity: 0, confidence: 0 });
    expect(Date.parse(counted_at!)).toBe(T0);
    // The order that the trigger made fills the gap.
    expect(body.decision.recommended_action).toBe("restock");
    expect(quantity(present!)).toBe(0);
  });

  it("shows a difference as a person would write it", async () => {
    await ask("PUT", "/products/SKU-1", { pack_size: 0.1 });
    const tenths = salesCsv(120, (day) => (4 + (day % 3)) / 10);
    await ask("PUT", "/history/SKU-1?complete_through=2040-02-29", tenths);
    await trigger({ ...steady, current_stock: 100 });
    for (const lead_time_days of [3, 7, 11]) {
      const { present, supposed, difference } = await whatIf({ current_stock: 1.3, lead_time_days });
      const [before, after] = [present!.decision, supposed.decision];
      expect(difference!.quantity).toBe(Number((quantity(supposed) - quantity(present!)).toFixed(3)));
      expect(difference!.confidence).toBe(Number((after.confidence_score - before.confidence_score).toFixed(6)));
    }
  });

  it("decides as a trigger of that stock would, and of that cost, lead time and demand", async () => {
    await ask("PUT", "/products/SKU-1", { unmet: "backorder" });
    await sellsTenADay();
    await trigger({ ...steady, current_stock: 400 });
    const fewer = await whatIf({ current_stock: 30 });
    expect(quantity(fewer.present!)).toBe(0);
    const longer = await whatIf({ current_stock: 30, lead_time_days: 14 });
    expect(quantity(longer.supposed)).toBeGreaterThan(quantity(fewer.supposed) + 50);
    const doubled = await whatIf({ current_stock: 30, demand_multiplier: 2 });
    expect(quantity(doubled.supposed)).toBeGreaterThan(1.8 * (quantity(fewer.supposed) + 30) - 30);
    expect(quantity((await trigger({ ...steady, current_stock: 30 })).body)).toBe(quantity(fewer.supposed));
  });

  it("moves an uploaded forecast, too", async () => {
    await ask("PUT", "/products/SKU-1", { unmet: "backorder" });
    const points = Array.from({ length: 40 }, (_, day) => ({
      date: new Date(T0 + day * DAY_MS).toISOString().slice(0, 10),
      mean: 10,
      std: 2,
    }));
    await ask("PUT", "/forecasts/SKU-1", { points });
    const once = quantity((await whatIf({ current_stock: 20 })).supposed);
    const twice = quantity((await whatIf({ current_stock: 20, demand_multiplier: 2 })).supposed);
    expect(twice + 20).toBeGreaterThan(1.8 * (once + 20));
  });

  it("lets what is on order come late", async () => {
    await sellsTenADay();
    await trigger({
      ...steady,
      current_stock: 20,
      open_orders: [{ reference: "PO-1", quantity: 100, expected_at: "2040-03-02" }],
    });
    const late = await whatIf({ expected_at: "2040-05-01" });
    expect(quantity(late.present!)).toBe(0);
    expect(quantity(late.supposed)).toBeGreaterThan(0);
    const own = await whatIf({ expected_at: "2040-03-02T10:00:00Z" });
    expect(quantity(own.supposed)).toBe(0);
  });

  it("takes a lower cost than the stored one, and says when a person would be asked", async () => {
    await ask("PUT", "/products/SKU-1", { ...steady, unit_cost: 500 });
    await sellsTenADay();
    await trigger({ current_stock: 400 });
    const { supposed } = await whatIf({ current_stock: -5, unit_cost: 1 });
    expect(supposed.asks_for_review).toContain("negative_stock");
  });

  it("changes nothing, whatever is supposed", async () => {
    await sellsTenADay();
    await trigger({ ...steady, current_stock: 400 });
    await projected();
    const before = await itemRows();
    await whatIf({ current_stock: 0 });
    await whatIf({
      current_stock: 4,
      demand_multiplier: 3,
      lead_time_days: 20,
      unit_cost: 2,
      expected_at: "2040-04-01",
    });
    expect(await itemRows()).toEqual(before);
    expect(before.length).toBeGreaterThan(1);
  });

  it("needs a stock where nothing was counted, and makes no item", async () => {
    const { status, body } = await ask("POST", "/products/SKU-9/what-if", { demand_multiplier: 2 });
    expect([status, body.errors[0].pointer]).toEqual([422, "/current_stock"]);
    const { present } = await whatIf({ current_stock: 4 });
    expect(present).toBeNull();
    expect((await ask("GET", "/products/SKU-1")).status).toBe(404);
  });
});
