/**
 * I12: this release reads what v0.1.0 stored. The fixture is one item and one database as that release left them;
 * `MAKE_FIXTURE=1 npx vitest run --project edge test/edge/item/stored-v0.1.0.test.ts` prints one of the present
 * release.
 */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, inject, it, onTestFinished, vi } from "vitest";
import { ItemObject } from "../../../src/item/item-object.ts";
import { PurchaseOrdersObject } from "../../../src/purchasing/purchase-orders-object.ts";
import fixture from "../../fixtures/v0.1.0.json";
import { restore, storedState, type StoredState } from "../support/stored-state.ts";
import {
  approve,
  ask,
  DAY_MS,
  HOUR_MS,
  itemStub,
  passTime,
  projected,
  salesCsv,
  trigger,
  useWorld,
} from "../support/world.ts";

interface Fixture extends StoredState {
  readonly workflows: Readonly<Record<"decided" | "approved" | "rejected" | "open", string>>;
}

useWorld();

/** A life of one item that leaves a row of every kind. */
async function makeFixture(): Promise<Fixture> {
  await ask("PUT", "/stores/main", { name: "Main", time_zone: "Europe/Berlin", currency: "EUR" });
  await ask("PUT", "/suppliers/dairy", { name: "Dairy", lead_time_days: 2, send: "none" });
  await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com" });
  await ask("POST", "/keys", { name: "till", scopes: ["trigger"], stores: ["main"] });
  const rejected = await trigger({ notes: "nothing is known yet" }, { "Idempotency-Key": "first" });
  await approve(rejected.body.workflow_id, { decision: "reject", comment: "not now", reviewer: "Ana" });
  passTime(2 * DAY_MS);
  const approved = await trigger();
  await approve(approved.body.workflow_id);
  await ask("POST", "/products/SKU-1/receipts", { quantity: 4, reference: "D-1" });
  await ask("PUT", "/products/SKU-1", { unit_cost: 2, pack_size: 4, supplier_id: "dairy" });
  await ask(
    "PUT",
    "/history/SKU-1",
    salesCsv(60, () => 2),
  );
  await ask("PUT", "/forecasts/SKU-2", { points: [{ date: "2040-03-20", mean: 4 }] });
  passTime(HOUR_MS);
  const decided = await trigger({ current_stock: 90 });
  passTime(HOUR_MS);
  await ask("PUT", "/products/SKU-1", { unit_cost: 2, pack_size: 4, supplier_id: "dairy", unmet: "lost" });
  const open = await trigger({ current_stock: -5 });
  await projected();
  return {
    workflows: {
      rejected: rejected.body.workflow_id,
      approved: approved.body.workflow_id,
      decided: decided.body.workflow_id,
      open: open.body.workflow_id,
    },
    ...(await storedState(itemStub())),
  };
}

if (inject("makeFixture"))
  it("prints a fixture of the present release", async () => {
    const made = await makeFixture();
    const states = await Promise.all(
      Object.entries(made.workflows).map(async ([name, id]) => [
        name,
        (await ask("GET", `/workflows/${id}`)).body.status,
      ]),
    );
    expect(Object.fromEntries(states)).toEqual({
      rejected: "rejected",
      approved: "completed",
      decided: "completed",
      open: "awaiting_human_review",
    });
    console.log(`FIXTURE${JSON.stringify(made)}`);
  });

describe("what v0.1.0 stored", () => {
  const { workflows, ...state } = fixture as Fixture;

  async function restored(): Promise<void> {
    for (const { name } of (
      await env.DB.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' " +
          "AND name NOT LIKE 'd1\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
      ).all<{ name: string }>()
    ).results)
      await env.DB.exec(`DROP TABLE "${name}"`);
    await restore(itemStub(), state);
    await evictDurableObject(itemStub());
    passTime(2 * DAY_MS + 3 * HOUR_MS);
  }

  it("carries a schema version in every JSON value", () => {
    const texts = [...state.item, ...state.database].flatMap((row) => row.match(/'(?:[^']|'')*'/g) ?? []);
    const values = texts.map((text) => text.slice(1, -1).replaceAll("''", "'")).filter((text) => text.startsWith("{"));
    expect(values.length).toBeGreaterThan(20);
    expect(values.filter((text) => typeof JSON.parse(text).schema !== "number")).toEqual([]);
  });

  it("is read from the item and from the database", async () => {
    await restored();
    for (const [name, id] of Object.entries(workflows)) {
      const { status, body } = await ask("GET", `/workflows/${id}`);
      expect([name, status, body.workflow_id]).toEqual([name, 200, id]);
      expect((await ask("GET", `/workflows/${id}/story`)).status).toBe(200);
      expect((await ask("GET", `/audit/${id}`)).body).toMatchObject({ intact: true, fault: null });
    }
    expect((await ask("GET", "/audit")).body.trails.length).toBeGreaterThanOrEqual(4);
    expect((await ask("GET", "/reviews")).body.reviews).toMatchObject([{ workflow_id: workflows.open }]);
    const item = (await ask("GET", "/products/SKU-1")).body;
    expect(item.settings).toMatchObject({ unit_cost: 2, pack_size: 4, supplier_id: "dairy" });
    expect(item.open_orders).toMatchObject([{ workflow_id: workflows.approved, quantity: 24 }]);
    expect((await ask("GET", "/history/SKU-1")).body.days).toHaveLength(60);
    expect((await ask("GET", "/forecasts/SKU-2")).body.points).toMatchObject([{ mean: 4 }]);
    expect((await ask("GET", "/stores/main")).body.time_zone).toBe("Europe/Berlin");
    expect((await ask("GET", "/people/ana")).body.name).toBe("Ana");
    expect((await ask("GET", "/keys")).body.keys).toMatchObject([{ name: "till", stores: ["main"] }]);
  });

  it("is changed by calls as a Worker of that release makes them", async () => {
    await restored();
    const item = itemStub();
    expect([await item.takeBackReceipt("D-1"), await item.takeBackReceipt("D-1")]).toEqual([true, false]);
    const quantities = async () =>
      (await ask("GET", "/products/SKU-1")).body.open_orders.map(({ quantity }: { quantity: number }) => quantity);
    expect(await quantities()).toEqual([28]);
    expect([await item.cancelOrder(workflows.approved), await quantities()]).toEqual([true, []]);
  });

  it("is changed by calls as an object of that release understands them", async () => {
    await restored();
    const calls = [
      vi.spyOn(ItemObject.prototype, "takeBackReceipt"),
      vi.spyOn(ItemObject.prototype, "cancelOrder"),
      vi.spyOn(PurchaseOrdersObject.prototype, "redeliver"),
    ];
    onTestFinished(() => calls.forEach((call) => call.mockRestore()));
    const poId = `${env.PURCHASE_ORDERS.idFromName("main/dairy").toString()}-potpe58o`;
    expect((await ask("DELETE", "/products/SKU-1/receipts/D-1")).status).toBe(204);
    expect((await ask("DELETE", `/products/SKU-1/orders/${workflows.approved}`)).status).toBe(204);
    expect((await ask("POST", `/purchase-orders/${poId}/redeliver`)).status).toBe(404);
    expect(calls.map((call) => call.mock.calls)).toEqual([[["D-1"]], [[workflows.approved]], [[poId]]]);
  });

  it("is not there for a call that its release does not know: a 503 that says when to come back", async () => {
    await restored();
    const { whatIf } = ItemObject.prototype;
    // As in an object that a deploy has not reached yet.
    delete (ItemObject.prototype as { whatIf?: unknown }).whatIf;
    onTestFinished(() => void (ItemObject.prototype.whatIf = whatIf));
    const { status, headers, body } = await ask("POST", "/products/SKU-1/what-if", { current_stock: 3 });
    expect([status, body.code, headers.get("Retry-After")]).toEqual([503, "unavailable", "5"]);
  });

  it("goes on: the open question is answered, and the next trigger decides", async () => {
    await restored();
    expect((await approve(workflows.open, { decision: "reject" })).status).toBe(200);
    const next = await trigger({ current_stock: 90 });
    expect([next.status, next.body.decision.recommended_action]).toEqual([200, "hold"]);
  });
});
