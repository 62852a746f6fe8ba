import { describe, expect, it } from "vitest";
import { approve, ask, DAY_MS, openOrders, passTime, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const moment = (days: number) => new Date(T0 + days * DAY_MS).toISOString();
const order = (changes: Record<string, unknown> = {}) =>
  ask("POST", "/products/SKU-1/orders", { reference: "PO-17", quantity: 100, expected_at: moment(5), ...changes });
const receive = (body: Record<string, unknown>, headers = {}) => ask("POST", "/products/SKU-1/receipts", body, headers);

/** An order of our own: 28 units, asked for and approved. */
async function ordered(): Promise<string> {
  const { body } = await trigger();
  await approve(body.workflow_id);
  return body.workflow_id;
}

describe("an order made elsewhere", () => {
  it("counts from then on, also of an item that was never heard of; the same words again change nothing", async () => {
    expect(await order({ placed_at: null })).toMatchObject({
      status: 201,
      body: { product_id: "SKU-1", reference: "PO-17", quantity: 100, workflow_id: null, expected_at: moment(5) },
    });
    expect((await order()).status).toBe(200);
    expect((await order({ quantity: 90 })).status).toBe(409);
    expect(await openOrders()).toMatchObject([{ reference: "PO-17", quantity: 100 }]);
    expect((await trigger()).body.decision.evidence.inventory_position).toBe(112);
  });

  it("of a moment that no answer can show, since its year in UTC has no four digits, is refused", async () => {
    for (const moment of ["9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"]) {
      expect((await order({ expected_at: moment })).status).toBe(422);
      expect(await trigger({ occurred_at: moment })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: "/occurred_at", message: "must be in the years 1000 to 9999" }] },
      });
    }
    expect((await order({ expected_at: "9999-12-31T23:59:59Z" })).status).toBe(201);
  });

  it("is made once under an Idempotency-Key", async () => {
    const key = { "Idempotency-Key": "o1" };
    const body = { reference: "PO-18", quantity: 5, expected_at: moment(5) };
    const place = (changes: Record<string, unknown> = {}) =>
      ask("POST", "/products/SKU-1/orders", { ...body, ...changes }, key);
    expect((await place()).status).toBe(201);
    const again = await place({ placed_at: null });
    expect([again.status, again.headers.get("Idempotency-Replayed")]).toEqual([201, "true"]);
    expect((await place({ reference: "PO-19" })).body.code).toBe("idempotency_mismatch");
    expect(await openOrders()).toMatchObject([{ reference: "PO-18", quantity: 5 }]);
  });

  it("is received, and cancelled by its reference", async () => {
    await order();
    expect((await receive({ quantity: 60 })).body).toMatchObject({
      applied_to_open_orders: 60,
      closed: [{ workflow_id: null, quantity: 60 }],
    });
    expect((await ask("DELETE", "/products/SKU-1/orders/PO-17")).status).toBe(204);
    expect((await ask("DELETE", "/products/SKU-1/orders/PO-17")).status).toBe(404);
    // Nothing but that order was ever stored of the item.
    expect(await ask("GET", "/products/SKU-1")).toMatchObject({
      status: 200,
      body: { settings: null, open_orders: [] },
    });
  });

  it.each([
    [{ quantity: 0 }],
    [{ reference: " PO" }],
    [{ expected_at: "soon" }],
    [{ placed_at: "2999-01-01" }],
    [{ colour: 1 }],
  ])("with %j is refused", async (changes) => {
    expect((await order(changes)).status).toBe(422);
  });

  it.each([
    ["2040-02-20", "2040-02-19", 422],
    ["2040-02-20T09:00:00Z", "2040-02-20T08:59:00Z", 422],
    ["2040-02-20T09:00:00Z", "2040-02-18", 422],
    ["2040-02-20", "2040-02-20", 201],
    // A van that comes in the afternoon of the day on which it was called.
    ["2040-02-20T22:00:00Z", "2040-02-20", 201],
  ])("placed at %s and expected at %s is %d, also where a trigger lists it", async (placed_at, expected_at, status) => {
    const answer = await order({ placed_at, expected_at });
    const listed = await trigger({ open_orders: [{ quantity: 40, placed_at, expected_at }] });
    expect(answer.status).toBe(status);
    expect(listed.status === 422).toBe(status === 422);
    if (status !== 422) return;
    const message = "must not be before placed_at";
    expect(answer.body.errors).toEqual([{ pointer: "/expected_at", message }]);
    expect(listed.body.errors).toEqual([{ pointer: "/open_orders/0/expected_at", message }]);
  });
});

describe("a change of a promise", () => {
  it("that names a day before the order was placed is refused, where anybody said when that was", async () => {
    const workflowId = await ordered();
    const early = { pointer: "/expected_at", message: "must not be before the order was placed" };
    const change = (name: string) => ask("PATCH", `/products/SKU-1/orders/${name}`, { expected_at: moment(-2) });
    expect(await change(workflowId)).toMatchObject({ status: 422, body: { errors: [early] } });
    await order({ reference: "PO-18", placed_at: moment(0), expected_at: moment(7) });
    expect((await change("PO-18")).status).toBe(422);
    // An order of which nobody said when it was placed, and which was late when it was recorded.
    await order({ reference: "PO-19", expected_at: moment(-3) });
    expect((await change("PO-19")).status).toBe(200);
  });

  it("is found by workflow or reference, and counts from then on", async () => {
    const workflowId = await ordered();
    const path = (name: string) => `/products/SKU-1/orders/${encodeURIComponent(name)}`;
    expect(await ask("PATCH", path(workflowId), { expected_at: moment(30), reference: "A/1" })).toMatchObject({
      status: 200,
      body: { expected_at: moment(30), reference: "A/1", workflow_id: workflowId },
    });
    expect((await ask("PATCH", path("A/1"), { quantity: 20, reason: "short" })).body.quantity).toBe(20);
    expect((await ask("GET", "/products/SKU-1")).body.open_orders[0].changes).toMatchObject([
      { quantity: 28, expected_at: moment(30), reference: "A/1", reason: null },
      { quantity: 20, reason: "short" },
    ]);
    const { entries, intact } = (await ask("GET", `/audit/${workflowId}`)).body;
    expect(entries.at(-1)).toMatchObject({ event: "order_changed", detail: "28 -> 20 units; short" });
    expect(intact).toBe(true);
    expect(await openOrders()).toMatchObject([{ quantity: 20, reference: "A/1" }]);
    expect((await ask("PATCH", path("A/1"), { quantity: 0 })).status).toBe(200);
    expect(await openOrders()).toEqual([]);
    expect((await ask("PATCH", path("A/1"), { quantity: 5 })).status).toBe(404);
    expect((await ask("PATCH", path("A/1"), {})).status).toBe(422);
  });
});

describe("a reference", () => {
  const change = (name: string, body: Record<string, unknown>) =>
    ask("PATCH", `/products/SKU-1/orders/${encodeURIComponent(name)}`, body);

  it("finds one open order: no other gets it", async () => {
    const workflowId = await ordered();
    await order();
    await order({ reference: "PO-18" });
    for (const name of ["PO-18", workflowId])
      expect(await change(name, { reference: "PO-17" }), name).toMatchObject({
        status: 409,
        body: { code: "reference_mismatch" },
      });
    expect((await change("PO-18", { reference: "PO-18", quantity: 7 })).status).toBe(200);
    expect((await ask("DELETE", "/products/SKU-1/orders/PO-17")).status).toBe(204);
    expect((await ask("DELETE", "/products/SKU-1/orders/PO-17")).status).toBe(404);
    // It is free again.
    expect((await change("PO-18", { reference: "PO-17" })).status).toBe(200);
    expect((await openOrders()).map((open: any) => open.reference).toSorted()).toEqual(["PO-17", null]);
  });

  it("that an own order got is not counted a second time when another system reports it", async () => {
    expect((await change(await ordered(), { reference: "PO-17" })).status).toBe(200);
    expect((await order()).body.code).toBe("reference_mismatch");
    expect(await openOrders()).toMatchObject([{ quantity: 28, reference: "PO-17" }]);
  });
});

describe("a receipt", () => {
  it("of the future is refused", async () => {
    await ordered();
    expect((await receive({ quantity: 5, received_at: moment(1) })).status).toBe(422);
  });

  it("of more than was ordered says how much more", async () => {
    await ordered();
    expect((await receive({ quantity: 5_000 })).body).toMatchObject({
      applied_to_open_orders: 28,
      over_delivered: 4_972,
    });
  });

  it("in tenths leaves tenths, and closes the order with the last of them", async () => {
    await order({ quantity: 0.7 });
    for (const left of [0.6, 0.5, 0.4, 0.3, 0.2, 0.1]) {
      expect((await receive({ quantity: 0.1 })).body.closed).toEqual([{ workflow_id: null, quantity: 0.1 }]);
      expect(await openOrders()).toMatchObject([{ quantity: left }]);
    }
    expect((await receive({ quantity: 0.1, reference: "last" })).body).toMatchObject({
      applied_to_open_orders: 0.1,
      over_delivered: 0,
    });
    expect(await openOrders()).toEqual([]);
    expect((await ask("DELETE", "/products/SKU-1/receipts/last")).status).toBe(204);
    expect(await openOrders()).toMatchObject([{ quantity: 0.1 }]);
  });

  it("without a reference counts once under an Idempotency-Key", async () => {
    await ordered();
    const key = { "Idempotency-Key": "r1" };
    expect((await receive({ quantity: 10 }, key)).body.replayed).toBe(false);
    expect((await receive({ quantity: 10, reference: null }, key)).body.replayed).toBe(true);
    expect((await receive({ quantity: 11 }, key)).body.code).toBe("idempotency_mismatch");
    expect(await openOrders()).toMatchObject([{ quantity: 18 }]);
  });

  it("is taken back, and what another one brought beyond the order closes some of it", async () => {
    await order({ quantity: 40 });
    await receive({ quantity: 15, reference: "R-15" });
    expect((await receive({ quantity: 30, reference: "R-30" })).body).toMatchObject({
      applied_to_open_orders: 25,
      over_delivered: 5,
    });
    const takeBack = (reference: string) => ask("DELETE", `/products/SKU-1/receipts/${reference}`);
    await takeBack("R-15");
    expect(await openOrders()).toMatchObject([{ reference: "PO-17", quantity: 10 }]);
    expect((await receive({ quantity: 30, reference: "R-30" })).body).toMatchObject({
      replayed: true,
      applied_to_open_orders: 30,
      closed: [{ quantity: 30 }],
      over_delivered: 0,
    });
    await takeBack("R-30");
    expect(await openOrders()).toMatchObject([{ quantity: 40 }]);
    // One that came when everything had come already.
    await receive({ quantity: 40, reference: "R-40" });
    await receive({ quantity: 7, reference: "R-7" });
    await takeBack("R-40");
    expect(await openOrders()).toMatchObject([{ quantity: 33 }]);
    // What came before an order was made is none of it.
    await receive({ quantity: 50, reference: "R-50" });
    passTime(DAY_MS);
    await order({ reference: "PO-18", quantity: 20 });
    await receive({ quantity: 20, reference: "R-20" });
    await takeBack("R-20");
    expect(await openOrders()).toMatchObject([{ reference: "PO-18", quantity: 20 }]);
  });

  it("is taken back once: what it closed is open again, and its reference free", async () => {
    await ordered();
    passTime(DAY_MS);
    await receive({ quantity: 30, reference: "D/1" });
    expect(await openOrders()).toEqual([]);
    expect((await ask("DELETE", "/products/SKU-1/receipts/D%2F1")).status).toBe(204);
    expect((await ask("DELETE", "/products/SKU-1/receipts/D%2F1")).status).toBe(404);
    expect(await openOrders()).toMatchObject([{ quantity: 28 }]);
    expect((await trigger({ occurred_at: moment(0.5) })).body.decision.evidence.inventory_position).toBe(40);
    expect((await receive({ quantity: 10, reference: "D/1" })).body).toMatchObject({ replayed: false });
    expect(await openOrders()).toMatchObject([{ quantity: 18 }]);
  });
});
