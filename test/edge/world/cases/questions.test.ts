/** Cases from life: what is asked about, what an answer changes, and what is refused. */
import { describe, expect, it } from "vitest";
import { useSettings } from "../../support/settings.ts";
import { begin, csv, dateOf, decided, known, near, SATURDAY, steady } from "../../support/shop-of-life.ts";
import { approve, ask, DAY_MS, HOUR_MS, openOrders, passTime, trigger, useWorld } from "../../support/world.ts";

useWorld();
const changeSettings = useSettings();

describe("questions", () => {
  it.each([{ pack_size: 50 }, { max_stock: 0 }, { lead_time_days: 60 }])(
    "settings that changed while a question was open are read again: %j",
    async (settings) => {
      begin(SATURDAY);
      await known(csv(steady()));
      await ask("PUT", "/products/SKU-1", { review_period_days: 7, lead_time_days: 7 });
      const { body } = await trigger({ current_stock: -1, safety_stock_level: 0 });
      near(body.recommendation.quantity, 91, 8);
      await ask("PUT", "/products/SKU-1", { review_period_days: 7, lead_time_days: 7, ...settings });
      const refused = await approve(body.workflow_id);
      expect(refused).toMatchObject({ status: 409, body: { code: "revision_changed" } });
      expect(await openOrders()).toEqual([]);
    },
  );

  it.each([
    ["a store that closed", "PUT", "/stores/main", { closed: [{ from: "2037-11-28", to: "2037-12-31" }] }, 200, 0],
    ["an event", "PUT", "/events/fair", { from: "2037-11-28", to: "2037-12-31", multiplier: 5 }, 409, null],
    [
      "a season",
      "PUT",
      "/stores/main/season",
      { week: Array.from({ length: 53 }, (_, at) => (at < 46 ? 1 : 6)) },
      409,
      null,
    ],
  ] as const)(
    "%s while a question was open is in the next verdict, without a wait",
    async (_, method, path, body, status, ordered) => {
      begin(SATURDAY);
      await ask("PUT", "/stores/main", {});
      await known(csv(steady()));
      const asked = await trigger({ current_stock: -1, safety_stock_level: 0 });
      await ask(method, path, body);
      const answered = await approve(asked.body.workflow_id);
      expect(answered.status).toBe(status);
      if (ordered !== null) expect(answered.body.decision.recommended_quantity).toBe(ordered);
      else expect(answered.body.workflow).toMatchObject({ status: "awaiting_human_review", revision: 2 });
      expect(await openOrders()).toEqual([]);
    },
  );

  it("a No holds for the same count, however often it comes", async () => {
    begin(SATURDAY);
    const count = { current_stock: 3, safety_stock_level: 20 };
    const asked = await decided(count);
    await approve(asked.id, { decision: "reject" });
    for (let again = 0; again < 4; again++) {
      passTime(60_000);
      const { status, body } = await decided(count);
      expect({ status, stands: body.stands, by: body.decision.decided_by }).toEqual({
        status: 200,
        stands: asked.id,
        by: "human",
      });
    }
  });

  it("a No holds against a second change while the first is asked about", async () => {
    begin(SATURDAY);
    await known(csv(steady()));
    const asked = await decided({ current_stock: -5 });
    await approve(asked.id, { decision: "reject" });
    await ask("PUT", "/products/SKU-1", { unmet: "backorder" });
    expect(await decided({ current_stock: -5 })).toMatchObject({ status: 202, asked: "changed_since_no" });
    // Alone, this count would be sure enough to order at once.
    expect(await decided({ current_stock: 40 })).toMatchObject({ status: 202, asked: "changed_since_no" });
    expect(await openOrders()).toEqual([]);
  });

  it("a name with spaces around it or letters that nobody sees is refused", async () => {
    for (const odd of ["oolong-7 ", "oolong-7\u00a0", "oolong-7\u200b"]) {
      expect((await trigger({ product_id: odd })).status).toBe(422);
      expect((await trigger({ store_id: odd })).status).toBe(422);
      const rows = { "/sales": `product_id,date,units\n${odd},2040-02-01,3\n`, "/catalogue": `product_id\n${odd}\n` };
      for (const [path, file] of Object.entries(rows)) {
        const method = path === "/sales" ? "POST" : "PUT";
        expect(await ask(method, path, file)).toMatchObject({
          status: 422,
          body: { errors: [{ pointer: "line 2, column 1" }] },
        });
      }
      const batch = await ask(
        "POST",
        "/inventory-triggers",
        `product_id,current_stock,safety_stock_level\n${odd},1,2\n`,
      );
      expect(batch.body.results).toMatchObject([{ status: 422, problem: { errors: [{ pointer: "/product_id" }] } }]);
    }
  });

  it("what is sent twice under one key counts once, and null is the same as leaving out", async () => {
    begin(SATURDAY);
    const asked = await decided({ current_stock: 3, safety_stock_level: 92 });
    await approve(asked.id);
    for (const body of [{ quantity: 10 }, { quantity: 10, reference: null }])
      expect((await ask("POST", "/products/SKU-1/receipts", body, { "Idempotency-Key": "r" })).status).toBeLessThan(
        300,
      );
    expect(await openOrders()).toMatchObject([{ quantity: 79 }]);
    const key = { "Idempotency-Key": "t" };
    const first = await trigger({ product_id: "B" }, key);
    const again = await trigger({ product_id: "B", on_order: null }, key);
    expect(again.body.workflow_id).toBe(first.body.workflow_id);
  });

  it("more than was ordered is taken and said, and a receipt can be taken back", async () => {
    begin(SATURDAY);
    await approve((await decided({ current_stock: 3, safety_stock_level: 92 })).id);
    const receipt = await ask("POST", "/products/SKU-1/receipts", { quantity: 5000, reference: "D-1" });
    expect(receipt).toMatchObject({ status: 200, body: { over_delivered: 4911 } });
    expect((await ask("DELETE", "/products/SKU-1/receipts/D-1")).status).toBe(204);
    expect(await openOrders()).toMatchObject([{ quantity: 89 }]);
  });

  it("a few pieces that came late are no late order", async () => {
    begin(SATURDAY);
    await known(csv(steady()));
    for (let round = 0; round < 4; round++) {
      const order = { reference: `PO-${round}`, quantity: 91, expected_at: dateOf(7), placed_at: dateOf(0) };
      expect((await ask("POST", "/products/SKU-1/orders", order)).status).toBe(201);
      passTime(7 * DAY_MS);
      await ask("POST", "/products/SKU-1/receipts", { quantity: 86, reference: `D-${round}a` });
      passTime(20 * DAY_MS);
      await ask("POST", "/products/SKU-1/receipts", { quantity: 5, reference: `D-${round}b` });
      passTime(DAY_MS);
    }
    await ask("PUT", "/history/SKU-1", csv(steady()));
    near((await decided({ current_stock: 0, review_period_days: 7 })).quantity, 91, 8);
  });

  it("goods that came after the count, on order by its word, count once", async () => {
    begin(SATURDAY);
    await known(csv(steady()), "", "A");
    await known(csv(steady()), "", "B");
    const twoHoursAgo = new Date(Date.now() - 2 * HOUR_MS).toISOString();
    const order = { reference: "PO-1", quantity: 89, expected_at: dateOf(0), placed_at: dateOf(-7) };
    await ask("POST", "/products/A/orders", order);
    passTime(-HOUR_MS);
    await ask("POST", "/products/A/receipts", { quantity: 89, reference: "D-1" });
    passTime(HOUR_MS);
    // Of lead times up to two weeks, the one at which both numbers of the case come out: 64 is what a position of 182
    // asks for.
    const weekly = { lead_time_days: 13, review_period_days: 7, occurred_at: twoHoursAgo };
    const counted = await decided({ product_id: "A", current_stock: 4, on_order: 89, ...weekly });
    expect(counted.evidence.inventory_position).toBe(93);
    expect(counted.quantity).toBe((await decided({ product_id: "B", current_stock: 93, ...weekly })).quantity);
    near(counted.quantity, 88, 4);
  });

  it("a need that no order within the settings fills is asked about", async () => {
    begin(SATURDAY);
    const asked = await decided({ current_stock: 0, safety_stock_level: 20, pack_size: 48, max_stock: 40 });
    expect(asked).toMatchObject({ quantity: 48, asked: "settings_contradict" });
  });

  it("a value that nobody knows is asked about where values matter", async () => {
    begin(SATURDAY);
    await changeSettings({ review: { valueAbove: 500 } });
    await known(csv(steady()));
    expect(await decided({ unit_cost: 0 })).toMatchObject({ asked: "value_unknown" });
  });

  it("what keeps two days is ordered for two days, and what is thrown away is said", async () => {
    begin(SATURDAY);
    await known(csv(steady()));
    const { quantity, evidence } = await decided({ lead_time_days: 1, review_period_days: 7, shelf_life_days: 2 });
    expect(quantity).toBeGreaterThanOrEqual(23);
    expect(quantity).toBeLessThanOrEqual(28);
    expect(evidence.expected_waste).toBeGreaterThan(0);
  });

  it("a question that a receipt has answered is asked no more", async () => {
    begin(SATURDAY);
    const asked = await decided({ current_stock: 3, safety_stock_level: 20 });
    expect(asked.quantity).toBe(17);
    passTime(60_000);
    await ask("POST", "/products/SKU-1/receipts", { quantity: 17, reference: "D-1" });
    const answer = await approve(asked.id);
    const now = answer.body.workflow ?? answer.body;
    expect(now).toMatchObject({
      status: "completed",
      decision: { recommended_action: "hold", recommended_quantity: 0 },
    });
    expect(await openOrders()).toEqual([]);
  });
});
