/** Runs: every item of a store is decided again from its last count, once, whatever crashes in between. */
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { ItemObject } from "../../../src/item/item-object.ts";
import { MINUTE_MS } from "../../../src/shared/durations.ts";
import {
  ask,
  DAY_MS,
  HOUR_MS,
  itemStub,
  openOrders,
  passTime,
  projected,
  read,
  salesCsv,
  T0,
  trigger,
  useWorld,
  type Answer,
} from "../support/world.ts";

useWorld();

const store = (storeId = "main") => env.STORE.getByName(storeId);

/** Rings the store's alarm until the run is over. */
async function finish(runId: string, storeId = "main"): Promise<Answer["body"]> {
  for (let ring = 0; ring < 50; ring++) {
    const { body } = await ask("GET", `/runs/${runId}`);
    if (body.status === "done") return body;
    await runDurableObjectAlarm(store(storeId));
  }
  throw new Error("the run does not end");
}

async function run(body: Record<string, unknown> = {}): Promise<Answer["body"]> {
  const begun = await ask("POST", "/runs", body);
  expect([begun.status, begun.headers.get("Location")]).toEqual([202, `/runs/${begun.body.run_id}`]);
  return finish(begun.body.run_id, begun.body.store_id);
}

/** Enough history for a decision without a person. */
async function anItem(productId: string, storeId = "main"): Promise<void> {
  const path = `/history/${productId}?store_id=${storeId}`;
  expect(
    (
      await ask(
        "PUT",
        path,
        salesCsv(120, (day) => 8 + ((day * 7) % 5)),
      )
    ).status,
  ).toBe(201);
}

async function count(productId: string, changes: Record<string, unknown> = {}): Promise<Answer["body"]> {
  const { body } = await trigger({ product_id: productId, safety_stock_level: 5, current_stock: 400, ...changes });
  await projected(productId, (changes["store_id"] as string | undefined) ?? "main");
  return body;
}

describe("a run", () => {
  it("leaves items alone of which nothing new is known", async () => {
    await anItem("SKU-1");
    const sure = await count("SKU-1", { current_stock: 20 });
    const asked = await count("SKU-2", { current_stock: 1, safety_stock_level: 40 });
    expect(asked.status).toBe("awaiting_human_review");
    const done = await run();
    expect(done).toMatchObject({
      status: "done",
      items: 2,
      decided: 0,
      unchanged: 2,
      restock: 0,
      waiting: 0,
      failed: 0,
    });
    expect([done.skipped, done.finished_at]).toEqual([[], new Date(T0).toISOString()]);
    expect((await read(sure.workflow_id)).status).toBe(sure.status);
  });

  it("decides again, from the same count, what new knowledge touches", async () => {
    await anItem("SKU-1");
    const before = await count("SKU-1", { current_stock: 12, lead_time_days: 2, notes: "a festival" });
    await ask("PUT", "/products/SKU-1", { pack_size: 144 });
    const done = await run();
    expect(done).toMatchObject({ items: 1, decided: 1, unchanged: 0 });
    const { body } = await ask("GET", "/products/SKU-1");
    const newest = body.decisions[0];
    expect(newest.workflow_id).not.toBe(before.workflow_id);
    expect(await run()).toMatchObject({ items: 1, decided: 0, unchanged: 1 });
  });

  it("orders now: a sender that does not count it yet has it ordered no second time", async () => {
    await anItem("SKU-1");
    const settings = (lead_time_days: number) =>
      ask("PUT", "/products/SKU-1", { safety_stock_level: 5, lead_time_days });
    await settings(2);
    expect((await count("SKU-1", { current_stock: 50, on_order: 0 })).decision.recommended_action).toBe("hold");
    passTime(12 * HOUR_MS);
    await settings(6);
    expect(await run()).toMatchObject({ decided: 1, restock: 1 });
    const ordered = await openOrders("SKU-1");
    expect(ordered).toMatchObject([{ placed_at: new Date(Date.now()).toISOString() }]);
    passTime(5 * MINUTE_MS);
    await count("SKU-1", { current_stock: 50, on_order: 0 });
    expect(await openOrders("SKU-1")).toEqual(ordered);
  });

  it("keeps an order made elsewhere that was reported after a count whose `on_order` does not hold it", async () => {
    await anItem("SKU-1");
    await count("SKU-1", { current_stock: 30, on_order: 0 });
    passTime(HOUR_MS);
    const placed_at = new Date(T0 - 5 * HOUR_MS).toISOString();
    const elsewhere = {
      reference: "E-1",
      quantity: 60,
      placed_at,
      expected_at: new Date(T0 + 2 * DAY_MS).toISOString(),
    };
    expect((await ask("POST", "/products/SKU-1/orders", elsewhere)).status).toBe(201);
    await ask("PUT", "/products/SKU-1", { safety_stock_level: 5, lead_time_days: 3, unit_cost: 2 });
    expect(await run()).toMatchObject({ decided: 1, restock: 0 });
    expect(await openOrders("SKU-1")).toContainEqual(expect.objectContaining({ reference: "E-1", quantity: 60 }));
  });

  it("skips items without a recent count and says so", async () => {
    await anItem("SKU-1");
    await ask("PUT", "/products/SKU-2", { safety_stock_level: 4 });
    await count("SKU-1");
    passTime(37 * HOUR_MS);
    const done = await run();
    expect(done.skipped).toEqual([
      { product_id: "SKU-1", why: "no_recent_count" },
      { product_id: "SKU-2", why: "no_recent_count" },
    ]);
  });

  it("asks again about what nobody answered, and leaves a person's No alone", async () => {
    const silent = await count("SKU-1", { current_stock: 1, safety_stock_level: 40 });
    const refused = await count("SKU-2", { current_stock: 1, safety_stock_level: 40 });
    await ask("POST", `/approve/${refused.workflow_id}`, { decision: "reject" });
    passTime(5 * HOUR_MS);
    expect((await read(silent.workflow_id)).status).toBe("expired");
    expect(await run()).toMatchObject({ items: 2, decided: 1, waiting: 1, unchanged: 1 });
  });

  it("decides no item twice when it is cut off in the middle", async () => {
    const products = Array.from({ length: 205 }, (_, index) => `SKU-${String(index).padStart(3, "0")}`);
    const triggers = products.map((productId) => ({ product_id: productId, current_stock: 50, safety_stock_level: 4 }));
    expect((await ask("POST", "/inventory-triggers", { triggers })).status).toBe(200);
    const catalogue = `product_id,unit_cost\n${products.map((productId) => `${productId},2\n`).join("")}`;
    expect((await ask("PUT", "/catalogue", catalogue)).body).toMatchObject({ items: 205 });
    const begun = await ask("POST", "/runs", {});
    const decisionsOf = async (productId: string): Promise<unknown[]> =>
      (await ask("GET", `/products/${productId}`)).body.decisions;
    // The run writes how far it came at the end of a page, so it asks the items of this page again.
    const page = runDurableObjectAlarm(store()).catch(() => undefined);
    await vi.waitFor(async () => expect(await decisionsOf("SKU-000")).toHaveLength(2), {
      timeout: 60_000,
      interval: 1,
    });
    await abortAllDurableObjects();
    await page;
    const done = await finish(begun.body.run_id);
    expect(done).toMatchObject({ items: 205, decided: 205, failed: 0 });
    for (const productId of ["SKU-000", "SKU-001", "SKU-150", "SKU-204"])
      expect(await decisionsOf(productId), productId).toHaveLength(2);
  });

  it.each([
    ["since it began", true],
    ["under a key, for a caller that does not say when it began", false],
  ])(
    "gives an item that is asked again the same answer, though it was counted meanwhile: found %s",
    async (_, isTold) => {
      await anItem("SKU-1");
      await count("SKU-1");
      passTime(HOUR_MS);
      await ask("PUT", "/catalogue", "product_id,unit_cost\nSKU-1,3\n");
      const call = {
        schema: 1,
        item: { storeId: "main", productId: "SKU-1" },
        runId: "run-1",
        ...(isTold ? { startedAt: Date.now() } : {}),
      } as const;
      const first = await itemStub().decideAgain(call);
      expect(first).toMatchObject({ kind: "decided", action: "hold" });
      await abortAllDurableObjects();
      await count("SKU-1", { current_stock: 1, safety_stock_level: 40 });
      const { decisions } = (await ask("GET", "/products/SKU-1")).body;
      expect(await itemStub().decideAgain(call)).toEqual(first);
      expect((await ask("GET", "/products/SKU-1")).body.decisions).toHaveLength(decisions.length);
    },
  );

  it("writes an item's decision and its new settings, and nothing for the run", async () => {
    await anItem("SKU-1");
    await ask("PUT", "/catalogue", "product_id,unit_cost\nSKU-1,2\n");
    await count("SKU-1");
    await ask("PUT", "/catalogue", "product_id,unit_cost\nSKU-1,3\n");
    expect(await run()).toMatchObject({ decided: 1 });
    expect(await runInDurableObject(itemStub(), (item: ItemObject) => item.rowsWritten)).toBe(2);
  });

  it("is over when the database has its decisions, so that no item has to be woken for them", async () => {
    await anItem("SKU-1");
    await count("SKU-1");
    await runDurableObjectAlarm(itemStub());
    await abortAllDurableObjects();
    await ask("PUT", "/catalogue", "product_id,unit_cost\nSKU-1,3\n");
    expect(await run()).toMatchObject({ decided: 1 });
    const { results } = await env.DB.prepare("SELECT 1 FROM workflows WHERE product_id = 'SKU-1'").all();
    expect(results).toHaveLength(2);
    expect(await runInDurableObject(itemStub(), (_, state) => state.storage.getAlarm())).toBeNull();
  });

  it("is one at a time", async () => {
    await count("SKU-1");
    const first = await ask("POST", "/runs", {});
    const second = await ask("POST", "/runs", {});
    expect([second.status, second.body.code]).toEqual([409, "run_under_way"]);
    expect(second.headers.get("Location")).toBe(`/runs/${first.body.run_id}`);
    await finish(first.body.run_id);
    expect((await ask("POST", "/runs", {})).status).toBe(202);
  });

  it("may be of one supplier's items alone", async () => {
    await ask("PUT", "/suppliers/acme", { name: "Acme" });
    await ask("PUT", "/products/SKU-1", { supplier_id: "acme" });
    await count("SKU-1");
    await count("SKU-2");
    expect(await run({ supplier_id: "acme" })).toMatchObject({ supplier_id: "acme", items: 1 });
  });

  it("is refused for a store that does not exist, and unknown runs are not found", async () => {
    expect((await ask("POST", "/runs", { store_id: "nowhere" })).status).toBe(404);
    for (const id of ["x", `${"0".repeat(64)}-1`]) expect((await ask("GET", `/runs/${id}`)).status, id).toBe(404);
    expect((await ask("POST", "/runs", { store: "main" })).status).toBe(422);
  });
});

describe("a store's morning", () => {
  const TOKYO = { name: "Tokyo", time_zone: "Asia/Tokyo", review_at: "06:00" };

  it("runs once each local day", async () => {
    await count("SKU-1", { store_id: "tokyo" });
    await ask("PUT", "/stores/tokyo", TOKYO);
    const atTokyo = store("tokyo");
    // T0 is 15:00 in Tokyo: the next morning is fifteen hours away.
    passTime(15 * HOUR_MS - 1);
    await runDurableObjectAlarm(atTokyo);
    expect(await atTokyo.newestRun()).toBeNull();
    passTime(1);
    await runDurableObjectAlarm(atTokyo);
    await finish((await atTokyo.newestRun())!.runId, "tokyo");
    expect(await atTokyo.newestRun()).toMatchObject({ status: "done", items: 1, startedAt: T0 + 15 * HOUR_MS });
    await runDurableObjectAlarm(atTokyo);
    await ask("PUT", "/stores/tokyo", { ...TOKYO, review_at: "06:30" });
    passTime(HOUR_MS);
    await runDurableObjectAlarm(atTokyo);
    expect((await atTokyo.newestRun())!.startedAt).toBe(T0 + 15 * HOUR_MS);
    passTime(DAY_MS);
    await runDurableObjectAlarm(atTokyo);
    expect((await atTokyo.newestRun())!.startedAt).toBe(T0 + 40 * HOUR_MS);
  });
});
