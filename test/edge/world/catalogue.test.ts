import { describe, expect, it } from "vitest";
import { ask, salesCsv, trigger, useWorld } from "../support/world.ts";

useWorld();

const csv = (text: string, headers = {}) => ask("PUT", "/catalogue", text, headers);
const settings = async (product: string, store = "main") =>
  (await ask("GET", `/products/${product}?store_id=${store}`)).body.settings;

describe("a catalogue", () => {
  it("replaces the settings of the items that it lists and leaves others alone", async () => {
    await ask("PUT", "/products/KEPT", { pack_size: 6 });
    await ask("PUT", "/products/A", { pack_size: 6, unit_cost: 1 });
    const text =
      "product_id,store_id,name,pack_size,order_unit_name,order_unit_units,like_product_id,like_factor," +
      "phase_out_on,unmet\n" +
      'A,,"Oolong, 50 g",24,case,12,KEPT,0.5,2040-12-31,backorder\nB,kyoto,Sencha,,,,,,,\nKEPT,,,6,,,,,,\n';
    expect((await csv(text)).body).toEqual({ items: 3, created: 1, changed: 1, unchanged: 1 });
    expect(await settings("A")).toEqual({
      name: "Oolong, 50 g",
      pack_size: 24,
      order_unit: { name: "case", units: 12 },
      like: { product_id: "KEPT", factor: 0.5 },
      phase_out_on: "2040-12-31",
      unmet: "backorder",
    });
    expect(await settings("B", "kyoto")).toEqual({ name: "Sencha" });
    expect((await csv(text)).body).toEqual({ items: 3, created: 0, changed: 0, unchanged: 3 });
  });

  it("with keep=true leaves alone what its rows do not name, and refuses what would contradict it", async () => {
    await ask("PUT", "/products/A", { pack_size: 24, order_unit: { name: "case", units: 12 }, supplier_id: "leaf" });
    const keep = (text: string) => ask("PUT", "/catalogue?keep=true", text);
    const text = "product_id,name,price,pack_size\nA,Oolong,4.5,\nB,Sencha,3,6\n";
    expect((await keep(text)).body).toEqual({ items: 2, created: 1, changed: 1, unchanged: 0 });
    const all = {
      name: "Oolong",
      price: 4.5,
      pack_size: 24,
      order_unit: { name: "case", units: 12 },
      supplier_id: "leaf",
    };
    expect(await settings("A")).toEqual(all);
    expect((await keep(text)).body.unchanged).toBe(2);
    const refused = await keep("product_id,pack_size\nB,12\nA,10\n");
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, "/A/pack_size"]);
    expect([await settings("A"), await settings("B")]).toEqual([all, { name: "Sencha", price: 3, pack_size: 6 }]);
  });

  it("as NDJSON says the same", async () => {
    const lines = [{ product_id: "A", pack_size: 12, order_unit: { name: "case", units: 12 }, gtin: null }];
    const answer = await ask("PUT", "/catalogue", lines.map((line) => JSON.stringify(line)).join("\n"), {
      "Content-Type": "application/x-ndjson",
    });
    expect(answer.body).toEqual({ items: 1, created: 1, changed: 0, unchanged: 0 });
    expect((await csv("product_id,pack_size,order_unit_name,order_unit_units\nA,12,case,12\n")).body.unchanged).toBe(1);
  });

  it("is refused whole, every wrong cell named", async () => {
    const refused = await csv("product_id,pack_size,gtin\nA,six,\nB,6,123\nA,6,\nA,6,\n");
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((error: any) => error.pointer)).toEqual([
      "line 2, column 2",
      "line 3, column 3",
      "line 5, column 1",
    ]);
    expect((await ask("GET", "/products/A")).status).toBe(404);
    expect((await csv("product_id,colour\nA,green\n")).body.errors[0].pointer).toBe("line 1, column 2");
    expect((await csv("product_id\n")).status).toBe(422);
  });

  it("reaches the next trigger of an item that is warm", async () => {
    await ask(
      "PUT",
      "/history/A",
      salesCsv(60, () => 10),
    );
    const ordered = async () =>
      (await trigger({ product_id: "A", current_stock: 0, safety_stock_level: 0, on_order: 0 })).body.decision
        .recommended_quantity;
    expect((await ordered()) % 50).not.toBe(0);
    await csv("product_id,pack_size\nA,50\n");
    expect((await ordered()) % 50).toBe(0);
  });

  it("under one Idempotency-Key is taken once", async () => {
    const key = { "Idempotency-Key": "c1" };
    expect((await csv("product_id,pack_size\nA,50\n", key)).body.created).toBe(1);
    expect((await csv("product_id,pack_size\nA,50\n", key)).body.created).toBe(1);
    expect((await csv("product_id,pack_size\nA,40\n", key)).body.code).toBe("idempotency_mismatch");
  });

  it("of ten thousand items is one upload", async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => `P${at},6`).join("\n");
    expect((await csv(`product_id,pack_size\n${rows}\n`)).body).toMatchObject({ items: 10_000, created: 10_000 });
    expect((await csv(`product_id,pack_size\n${rows}\nX,6\n`)).status).toBe(422);
  });
});

it("a catalogue warns of unknown suppliers, and refuses items that take their history from themselves", async () => {
  await ask("PUT", "/suppliers/leaf", {});
  const known = await ask("PUT", "/catalogue", "product_id,supplier_id\nA,leaf\nB,bean\nC,bean\n");
  expect(known).toMatchObject({
    status: 200,
    body: { items: 3, warnings: ["supplier_id: bean is not a known supplier, so it counts as none"] },
  });
  const rows = "product_id,replaces,like_product_id\nA,A,\nB,,B\nC,A,B\n";
  const refused = await ask("PUT", "/catalogue", rows);
  expect(refused.status).toBe(422);
  expect(refused.body.errors.map(({ pointer }: any) => pointer)).toEqual(["line 2, column 2", "line 3, column 3"]);
});

describe("a fixed cost of ordering that nothing can be weighed against", () => {
  const WARNING = "fixed_order_cost: without unit_cost or holding_cost it changes no order";

  it("is stored with a warning, which names the item", async () => {
    const put = async (settings: object) => (await ask("PUT", "/products/A", settings)).body.warnings;
    expect(await put({ fixed_order_cost: 9 })).toEqual([`${WARNING} (A)`]);
    expect(await put({ fixed_order_cost: 9, unit_cost: 0 })).toEqual([`${WARNING} (A)`]);
    expect(await put({ fixed_order_cost: 9, unit_cost: 2 })).toEqual([]);
    expect(await put({ fixed_order_cost: 9, holding_cost: 0.1 })).toEqual([]);
    expect(await put({ fixed_order_cost: 0 })).toEqual([]);
  });

  it("is warned of in a catalogue by what is stored in the end", async () => {
    await ask("PUT", "/products/B", { unit_cost: 2 });
    const csv = "product_id,fixed_order_cost\nA,9\nB,9\n";
    expect((await ask("PUT", "/catalogue?keep=true", csv)).body.warnings).toEqual([`${WARNING} (A)`]);
    expect((await ask("PUT", "/catalogue", csv)).body.warnings).toEqual([`${WARNING} (A, B)`]);
  });
});

describe("an item's own words", () => {
  it("warn of a supplier that nobody described, and refuse to take its history from itself", async () => {
    expect((await ask("PUT", "/products/A", { supplier_id: "leaf" })).body.warnings).toHaveLength(1);
    await ask("PUT", "/suppliers/leaf", {});
    expect((await ask("PUT", "/products/A", { supplier_id: "leaf" })).body.warnings).toEqual([]);
    expect((await ask("PUT", "/products/A", { replaces: "A" })).status).toBe(422);
    expect((await ask("PUT", "/products/A", { like: { product_id: "A" } })).status).toBe(422);
    expect((await ask("PUT", "/products/A", { like: { product_id: "A", store_id: "kyoto" } })).status).toBe(200);
  });
});

describe("triggers as CSV", () => {
  it("are answered row by row; a bad one fails alone", async () => {
    const text = "product_id,current_stock,safety_stock_level,on_order,notes\nA,50,10,,\nB,many,10,,\nC,1,10,2,fair\n";
    const { status, body } = await ask("POST", "/inventory-triggers", text);
    expect(status).toBe(200);
    expect(body.results.map((result: any) => result.status)).toEqual([200, 422, 202]);
    expect(body.results[1].problem.errors[0].pointer).toBe("/current_stock");
    expect((await ask("POST", "/inventory-triggers", "product_id,stock\nA,1\n")).status).toBe(422);
  });
});

describe("a forecast by weeks", () => {
  const rows = (mean: number, step: number) =>
    `date,mean\n${Array.from({ length: 5 }, (_, at) =>
      new Date(Date.parse("2040-03-05") + at * step * 86_400_000).toISOString().slice(0, 10),
    )
      .map((date) => `${date},${mean}`)
      .join("\n")}\n`;

  it("must say so, and is spread over its days", async () => {
    const refused = await ask("PUT", "/forecasts/A", rows(70, 7));
    expect(refused).toMatchObject({ status: 422 });
    expect(refused.body.detail).toContain("period=week");
    expect(await ask("PUT", "/forecasts/A?period=week", rows(70, 7))).toMatchObject({
      status: 201,
      body: { points: 35 },
    });
    const { points } = (await ask("GET", "/forecasts/A")).body;
    expect(points[0]).toEqual({ date: "2040-03-05", mean: 10 });
    expect((await ask("PUT", "/forecasts/A?period=day", rows(70, 7))).body.points).toBe(5);
    expect((await ask("PUT", "/forecasts/A?period=week", rows(10, 1))).status).toBe(422);
  });
});
