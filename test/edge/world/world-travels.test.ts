/** How a change of the world reaches items, and what that costs a trigger. */
import { env } from "cloudflare:workers";
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, it, onTestFinished, vi } from "vitest";
import type { ItemObject } from "../../../src/item/item-object.ts";
import { StoreObject } from "../../../src/store/store-object.ts";
import { storageOf } from "../../../src/storage/storage.ts";
import { StoreWorlds } from "../../../src/store/store-worlds.ts";
import { ask, itemStub, passTime, salesCsv, trigger, useWorld } from "../support/world.ts";

useWorld();

const BATCH = 500;
const NOTHING = { world: 0, uploads: 0 };

async function batch(changes: Record<string, unknown> = {}): Promise<any[]> {
  const triggers = Array.from({ length: BATCH }, () => ({
    product_id: "SKU-1",
    current_stock: 500,
    safety_stock_level: 1,
    ...changes,
  }));
  return (await ask("POST", "/inventory-triggers", { triggers })).body.results;
}

it("a thousand triggers of a warm item ask no database, and a hold is one row", async () => {
  await ask("PUT", "/stores/main", { time_zone: "Asia/Tokyo" });
  await ask("PUT", "/suppliers/leaf", { lead_time_days: 2 });
  await ask("PUT", "/products/SKU-1", { supplier_id: "leaf" });
  await ask(
    "PUT",
    "/history/SKU-1",
    salesCsv(60, () => 4),
  );
  await batch();
  const database = Object.getPrototypeOf(env.DB) as D1Database;
  const asked: string[] = [];
  const { prepare } = database;
  const spy = vi.spyOn(database, "prepare").mockImplementation(function (this: D1Database, query: string) {
    asked.push(query);
    return prepare.call(this, query);
  });
  const results = [...(await batch()), ...(await batch())];
  spy.mockRestore();
  expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 2 * BATCH }, () => 200));
  // What goes out afterwards, decisions and counts, is written; nothing is read.
  expect(asked.filter((query) => /^\s*select/i.test(query))).toEqual([]);
  const rows = await runInDurableObject(itemStub(), (item: ItemObject) => item.rowsWritten);
  expect(rows).toBe(1);
});

it("a change of store, supplier, event, season or settings reaches a warm item within a minute", async () => {
  await ask("PUT", "/products/SKU-1", { supplier_id: "leaf" });
  await ask(
    "PUT",
    "/history/SKU-1",
    salesCsv(120, (day) => 8 + ((day * 7) % 5)),
  );
  /** A count of a warm item, a minute after the last change; nothing of it is answered, so each is judged alone. */
  const decision = async () => {
    passTime(60_000);
    const { decision: made } = (await trigger({ current_stock: 300, safety_stock_level: 0 })).body;
    return made;
  };
  const leadTime = async () => (await decision()).evidence.lead_time_days;
  expect([await leadTime(), await leadTime()]).toEqual([7, 7]);

  await ask("PUT", "/suppliers/leaf", { lead_time_days: 3 });
  expect(await leadTime()).toBe(3);
  await ask("PUT", "/suppliers/leaf", { lead_time_days: 4 });
  expect(await leadTime()).toBe(4);
  // Thursday's order would arrive on Monday, on which the store is closed now.
  await ask("PUT", "/stores/main", { closed: [{ from: "2040-03-05", to: "2040-03-05" }] });
  expect(await leadTime()).toBe(5);
  await ask("PUT", "/products/SKU-1", { supplier_id: "leaf", lead_time_days: 2 });
  expect(await leadTime()).toBe(2);

  expect((await decision()).evidence.events).toEqual([]);
  await ask("PUT", "/events/fair", { from: "2040-03-02", to: "2040-03-03", multiplier: 3 });
  expect((await decision()).evidence.events).toEqual(["fair"]);
  await ask("DELETE", "/events/fair");
  expect((await decision()).evidence.events).toEqual([]);

  expect((await decision()).evidence.season_factor).toBeNull();
  await ask("PUT", "/stores/main/season", { week: Array.from({ length: 53 }, (_, week) => (week === 8 ? 2 : 1)) });
  expect((await decision()).evidence.season_factor).toBe(2);
  await ask("PUT", "/stores/main/season", { week: null });
  expect((await decision()).evidence.season_factor).toBeNull();
});

it("an isolate asks a store's object at most every 20 s, also of a store of which nothing is said", async () => {
  let asked = 0;
  const worlds = new StoreWorlds(async () => ((asked += 1), NOTHING));
  for (const at of [0, 5_000, 19_999]) expect(await worlds.versions("main", at), `${at}`).toEqual(NOTHING);
  expect(asked).toBe(1);
  await worlds.versions("main", 20_000);
  expect(asked).toBe(2);
});

it("a store's object that cannot be asked is asked again by the next trigger, which is not held up", async () => {
  const answers = [() => Promise.reject(new Error("away")), () => Promise.resolve(NOTHING)];
  const worlds = new StoreWorlds(() => answers.shift()!());
  expect(await worlds.versions("main", 0)).toBeUndefined();
  expect(await worlds.versions("main", 1)).toEqual(NOTHING);
});

it("a store's version rises with each change of what concerns it, and with no other", async () => {
  const version = async (store: string) => (await env.STORE.getByName(store).versions(store)).world;
  await ask("PUT", "/products/TEA?store_id=osaka", {});
  expect([await version("main"), await version("osaka")]).toEqual([0, 0]);
  await ask("PUT", "/stores/main", { locale: "ja" });
  expect([await version("main"), await version("osaka")]).toEqual([1, 0]);
  await ask("PUT", "/stores/main", { locale: "ja" });
  await ask("PUT", "/suppliers/leaf", { lead_time_days: 2 });
  expect([await version("main"), await version("osaka")]).toEqual([2, 1]);
  await ask("PUT", "/events/fair", { from: "2040-05-01", to: "2040-05-02", multiplier: 2, stores: ["osaka"] });
  expect([await version("main"), await version("osaka")]).toEqual([2, 2]);
  await evictDurableObject(env.STORE.getByName("osaka"));
  await ask("DELETE", "/suppliers/leaf");
  expect([await version("main"), await version("osaka")]).toEqual([3, 3]);
  const { supplier, events } = await env.STORE.getByName("osaka").slice("osaka", "TEA", "leaf");
  expect({ supplier, events: events.map(({ eventId }) => eventId) }).toEqual({ supplier: null, events: ["fair"] });
});

it("a store that cannot be reached keeps no other from hearing of a change", async () => {
  // More than are told at once.
  const stores = Array.from({ length: 40 }, (_, n) => `s-${n}`);
  for (const storeId of stores) await storageOf(env).world.put("seen", storeId, { storeId });
  const changed = vi.spyOn(StoreObject.prototype, "changed").mockRejectedValueOnce(new Error("reset"));
  onTestFinished(() => changed.mockRestore());
  expect((await ask("PUT", "/suppliers/leaf", { lead_time_days: 2 })).status).toBeGreaterThanOrEqual(500);
  expect(changed).toHaveBeenCalledTimes(stores.length);
  expect((await ask("PUT", "/suppliers/leaf", { lead_time_days: 2 })).status).toBe(200);
});
