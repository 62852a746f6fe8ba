/** What a decision costs the item's disk: rows and alarms, the thousandth like the second. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { ItemObject } from "../../../src/item/item-object.ts";
import { countOf } from "../../support/counts.ts";
import {
  ask,
  closeObjects,
  DAY_MS,
  HOUR_MS,
  itemStub,
  passTime,
  projected,
  salesCsv,
  T0,
  trigger,
  useWorld,
} from "../support/world.ts";

useWorld();

const HOLDS = countOf(1_000);
const RESTOCKS = countOf(200);

describe("a decision on the statistical path", () => {
  it(`writes one row for a hold, from the 2nd to the ${HOLDS}th`, async () => {
    await trigger({ current_stock: 30 });
    const costs = new Set<number>();
    for (let i = 2; i <= HOLDS; i++) {
      // A day and more passes in between, so that finished rows are overwritten in place as well as added.
      if (i % 10 === 0) passTime(4 * HOUR_MS);
      expect((await trigger({ current_stock: 30 })).body.status).toBe("completed");
      costs.add(await rowsWritten());
    }
    expect([...costs]).toEqual([1]);
  });

  it(`writes two rows for a restock, from the 2nd to the ${RESTOCKS}th`, async () => {
    const dayOf = (day: number): string => new Date(T0 + day * DAY_MS).toISOString().slice(0, 10);
    const salesBefore = (today: number): string =>
      `date,units\n${Array.from({ length: 120 + today }, (_, day) => `${dayOf(day - 120)},20\n`).join("")}`;
    const restock = () => trigger({ current_stock: 0, safety_stock_level: 0, lead_time_days: 1, service_level: 0.5 });
    const costs = new Set<number>();
    let restocks = 0;
    for (let i = 1; i <= RESTOCKS; i++) {
      passTime(DAY_MS);
      // Sales keep coming: without them the item is asked about after some weeks.
      if (i % 10 === 1) {
        expect((await ask("PUT", "/history/SKU-1", salesBefore(i))).status).toBeLessThan(300);
        await rowsWritten();
      }
      const { body } = await restock();
      const cost = await rowsWritten();
      if (body.decision.recommended_action === "restock" && body.status === "completed") {
        restocks++;
        if (i > 1) costs.add(cost);
      }
      for (const order of (await ask("GET", "/products/SKU-1")).body.open_orders) {
        await ask("POST", "/products/SKU-1/receipts", { quantity: order.quantity, reference: order.workflow_id });
      }
    }
    expect(restocks).toBeGreaterThan(RESTOCKS / 2);
    expect([...costs]).toEqual([2]);
  });

  it("writes one row more with an idempotency key", async () => {
    await trigger({ current_stock: 30 }, { "Idempotency-Key": "the item's first" });
    await trigger({ current_stock: 30 }, { "Idempotency-Key": "k" });
    expect(await rowsWritten()).toBe(2);
  });

  it("leaves the alarm alone when one is set that is due in time", async () => {
    await trigger({ current_stock: 30 });
    const changes = await runInDurableObject(itemStub(), (_instance, state) => {
      const counted = { setAlarm: 0 };
      const original = state.storage.setAlarm.bind(state.storage);
      state.storage.setAlarm = async (...args) => {
        counted.setAlarm++;
        await original(...args);
      };
      return counted;
    });
    for (let i = 0; i < 20; i++) await trigger({ current_stock: 30 });
    expect(changes.setAlarm).toBe(0);
    expect(await runInDurableObject(itemStub(), (_instance, state) => state.storage.getAlarm())).not.toBeNull();
  });

  it("reuses the rows of finished workflows older than a day instead of growing", async () => {
    for (let day = 0; day < 30; day++) {
      passTime(DAY_MS + 1);
      await trigger({ current_stock: 30 });
      await projected();
    }
    const count = await runInDurableObject(
      itemStub(),
      (_instance, state) => state.storage.sql.exec("SELECT count(*) AS n FROM workflow").one().n,
    );
    expect(count).toBeLessThanOrEqual(5);
  });
});

describe("a plain hold", () => {
  it("takes at most 1,000 bytes in the item, and a row in D1 that needs no page of its own", async () => {
    await ask(
      "PUT",
      "/history/SKU-1",
      salesCsv(90, (day) => 3 + (day % 5)),
    );
    for (let i = 0; i < 5; i++) {
      passTime(DAY_MS);
      expect((await trigger({ current_stock: 400 + i })).body.status).toBe("completed");
    }
    await projected();
    const inItem = await runInDurableObject(itemStub(), (_instance, state) =>
      state.storage.sql.exec<{ n: number }>("SELECT length(record) + 60 AS n FROM workflow").toArray(),
    );
    expect(Math.max(...inItem.map(({ n }) => n))).toBeLessThan(1_000);
    const { results } = await env.DB.prepare(
      "SELECT length(workflow_id) + length(store_id) + length(product_id) + length(status) + length(record) + " +
        "length(metrics) + 40 AS n FROM workflows",
    ).all<{ n: number }>();
    expect(results).toHaveLength(5);
    // Beyond 1,002 bytes SQLite gives a row of a table without rowids a page of 4 kB beside its own.
    expect(Math.max(...results.map(({ n }) => n))).toBeLessThan(1_000);
  });
});

describe("a table", () => {
  it("is made with its first row", async () => {
    await trigger({ current_stock: 30 });
    expect(await tablesOf("SKU-1")).toEqual(["workflow"]);
    await trigger({ current_stock: 30 }, { "Idempotency-Key": "k" });
    expect(await tablesOf("SKU-1")).toEqual(["idempotency", "workflow"]);
    const asked = await trigger({ current_stock: 0 });
    await ask("POST", `/approve/${asked.body.workflow_id}`, { decision: "approve" });
    expect(await tablesOf("SKU-1")).toEqual(["idempotency", "open_order", "workflow"]);
    await ask("POST", "/products/SKU-1/receipts", { quantity: 1, reference: "r" });
    expect(await tablesOf("SKU-1")).toEqual(["idempotency", "open_order", "receipt", "workflow"]);
    await ask("PUT", "/products/SKU-1", { pack_size: 6 });
    expect(await tablesOf("SKU-1")).toEqual(["idempotency", "identity", "open_order", "receipt", "workflow"]);
  });

  it("for the identity waits for settings: of sales, the newest decision says which it is made on", async () => {
    const sales = (days: number) => salesCsv(days, () => 4).replaceAll(/^(?=\d)/gm, "SKU-1,");
    const upload = (days: number) => ask("POST", "/sales", sales(days).replace("date", "product_id,date"));
    expect((await upload(60)).status).toBe(200);
    expect((await trigger({ current_stock: 400 })).body.status).toBe("completed");
    expect(await tablesOf("SKU-1")).toEqual(["workflow"]);
    await closeObjects();
    await upload(90);
    passTime(HOUR_MS);
    await trigger({ current_stock: 400 });
    expect([await rowsWritten(), await tablesOf("SKU-1")]).toEqual([1, ["workflow"]]);
    const known = () => runInDurableObject(itemStub(), (item: ItemObject) => item.reproject());
    expect(await known()).toMatchObject({ productId: "SKU-1", inputsVersion: 2, terms: null });
    await closeObjects();
    expect(await known()).toMatchObject({ productId: "SKU-1", inputsVersion: 2, terms: null });
    await ask("PUT", "/catalogue", "product_id,pack_size\nSKU-1,6\n");
    passTime(HOUR_MS);
    await trigger({ current_stock: 400 });
    expect(await tablesOf("SKU-1")).toEqual(["identity", "workflow"]);
    expect(await known()).toMatchObject({ inputsVersion: 3, terms: { packSize: 6 } });
  });

  it("of an item that was only uploaded holds who it is, and its decisions come to it later", async () => {
    await ask("PUT", "/products/SKU-1", { pack_size: 6 });
    await closeObjects();
    expect(await tablesOf("SKU-1")).toEqual(["identity"]);
    expect((await trigger({ current_stock: 30 })).body.status).toBe("completed");
    expect(await tablesOf("SKU-1")).toEqual(["identity", "workflow"]);
  });
});

describe("an item that nobody has named", () => {
  it("is a 404 and leaves nothing behind", async () => {
    expect((await ask("GET", "/products/UNKNOWN")).status).toBe(404);
    expect((await ask("POST", "/products/UNKNOWN/receipts", { quantity: 1, reference: "r" })).status).toBe(404);
    expect(await tablesOf("UNKNOWN")).toEqual([]);
  });
});

async function tablesOf(productId: string): Promise<string[]> {
  return runInDurableObject(itemStub(productId), (_instance, state) =>
    state.storage.sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name",
      )
      .toArray()
      .map(({ name }) => name),
  );
}

async function rowsWritten(): Promise<number> {
  return runInDurableObject(itemStub(), (instance) => instance.rowsWritten);
}
