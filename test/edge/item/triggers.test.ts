import { describe, expect, it } from "vitest";
import { parseSettings } from "../../../src/config/settings.ts";
import type { ItemInputStore } from "../../../src/storage/item-inputs.ts";
import type { ItemTerms } from "../../../src/workflow/item-terms.ts";
import { aCall, aLife, onDisk } from "../support/item-life.ts";
import {
  approve,
  ask,
  aTrigger,
  closeObjects,
  DAY_MS,
  HOUR_MS,
  openOrders,
  passTime,
  read,
  salesCsv,
  T0,
  trigger,
  useWorld,
} from "../support/world.ts";

useWorld();

it("says which fields are missing, and how a moment is written", async () => {
  const sent = { product_id: "SKU-1", safety_stock_level: 4, occurred_at: "2040-01-01T10:00:00" };
  const { status, body } = await ask("POST", "/inventory-trigger", sent);
  expect(status).toBe(422);
  expect(body.errors).toEqual([
    { pointer: "/current_stock", message: "is required" },
    { pointer: "/occurred_at", message: "must be a moment with its offset, like 2026-01-31T09:00:00Z" },
  ]);
});

describe("a trigger for an item of which nothing is known", () => {
  it("asks a person about the plain rule's restock", async () => {
    const { status, body, headers } = await trigger();
    expect(status).toBe(202);
    expect(headers.get("Location")).toBe(`/workflows/${body.workflow_id}`);
    expect(body).toMatchObject({
      status: "awaiting_human_review",
      revision: 1,
      decision: {
        recommended_action: "restock",
        recommended_quantity: 28,
        confidence_score: 0.5,
        decided_by: "fallback",
        fallback: true,
      },
      recommendation: { action: "restock", quantity: 28, confidence: 0.5 },
      review: { status: "pending", reason: "plain_rule", expires_at: new Date(T0 + 4 * HOUR_MS).toISOString() },
    });
    expect(body.nodes.map((node: { node: string }) => node.node)).toEqual([
      "validate",
      "forecast",
      "assess",
      "reason",
      "review",
      "act",
    ]);
    expect(await openOrders()).toEqual([]);
  });

  it("lets the plain rule's hold stand alone", async () => {
    const { status, body } = await trigger({ current_stock: 30 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "completed",
      review: null,
      decision: { recommended_action: "hold", recommended_quantity: 0, fallback: true },
    });
  });

  it("restocks safety stock minus inventory position, on order and backordered counted", async () => {
    const { body } = await trigger({ current_stock: 5, on_order: 10, backordered: 3 });
    expect(body.decision).toMatchObject({ recommended_quantity: 28, evidence: { inventory_position: 12 } });
  });

  it("decides in kilograms as in grams, and shows positions as a person would write them", async () => {
    const kilograms = { pack_size: 0.1, current_stock: 0.3, backordered: 0.1, safety_stock_level: 0.4 };
    const grams = { pack_size: 100, current_stock: 300, backordered: 100, safety_stock_level: 400 };
    const [one, other] = [await trigger(kilograms), await trigger({ product_id: "SKU-2", ...grams })];
    expect(one.body.decision).toMatchObject({ recommended_action: "hold", evidence: { inventory_position: 0.2 } });
    expect(other.body.decision).toMatchObject({ recommended_action: "hold", evidence: { inventory_position: 200 } });
  });

  it("plans from nothing where negative stock is a miscount, and from what is owed where customers wait", async () => {
    const { body } = await trigger({ current_stock: -5 });
    expect(body.decision).toMatchObject({ recommended_quantity: 40, evidence: { inventory_position: 0 } });
    expect(body.review.reason).toBe("negative_stock");
    await ask("PUT", "/products/SKU-9", { unmet: "backorder" });
    const owed = await trigger({ product_id: "SKU-9", current_stock: -5 });
    expect(owed.body.decision).toMatchObject({ recommended_quantity: 45, evidence: { inventory_position: -5 } });
  });
});

describe("a trigger for an item with history", () => {
  it("is decided by the plan from what was uploaded a moment before", async () => {
    expect(
      (
        await ask(
          "PUT",
          "/history/SKU-1",
          salesCsv(90, () => 10),
        )
      ).status,
    ).toBe(201);
    const { body } = await trigger({ current_stock: 500, safety_stock_level: 10 });
    expect(body.decision).toMatchObject({ recommended_action: "hold", decided_by: "plan", fallback: false });
  });

  it("sees settings that were put between two triggers", async () => {
    expect((await trigger({ current_stock: 10 })).body.decision.recommended_quantity).toBe(30);
    expect((await ask("PUT", "/products/SKU-1", { pack_size: 24 })).status).toBe(201);
    expect((await trigger({ current_stock: 10 })).body.decision.recommended_quantity).toBe(48);
  });

  it("lets the trigger's own terms win over the settings", async () => {
    await ask("PUT", "/products/SKU-1", { pack_size: 24 });
    expect((await trigger({ current_stock: 10, pack_size: 7 })).body.decision.recommended_quantity).toBe(35);
  });
});

describe("the open order", () => {
  it("counts in the position, so the same gap is not ordered twice", async () => {
    const first = await trigger();
    await approve(first.body.workflow_id);
    expect(await openOrders()).toMatchObject([{ quantity: 28, workflow_id: first.body.workflow_id }]);
    const second = await trigger();
    expect(second.body.decision).toMatchObject({ recommended_action: "hold", evidence: { inventory_position: 40 } });
  });

  it("counts as the sender says once it is older than the sync time: closed when the sender has none", async () => {
    const first = await trigger();
    await approve(first.body.workflow_id);
    passTime(HOUR_MS / 2);
    expect((await trigger({ on_order: 0 })).body.decision.evidence.inventory_position).toBe(40);
    passTime(HOUR_MS);
    expect((await trigger({ on_order: 0 })).body.decision.evidence.inventory_position).toBe(12);
    expect(await openOrders()).toEqual([]);
  });

  it("stops counting when it is overdue beyond its grace, and says so", async () => {
    const first = await trigger({ lead_time_days: 4 });
    await approve(first.body.workflow_id);
    passTime(5 * DAY_MS);
    expect((await trigger({ lead_time_days: 4 })).body.decision.evidence.inventory_position).toBe(40);
    passTime(2 * DAY_MS);
    const late = await trigger({ lead_time_days: 4 });
    expect(late.body.decision.evidence.inventory_position).toBe(12);
    expect(late.body.decision.reasons.join(" ")).toMatch(/28 is overdue and no longer counts/);
  });

  it("is closed by receipts, oldest first, and the same reference counts once", async () => {
    const first = await trigger();
    await approve(first.body.workflow_id);
    const receipt = { quantity: 20, reference: "delivery 7" };
    expect((await ask("POST", "/products/SKU-1/receipts", receipt)).body).toMatchObject({
      applied_to_open_orders: 20,
      replayed: false,
    });
    expect((await ask("POST", "/products/SKU-1/receipts", receipt)).body).toMatchObject({
      applied_to_open_orders: 20,
      replayed: true,
    });
    expect(await openOrders()).toMatchObject([{ quantity: 8 }]);
    expect((await ask("POST", "/products/SKU-1/receipts", { ...receipt, quantity: 8 })).status).toBe(409);
    await ask("POST", "/products/SKU-1/receipts", { quantity: 9, reference: "delivery 8" });
    expect(await openOrders()).toEqual([]);
  });

  it("is closed by every receipt without a reference, also by two alike in the same millisecond", async () => {
    const first = await trigger();
    await approve(first.body.workflow_id);
    for (let time = 0; time < 2; time++) await ask("POST", "/products/SKU-1/receipts", { quantity: 14 });
    expect(await openOrders()).toEqual([]);
  });

  it("still counts as stock after its receipt until the next count includes it", async () => {
    const first = await trigger({ occurred_at: new Date(T0 - HOUR_MS).toISOString() });
    await approve(first.body.workflow_id);
    passTime(HOUR_MS);
    await ask("POST", "/products/SKU-1/receipts", {
      quantity: 28,
      reference: "d1",
      received_at: new Date(T0 + HOUR_MS / 2).toISOString(),
    });
    const before = await trigger({ occurred_at: new Date(T0).toISOString() });
    expect(before.body.decision.evidence.inventory_position).toBe(40);
    const after = await trigger({ occurred_at: new Date(T0 + HOUR_MS).toISOString() });
    expect(after.body.decision.evidence.inventory_position).toBe(12);
  });

  it("can be cancelled once, and then no longer counts", async () => {
    const first = await trigger();
    await approve(first.body.workflow_id);
    const path = `/products/SKU-1/orders/${first.body.workflow_id}`;
    expect((await ask("DELETE", path)).status).toBe(204);
    expect((await ask("DELETE", path)).status).toBe(404);
    expect((await trigger()).body.decision.recommended_quantity).toBe(28);
  });
});

describe("a repeated request", () => {
  it("with the same key and body gets the same workflow in its present state", async () => {
    const first = await trigger({}, { "Idempotency-Key": "k1" });
    expect(first.headers.get("Idempotency-Replayed")).toBeNull();
    await approve(first.body.workflow_id);
    const again = await trigger({}, { "Idempotency-Key": '"k1"' });
    expect(again.status).toBe(200);
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect(again.body).toMatchObject({ workflow_id: first.body.workflow_id, status: "completed" });
    expect(await openOrders()).toHaveLength(1);
  });

  it("with the same key and another body is refused", async () => {
    await trigger({}, { "Idempotency-Key": "k1" });
    expect(await trigger({ current_stock: 13 }, { "Idempotency-Key": "k1" })).toMatchObject({
      status: 422,
      body: { code: "idempotency_mismatch" },
    });
  });

  it("in parallel makes one workflow", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => trigger({}, { "Idempotency-Key": "k1" })));
    const ids = new Set(answers.filter(({ status }) => status < 300).map(({ body }) => body.workflow_id));
    expect(ids.size).toBe(1);
    expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
    expect((await ask("GET", "/products/SKU-1")).body.decisions).toHaveLength(1);
  });

  it("after a day is a new request", async () => {
    const first = await trigger({ current_stock: 30 }, { "Idempotency-Key": "k1" });
    passTime(DAY_MS + 1);
    const later = await trigger({ current_stock: 30 }, { "Idempotency-Key": "k1" });
    expect(later.body.workflow_id).not.toBe(first.body.workflow_id);
  });

  it("is scoped to the item", async () => {
    const first = await trigger({}, { "Idempotency-Key": "k1" });
    const other = await trigger({ product_id: "SKU-2" }, { "Idempotency-Key": "k1" });
    expect(other.status).toBe(202);
    expect(other.body.workflow_id).not.toBe(first.body.workflow_id);
  });
});

describe("a trigger that comes late", () => {
  it("is superseded by the newer count and changes nothing", async () => {
    const newer = await trigger({ occurred_at: new Date(T0 - HOUR_MS).toISOString() });
    const older = await trigger({ current_stock: 0, occurred_at: new Date(T0 - 2 * HOUR_MS).toISOString() });
    expect(older.status).toBe(202);
    expect(older.body).toMatchObject({ status: "superseded", superseded_by: newer.body.workflow_id });
    expect(older.headers.get("Location")).toBe(`/workflows/${newer.body.workflow_id}`);
    expect(await read(newer.body.workflow_id)).toMatchObject({
      status: "awaiting_human_review",
      recommendation: { quantity: 28 },
    });
  });

  it("is known after a restart, however long ago its store's clock says the newer count was", async () => {
    const newer = await trigger({ occurred_at: "1969-12-31T06:00:00Z" });
    await closeObjects();
    const older = await trigger({ current_stock: 0, occurred_at: "1969-12-30T06:00:00Z" });
    expect(older.body).toMatchObject({ status: "superseded", superseded_by: newer.body.workflow_id });
  });

  it("is not made of a clock that runs ahead: the future counts as now", async () => {
    await trigger({ current_stock: 30, occurred_at: new Date(T0 + 30 * DAY_MS).toISOString() });
    passTime(1_000);
    const next = await trigger({ current_stock: 30, occurred_at: new Date(T0 + 500).toISOString() });
    expect(next.body.status).toBe("completed");
  });
});

describe("the names of items", () => {
  it.each(["a/b", "Süßes ☕️", "100%", "a b+c&d=e", "x".repeat(128), "%2F", "..a"])(
    "may be %j, in bodies and percent-encoded in paths",
    async (product_id) => {
      const { body, status } = await trigger({ product_id, current_stock: 30 });
      expect(status).toBe(200);
      const product = await ask("GET", `/products/${encodeURIComponent(product_id)}`);
      expect(product).toMatchObject({
        status: 200,
        body: { product_id, decisions: [{ workflow_id: body.workflow_id }] },
      });
    },
  );

  it.each([".", "..", "", "a\u0000b", "line\nbreak", "x".repeat(129), "\ud800"])(
    "may not be %j",
    async (product_id) => {
      expect((await ask("POST", "/inventory-trigger", aTrigger({ product_id }))).status).toBe(422);
    },
  );

  it("keep stores apart", async () => {
    const tokyo = await trigger({ store_id: "tokyo" });
    await approve(tokyo.body.workflow_id);
    expect((await trigger({ store_id: "osaka" })).body.decision.recommended_quantity).toBe(28);
  });
});

describe("a No", () => {
  it("answers the triggers after it, across an eviction, without a question or a mail", async () => {
    const asked = await trigger({ current_stock: 3, safety_stock_level: 20 });
    await ask("POST", `/approve/${asked.body.workflow_id}`, { decision: "reject", reviewer: "Ana" });
    for (let repeat = 0; repeat < 3; repeat++) {
      const { status, body } = await trigger({ current_stock: 3, safety_stock_level: 20 });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        stands: asked.body.workflow_id,
        review: null,
        decision: { recommended_action: "hold", decided_by: "human" },
      });
      await closeObjects();
    }
  });
});

describe("with ITEMS=known", () => {
  it(
    "an item of which nothing was uploaded is refused and leaves nothing; a known one is decided",
    onDisk(async (storage) => {
      const parsed = parseSettings({ API_KEY: "k", ITEMS: "known" });
      if (!parsed.ok) throw new Error("the settings were refused");
      let stored: ItemTerms | null = null;
      const loadForDecision = async () => ({
        stored: stored === null ? null : { inputsVersion: 1, terms: stored },
        history: null,
      });
      const inputs = { loadForDecision, forecast: async () => null } as Partial<ItemInputStore> as ItemInputStore;
      const life = aLife(storage, T0, { adviser: null, settings: parsed.settings, inputs });
      expect(await life.triggers.handle(aCall())).toEqual({ kind: "refused", reason: "unknown_item" });
      expect(storage.sql.exec("SELECT name FROM sqlite_master WHERE type = 'table'").toArray()).toEqual([]);
      expect(await storage.getAlarm()).toBeNull();
      // A catalogue that only lists the item makes it known.
      for (const settings of [{}, { packSize: 6 }]) {
        stored = settings;
        life.item.knowledge.inputs.forget();
        expect(await life.triggers.handle(aCall())).toMatchObject({ kind: "workflow" });
      }
    }),
  );
});
