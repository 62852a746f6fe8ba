import { describe, expect, it } from "vitest";
import { ask, DAY_MS, passTime, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const put = (settings: Record<string, unknown>, product = "SKU-1") => ask("PUT", `/products/${product}`, settings);

const ALL = {
  lead_time_days: 3,
  review_period_days: 2,
  holding_cost: 0.1,
  shortage_cost: 2,
  service_level: 0.9,
  unit_cost: 1.5,
  min_order_quantity: 24,
  pack_size: 24,
  max_stock: 400,
  shelf_life_days: 20,
  name: "Oolong, 50 g",
  supplier_id: "leaf",
  supplier_sku: "L-7",
  gtin: "4006381333931",
  order_unit: { name: "case", units: 12 },
  safety_stock_level: 6,
  price: 4,
  fixed_order_cost: 10,
  phase_out_on: "2040-12-31",
  unmet: "backorder",
  like: { product_id: "SKU-2", store_id: "kyoto", factor: 0.5 },
  replaces: "SKU-0",
};

describe("an item's settings", () => {
  it("come back as they were sent, each of them", async () => {
    expect(await put(ALL)).toMatchObject({ status: 201, body: ALL });
    expect((await ask("GET", "/products/SKU-1")).body.settings).toEqual(ALL);
  });

  it("are missing, and said to be, where only sales are stored", async () => {
    await ask("PUT", "/history/SKU-1", "date,units\n2039-12-01,3\n");
    const { status, body } = await ask("GET", "/products/SKU-1");
    expect([status, body.detail]).toEqual([404, "This product has no settings, orders or decisions."]);
  });

  it("are replaced whole, and null is the same as leaving out", async () => {
    await put(ALL);
    expect((await put({ name: "Oolong", gtin: null, like: null })).status).toBe(200);
    expect((await ask("GET", "/products/SKU-1")).body.settings).toEqual({ name: "Oolong" });
  });

  it.each([
    [{ gtin: "4006381333932" }, "/gtin"],
    [{ gtin: "123" }, "/gtin"],
    [{ order_unit: { name: "case", units: 12 }, pack_size: 18 }, "/pack_size"],
    [{ order_unit: { name: "case" } }, "/order_unit/units"],
    [{ pack_size: 48, max_stock: 40 }, "/max_stock"],
    [{ min_order_quantity: 50, max_stock: 40 }, "/max_stock"],
    [{ phase_out_on: "2040-02-30" }, "/phase_out_on"],
    [{ unmet: "both" }, "/unmet"],
    [{ like: { product_id: "SKU-2", factor: 0 } }, "/like/factor"],
    [{ supplier_id: "leaf " }, "/supplier_id"],
    [{ colour: "green" }, "/colour"],
  ])("refuse %j and name %s", async (settings, pointer) => {
    const refused = await put(settings);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it("take a maximum of 0, which means: do not order", async () => {
    expect((await put({ max_stock: 0, pack_size: 6 })).status).toBe(201);
  });

  it("take a GTIN of each length", async () => {
    for (const gtin of ["96385074", "036000291452", "4006381333931", "10012345000017"])
      expect((await put({ gtin }, gtin)).status, gtin).toBe(201);
  });
});

describe("names", () => {
  const LOOKALIKES = [
    "oolong-7 ",
    " oolong-7",
    "oolong-7\u00A0",
    "oolong-7\u200B",
    "oo\u00ADlong-7",
    "\u202Eoolong-7",
    "\uFEFFoolong-7",
  ];

  it.each(LOOKALIKES)("that look like another are refused: %j", async (lookalike) => {
    expect((await trigger({ product_id: lookalike })).status).toBe(422);
    expect((await trigger({ store_id: lookalike })).status).toBe(422);
    expect((await put({}, encodeURIComponent(lookalike))).status).toBe(422);
    expect((await ask("GET", `/products/SKU-1?store_id=${encodeURIComponent(lookalike)}`)).status).toBe(422);
  });

  it("written in two ways are one", async () => {
    await put({ pack_size: 6 }, encodeURIComponent("cafe\u0301"));
    expect((await ask("GET", `/products/${encodeURIComponent("caf\u00e9")}`)).body.settings).toEqual({ pack_size: 6 });
  });
});

it("what a predecessor has sold since is known within a minute", async () => {
  const sold = (units: number) => {
    const days = Array.from({ length: 60 }, (_, back) =>
      new Date(T0 - (60 - back) * DAY_MS).toISOString().slice(0, 10),
    );
    return ask("PUT", "/history/OLD?replace=true", ["date,units", ...days.map((day) => `${day},${units}`)].join("\n"));
  };
  const mean = async () =>
    (await trigger({ product_id: "NEW", current_stock: 500 })).body.decision.evidence.mean_demand_per_day;
  await sold(10);
  await ask("PUT", "/products/NEW", { replaces: "OLD" });
  expect(await mean()).toBeCloseTo(10, 0);
  await sold(30);
  passTime(60_001);
  expect(await mean()).toBeCloseTo(30, 0);
});

it("a predecessor's own predecessor counts too, and a circle of them ends", async () => {
  const sold = (product: string, from: number, units: number) => {
    const days = Array.from({ length: 30 }, (_, day) =>
      new Date(T0 + (from + day) * DAY_MS).toISOString().slice(0, 10),
    );
    return ask("PUT", `/history/${product}`, ["date,units", ...days.map((day) => `${day},${units}`)].join("\n"));
  };
  const mean = async (product: string) =>
    (await trigger({ product_id: product, current_stock: 500 })).body.decision.evidence.mean_demand_per_day;
  await sold("FIRST", -60, 20);
  await ask("PUT", "/products/SECOND", { replaces: "FIRST" });
  await ask("PUT", "/products/THIRD", { replaces: "SECOND" });
  await ask("PUT", "/products/FIRST", { replaces: "THIRD" });
  expect(await mean("THIRD")).toBeCloseTo(20, 0);
  await sold("ALONE", -30, 10);
  await sold("LATER", -30, 10);
  await ask("PUT", "/products/LATER", { replaces: "SECOND" });
  const [alone, later] = [await mean("ALONE"), await mean("LATER")];
  expect(alone).toBeCloseTo(10, 0);
  expect(later).toBeGreaterThan(alone);
});
