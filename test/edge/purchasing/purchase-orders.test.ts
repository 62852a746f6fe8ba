/** Purchase orders through the wire: from a trigger to goods received. */
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { PurchaseOrdersObject } from "../../../src/purchasing/purchase-orders-object.ts";
import { partsOfPurchaseOrderId } from "../../../src/workflow/orders/purchase-line.ts";
import { ageOutPurchases } from "../../../src/scheduled/age-out.ts";
import { objectName } from "../../../src/storage/identity.ts";
import { eventually } from "../support/eventually.ts";
import { ask, DAY_MS, HOUR_MS, passTime, read, T0, trigger, useWorld, type Answer } from "../support/world.ts";

useWorld();

/** T0 is a Thursday, 06:00 UTC: the cut-off is at 11:00 of that day. */
const CUT_OFF = T0 + 5 * HOUR_MS;

async function aSupplier(changes: Record<string, unknown> = {}): Promise<void> {
  const body = { name: "Dairy", lead_time_days: 2, cut_off: "11:00", send: "manual", ...changes };
  const answer = await ask("PUT", "/suppliers/dairy", body);
  expect([200, 201]).toContain(answer.status);
}

/** Sells eight a day, steadily: the plan is sure of itself. */
async function anItem(product: string, settings: Record<string, unknown> = {}): Promise<void> {
  const terms = {
    supplier_id: "dairy",
    unit_cost: 2,
    lead_time_days: 2,
    name: `Fresh ${product}`,
    safety_stock_level: 4,
    ...settings,
  };
  expect((await ask("PUT", `/products/${product}`, terms)).status).toBe(201);
  const days = Array.from({ length: 84 }, (_, back) => new Date(T0 - (84 - back) * DAY_MS).toISOString().slice(0, 10));
  const csv = ["date,units", ...days.map((day, at) => `${day},${8 + (at % 2)}`)].join("\n");
  expect((await ask("PUT", `/history/${product}`, csv)).status).toBeLessThan(300);
}

function counted(product: string, stock: number): Promise<Answer> {
  return trigger({ product_id: product, current_stock: stock, safety_stock_level: 4 });
}

async function orders(query = ""): Promise<any[]> {
  return (await ask("GET", `/purchase-orders${query}`)).body.purchase_orders;
}

/** The order, once it holds what is expected of it. */
async function orderWith(product: string, quantity?: number): Promise<any> {
  return eventually(async () => {
    const listed = await orders();
    const order = listed.find(({ lines }) => lines.some((line: any) => line.product_id === product));
    expect(order).toBeDefined();
    const present = (await ask("GET", `/purchase-orders/${order.po_id}`)).body;
    const line = present.lines.find((each: any) => each.product_id === product);
    expect(line).toBeDefined();
    if (quantity !== undefined) expect(line.quantity).toBe(quantity);
    return present;
  });
}

/** An order with a product that is sent as it is. */
async function sentWith(product: string): Promise<any> {
  await counted(product, 3);
  const draft = await eventually(async () => {
    const [open] = await orders("?status=draft,awaiting_approval");
    expect(open?.lines).toHaveLength(1);
    return open;
  });
  const sent = await act(draft.po_id, "send", { revision: draft.revision });
  expect(sent.body.status).toBe("sent");
  return sent.body;
}

function purchaseStub(poId: string) {
  return env.PURCHASE_ORDERS.get(env.PURCHASE_ORDERS.idFromString(partsOfPurchaseOrderId(poId)!.objectId));
}

async function act(poId: string, what: string, body: Record<string, unknown> = {}): Promise<Answer> {
  return ask("POST", `/purchase-orders/${poId}/${what}`, body);
}

async function openOrders(product: string): Promise<any[]> {
  return (await ask("GET", `/products/${product}`)).body.open_orders;
}

describe("a decision of an item whose supplier is sent orders", () => {
  it("is a planned line of the store's order with that supplier", async () => {
    await aSupplier({ minimum_order_value: 500 });
    await anItem("milk", { order_unit: { name: "crate", units: 6 }, pack_size: 6, supplier_sku: "M-1" });
    const answer = await counted("milk", 3);
    expect(answer.status).toBe(200);
    const { recommended_quantity: quantity } = answer.body.decision;
    expect(answer.body.order_status).toBe("planned");
    const order = await orderWith("milk", quantity);
    expect(order).toMatchObject({
      status: "draft",
      store_id: "main",
      supplier_id: "dairy",
      order_by: new Date(CUT_OFF).toISOString(),
      value: quantity * 2,
      minimum: { value: 500, met: false, short_by: 500 - quantity * 2 },
      number: null,
    });
    expect(order.lines[0]).toMatchObject({
      name: "Fresh milk",
      supplier_sku: "M-1",
      firm_quantity: 0,
      order_units: quantity / 6,
      workflow_id: answer.body.workflow_id,
      received: 0,
    });
    expect(order.top_up[0]).toMatchObject({ product_id: "milk" });
    expect(order.top_up[0].extra_cost).toBeGreaterThan(0);
  });

  it("gives way to a newer count, a hold too, and stays one line", async () => {
    await aSupplier();
    await anItem("milk");
    const first = await counted("milk", 22);
    const before = first.body.decision.recommended_quantity;
    await orderWith("milk", before);
    passTime(HOUR_MS);
    const second = await counted("milk", 3);
    const after = second.body.decision.recommended_quantity;
    expect(after).toBeGreaterThan(before);
    const order = await orderWith("milk", after);
    expect(order.lines).toHaveLength(1);
    expect(await openOrders("milk")).toMatchObject([{ quantity: after, workflow_id: second.body.workflow_id }]);
    passTime(HOUR_MS);
    expect((await counted("milk", 300)).body.decision.recommended_action).toBe("hold");
    await eventually(async () => expect((await ask("GET", `/purchase-orders/${order.po_id}`)).body.lines).toEqual([]));
    expect(await openOrders("milk")).toEqual([]);
    expect((await read(second.body.workflow_id)).order_status).toBe("replanned");
  });

  it("is an order at once where the supplier is not sent orders", async () => {
    await aSupplier({ send: "none" });
    await anItem("milk");
    const answer = await counted("milk", 3);
    expect(answer.body.order_status ?? null).toBeNull();
    expect(await openOrders("milk")).toHaveLength(1);
    expect(await orders()).toEqual([]);
  });
});

describe("a person and an order", () => {
  it("set quantities, which later counts leave alone", async () => {
    await aSupplier();
    await anItem("milk");
    await counted("milk", 3);
    const draft = await orderWith("milk");
    const edited = await act(draft.po_id, "lines", {
      revision: draft.revision,
      lines: [{ product_id: "milk", quantity: 60 }],
    });
    expect(edited.status).toBe(200);
    expect(edited.body.lines[0]).toMatchObject({ quantity: 60, firm_quantity: 60 });
    await eventually(async () => expect(await openOrders("milk")).toMatchObject([{ quantity: 60 }]));
    passTime(HOUR_MS);
    await counted("milk", 200);
    expect(await openOrders("milk")).toMatchObject([{ quantity: 60 }]);
    expect((await ask("GET", `/purchase-orders/${draft.po_id}`)).body.lines[0].quantity).toBe(60);
  });

  it("are told of a quantity that is no whole pack, another supplier's product, and an old revision", async () => {
    await aSupplier();
    await anItem("milk", { pack_size: 6 });
    await anItem("bread", { supplier_id: "bakery" });
    await counted("milk", 3);
    const draft = await orderWith("milk");
    const wrong = await act(draft.po_id, "lines", {
      revision: draft.revision,
      lines: [
        { product_id: "milk", quantity: 7 },
        { product_id: "bread", quantity: 5 },
      ],
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ pointer }: any) => pointer)).toEqual(["/lines/0/quantity", "/lines/1/product_id"]);
    const old = await act(draft.po_id, "approve", { revision: draft.revision + 5 });
    expect(old.status).toBe(409);
    expect(old.body).toMatchObject({ code: "revision_changed", purchase_order: { po_id: draft.po_id } });
  });

  it("repeat a call under its key and hear the first answer", async () => {
    await aSupplier();
    await anItem("milk");
    await counted("milk", 3);
    const draft = await orderWith("milk");
    const body = { revision: draft.revision, lines: [{ product_id: "milk", quantity: 60 }] };
    const once = () => ask("POST", `/purchase-orders/${draft.po_id}/lines`, body, { "Idempotency-Key": "e-1" });
    const first = await once();
    const second = await once();
    expect(second.status).toBe(200);
    expect(second.body.revision).toBe(first.body.revision);
    expect(second.headers.get("Idempotency-Replayed")).toBe("true");
  });

  it.each(["a line set to 0", "a cancelled order"])("say no by %s, which stands until the cut-off", async (how) => {
    await aSupplier();
    await anItem("milk");
    const first = await counted("milk", 3);
    const draft = await orderWith("milk");
    expect((await ask("DELETE", "/suppliers/dairy")).body.code).toBe("in_use");
    const refused =
      how === "a cancelled order"
        ? await act(draft.po_id, "cancel", { revision: draft.revision, reason: "holiday" })
        : await act(draft.po_id, "lines", {
            revision: draft.revision,
            lines: [{ product_id: "milk", quantity: 0 }],
          });
    expect(refused.status).toBe(200);
    await eventually(async () => expect(await openOrders("milk")).toEqual([]));
    passTime(HOUR_MS);
    const held = await counted("milk", 3);
    expect(held).toMatchObject({
      status: 200,
      body: { stands: first.body.workflow_id, decision: { recommended_action: "hold", decided_by: "human" } },
    });
    expect(held.body.decision.reasons[0]).toContain("took this off its purchase order");
    passTime(CUT_OFF - T0);
    expect((await counted("milk", 3)).body.decision.recommended_action).toBe("restock");
  });

  it("add a product of the supplier that no decision asked for, and remove one", async () => {
    await aSupplier();
    await anItem("milk");
    await anItem("cream");
    await counted("milk", 3);
    const draft = await orderWith("milk");
    const edited = await act(draft.po_id, "lines", {
      revision: draft.revision,
      lines: [
        { product_id: "cream", quantity: 5 },
        { product_id: "milk", quantity: 0 },
      ],
    });
    expect(edited.body.lines).toMatchObject([{ product_id: "cream", quantity: 5, workflow_id: null }]);
    await eventually(async () => {
      expect(await openOrders("cream")).toMatchObject([{ quantity: 5 }]);
      expect(await openOrders("milk")).toEqual([]);
    });
  });
});

describe("a person's No to a line", () => {
  const removals = {
    "a line that is set to 0": (order: any) =>
      act(order.po_id, "lines", { revision: order.revision, lines: [{ product_id: "milk", quantity: 0 }] }),
    "a purchase order that is cancelled": (order: any) =>
      act(order.po_id, "cancel", { revision: order.revision, reason: "we close next week" }),
  };

  for (const [what, remove] of Object.entries(removals)) {
    it(`answers the next count until the cut-off: ${what}`, async () => {
      await aSupplier();
      await anItem("milk");
      const first = await counted("milk", 3);
      expect((await remove(await orderWith("milk"))).status).toBe(200);
      passTime(HOUR_MS);
      const held = await counted("milk", 3);
      expect(held.body).toMatchObject({
        status: "completed",
        stands: first.body.workflow_id,
        decision: { recommended_action: "hold", recommended_quantity: 0, decided_by: "human" },
      });
      expect(held.body.decision.reasons[0]).toMatch(/took this off its purchase order on 2040-\d\d-\d\d, 06:00 UTC/);
      expect(await openOrders("milk")).toEqual([]);
      passTime(CUT_OFF - T0);
      const after = await counted("milk", 3);
      expect(after.body).toMatchObject({ stands: null, decision: { recommended_action: "restock" } });
    });
  }

  it("asks where something changed materially", async () => {
    await aSupplier();
    await anItem("milk");
    await counted("milk", 26);
    await removals["a line that is set to 0"](await orderWith("milk"));
    passTime(HOUR_MS);
    const asked = await counted("milk", 0);
    expect(asked.body).toMatchObject({ status: "awaiting_human_review", stands: null });
    expect((await read(asked.body.workflow_id)).review.reason).toBe("changed_since_no");
  });

  it("counts what the service wanted, also where the line was edited first", async () => {
    await aSupplier();
    await anItem("milk");
    await counted("milk", 3);
    const draft = await orderWith("milk");
    const edited = await act(draft.po_id, "lines", {
      revision: draft.revision,
      lines: [{ product_id: "milk", quantity: 2 }],
    });
    await removals["a purchase order that is cancelled"](edited.body);
    passTime(HOUR_MS);
    expect((await counted("milk", 3)).body.decision).toMatchObject({
      recommended_action: "hold",
      decided_by: "human",
    });
  });

  it("ends when a person puts the line back", async () => {
    await aSupplier();
    await anItem("milk");
    await counted("milk", 3);
    const removed = await removals["a line that is set to 0"](await orderWith("milk"));
    await act(removed.body.po_id, "lines", {
      revision: removed.body.revision,
      lines: [{ product_id: "milk", quantity: 1 }],
    });
    passTime(HOUR_MS);
    const planned = await counted("milk", 3);
    expect(planned.body.stands).toBeNull();
    await orderWith("milk", 1 + planned.body.decision.recommended_quantity);
  });
});

describe("sending, confirming, receiving", () => {
  it("goes from sent to received, with the items' orders", async () => {
    await aSupplier();
    await anItem("milk");
    await anItem("cream");
    await counted("milk", 3);
    await counted("cream", 3);
    await orderWith("milk");
    const draft = await orderWith("cream");
    const sent = await act(draft.po_id, "send", { revision: draft.revision });
    expect(sent.status).toBe(200);
    expect(sent.body).toMatchObject({ status: "sent", number: expect.stringMatching(/^PO-/) });
    expect((await act(draft.po_id, "send", { revision: draft.revision })).body.number).toBe(sent.body.number);
    expect(
      (await act(draft.po_id, "lines", { revision: sent.body.revision, lines: [{ product_id: "milk", quantity: 1 }] }))
        .body.code,
    ).toBe("already_sent");
    const quantity = sent.body.lines.find((line: any) => line.product_id === "milk").quantity;
    await eventually(async () =>
      expect(await openOrders("milk")).toMatchObject([
        { quantity, placed_at: expect.stringContaining("2040-03-01T06:0"), reference: sent.body.number },
      ]),
    );

    const confirmed = await act(draft.po_id, "confirm", { reference: "C-9", expected_at: "2040-03-05", lines: [] });
    expect(confirmed.body).toMatchObject({ status: "confirmed", supplier_reference: "C-9" });
    passTime(DAY_MS);
    const part = await act(draft.po_id, "receive", { reference: "L-1", lines: [{ product_id: "milk", quantity }] });
    expect(part.body).toMatchObject({ status: "part_received" });
    expect(
      (await act(draft.po_id, "receive", { reference: "L-1", lines: [{ product_id: "milk", quantity }] })).body
        .revision,
    ).toBe(part.body.revision);
    expect(
      (await act(draft.po_id, "receive", { reference: "L-1", lines: [{ product_id: "milk", quantity: 1 }] })).status,
    ).toBe(409);
    await eventually(async () => expect(await openOrders("milk")).toEqual([]));
    const [cream] = await openOrders("cream");
    await ask("POST", "/products/cream/receipts", { quantity: cream.quantity, reference: "till" });
    await eventually(async () =>
      expect((await ask("GET", `/purchase-orders/${draft.po_id}`)).body.status).toBe("received"),
    );
    const present = async () => (await ask("GET", `/purchase-orders/${draft.po_id}`)).body;
    const receivedOf = async (product: string) =>
      (await present()).lines.find((line: any) => line.product_id === product).received;
    expect(await receivedOf("cream")).toBe(cream.quantity);
    // A receipt that was a mistake is taken back at the item, and the order follows.
    expect((await ask("DELETE", "/products/cream/receipts/till")).status).toBe(204);
    await eventually(async () => expect((await present()).status).toBe("part_received"));
    expect(await receivedOf("cream")).toBe(0);
    expect(await receivedOf("milk")).toBe(quantity);
    const viaOrder = encodeURIComponent(`${draft.po_id}/L-1`);
    expect((await ask("DELETE", `/products/milk/receipts/${viaOrder}`)).status).toBe(204);
    await eventually(async () => expect((await present()).status).toBe("confirmed"));
    expect(await receivedOf("milk")).toBe(0);
    expect(await openOrders("milk")).toMatchObject([{ quantity }]);
  });

  it("is forgotten when it is over and old, and its number is not given again", async () => {
    await aSupplier();
    await anItem("milk");
    const first = await sentWith("milk");
    const lines = first.lines.map(({ product_id, quantity }: any) => ({ product_id, quantity }));
    expect((await act(first.po_id, "receive", { reference: "L-1", lines })).body.status).toBe("received");
    await eventually(async () => expect(await openOrders("milk")).toEqual([]));
    passTime(DAY_MS);
    const second = await sentWith("milk");
    expect([first.number.slice(-5), second.number.slice(-5)]).toEqual(["-0001", "-0002"]);
    passTime(401 * DAY_MS);
    await eventually(async () => {
      expect(await ageOutPurchases(env as never, Date.now())).toEqual({ aged: 1, kept: 0 });
    });
    expect((await ask("GET", `/purchase-orders/${first.po_id}`)).status).toBe(404);
    expect((await orders()).map(({ number }) => number)).toEqual([second.number]);
  });

  it("hears what the supplier said at the item, before it is sent and after", async () => {
    await aSupplier();
    await anItem("milk");
    const { workflow_id } = (await counted("milk", 3)).body;
    const patch = (body: Record<string, unknown>) => ask("PATCH", `/products/milk/orders/${workflow_id}`, body);
    const draft = await orderWith("milk");
    expect((await patch({ quantity: 40, reason: "only 40 left" })).status).toBe(200);
    const firm = await orderWith("milk", 40);
    expect(firm.lines[0].firm_quantity).toBe(40);
    expect(firm.revision).toBeGreaterThan(draft.revision);
    expect((await act(draft.po_id, "send", { revision: firm.revision })).status).toBe(200);
    await eventually(async () => expect((await openOrders("milk"))[0].order_status).toBe("sent"));
    expect((await patch({ quantity: 30, expected_at: "2040-03-09", reason: "short crop" })).status).toBe(200);
    const told = await orderWith("milk", 30);
    expect(told.lines[0]).toMatchObject({ firm_quantity: 30, expected_on: "2040-03-09" });
    expect(told.value).toBe(60);
    expect(told.audit.at(-1)).toMatchObject({ event: "promised_anew", actor: expect.any(String) });
    expect(told.audit.at(-1).detail).toBe("milk: 30; expected 2040-03-09; short crop");
    await patch({ quantity: 45 });
    await orderWith("milk", 45);
    expect(await openOrders("milk")).toMatchObject([
      { quantity: 45, expected_at: expect.stringMatching("2040-03-09") },
    ]);
  });

  it("takes a decision that comes after into the next order", async () => {
    await aSupplier();
    await anItem("milk");
    await anItem("cream");
    await counted("milk", 3);
    const first = await orderWith("milk");
    await act(first.po_id, "send", { revision: first.revision });
    await counted("cream", 3);
    const second = await orderWith("cream");
    expect(second.po_id).not.toBe(first.po_id);
    expect(Date.parse(second.order_by)).toBe(CUT_OFF + DAY_MS);
    // Its decision names the cut-off that it is ordered by: made anew for it, or made after the order was sent.
    const orderBy = async (product: string) => {
      const [newest] = (await ask("GET", `/products/${product}`)).body.decisions;
      return Date.parse((await read(newest.workflow_id)).decision.order_by);
    };
    await eventually(async () => expect(await orderBy("cream")).toBe(CUT_OFF + DAY_MS));
    await eventually(async () => expect((await openOrders("milk"))[0].order_status).toBe("sent"));
    passTime(HOUR_MS);
    const { decision } = (await counted("milk", 1)).body;
    expect(Date.parse(decision.order_by)).toBe(CUT_OFF + DAY_MS);
    expect(decision.evidence.lead_time_days).toBe(3);
  });

  it("closes by itself at the cut-off where the supplier's orders go automatically", async () => {
    await aSupplier({ send: "auto", emails: ["orders@dairy.example"] });
    await anItem("milk");
    const { body } = await counted("milk", 3);
    const draft = await orderWith("milk");
    passTime(CUT_OFF - T0 + 1);
    await runDurableObjectAlarm(purchaseStub(draft.po_id));
    const sent = (await ask("GET", `/purchase-orders/${draft.po_id}`)).body;
    expect(sent).toMatchObject({ status: "sent", lines: [{ firm_quantity: sent.lines[0].quantity }] });
    // Nobody set up mail: the order is parked, and shown so.
    expect(sent.deliveries).toMatchObject([{ channel: "supplier", status: "parked" }]);
    await eventually(async () => expect((await read(body.workflow_id)).order_status).toBe("sent"));
  });

  it("that nobody sent by the cut-off moves on, and says so", async () => {
    await aSupplier();
    await anItem("milk");
    await counted("milk", 3);
    const draft = await orderWith("milk");
    const { quantity } = draft.lines[0];
    passTime(CUT_OFF - T0 - HOUR_MS);
    await runDurableObjectAlarm(purchaseStub(draft.po_id));
    expect((await ask("GET", `/purchase-orders/${draft.po_id}`)).body).toMatchObject({
      status: "awaiting_approval",
      needs: ["manual"],
    });
    passTime(HOUR_MS + 1);
    await runDurableObjectAlarm(purchaseStub(draft.po_id));
    expect((await ask("GET", `/purchase-orders/${draft.po_id}`)).body).toMatchObject({
      status: "cancelled",
      ended: "missed",
    });
    await eventually(async () => {
      const [next] = await orders("?status=draft");
      expect(next).toMatchObject({ lines: [{ product_id: "milk", quantity }] });
      expect(Date.parse(next.order_by)).toBe(CUT_OFF + DAY_MS);
    });
    expect(await openOrders("milk")).toHaveLength(1);
  });
});

describe("another supplier of an item", () => {
  const elsewhere = { supplier_id: "wholesale", unit_cost: 2, lead_time_days: 2, safety_stock_level: 4 };

  /** Planned units of milk, firm ones of cream. */
  async function anOrderOfTwo(send: "manual" | "auto"): Promise<any> {
    await aSupplier({ send, emails: ["orders@dairy.example"] });
    expect((await ask("PUT", "/suppliers/wholesale", { name: "Wholesale", lead_time_days: 2 })).status).toBe(201);
    await anItem("milk");
    await anItem("cream");
    await counted("milk", 3);
    await counted("cream", 3);
    const draft = await eventually(async () => {
      const order = await orderWith("cream");
      expect(order.lines).toHaveLength(2);
      return order;
    });
    const lines = [{ product_id: "cream", quantity: 40 }];
    return (await act(draft.po_id, "lines", { revision: draft.revision, lines })).body;
  }

  const orderOf = async (poId: string): Promise<any> => (await ask("GET", `/purchase-orders/${poId}`)).body;

  async function asked(poId: string): Promise<any> {
    return eventually(async () => {
      const order = await orderOf(poId);
      expect(order).toMatchObject({ status: "awaiting_approval" });
      expect(order.needs).toContain("other_supplier");
      return order;
    });
  }

  for (const [how, change] of [
    ["its settings", (product: string) => ask("PUT", `/products/${product}`, elsewhere)],
    ["the catalogue", (product: string) => ask("PUT", "/catalogue", `product_id,supplier_id\n${product},wholesale`)],
    ["settings that are gone", (product: string) => ask("DELETE", `/products/${product}`)],
  ] as const) {
    it(`withdraws what is planned and asks about what is firm, by ${how}`, async () => {
      const draft = await anOrderOfTwo("manual");
      const [{ workflow_id: planned }] = await openOrders("milk");
      expect((await change("milk")).status).toBeLessThan(300);
      await eventually(async () => expect((await orderOf(draft.po_id)).lines).toMatchObject([{ product_id: "cream" }]));
      expect((await read(planned)).order_status).toBe("replanned");
      expect((await orderOf(draft.po_id)).status).toBe("draft");
      expect((await change("cream")).status).toBeLessThan(300);
      const question = await asked(draft.po_id);
      expect(question.lines).toMatchObject([{ product_id: "cream", quantity: 40, firm_quantity: 40 }]);
    });
  }

  it("keeps an automatic order from going by itself until a person has said what stays", async () => {
    const draft = await anOrderOfTwo("auto");
    await ask("PUT", "/products/cream", elsewhere);
    await asked(draft.po_id);
    passTime(CUT_OFF - T0 + 1);
    await runDurableObjectAlarm(purchaseStub(draft.po_id));
    expect(await orderOf(draft.po_id)).toMatchObject({ status: "cancelled", ended: "missed" });
    const moved = await eventually(async () => {
      const [next] = await orders("?status=awaiting_approval");
      expect(next.needs).toEqual(["other_supplier"]);
      return next;
    });
    const lines = [{ product_id: "cream", quantity: 12 }];
    expect((await act(moved.po_id, "lines", { revision: moved.revision, lines })).status).toBe(200);
    passTime(DAY_MS);
    await eventually(async () => {
      await runDurableObjectAlarm(purchaseStub(moved.po_id));
      const sent = await orderOf(moved.po_id);
      expect(sent.status).toBe("sent");
      expect(sent.lines.find(({ product_id }: any) => product_id === "cream").quantity).toBe(12);
    });
  });

  it("takes an approval back that was given before", async () => {
    const draft = await anOrderOfTwo("manual");
    const { body } = await act(draft.po_id, "approve", { revision: draft.revision });
    expect(body.status).toBe("approved");
    await ask("PUT", "/products/cream", elsewhere);
    const question = await asked(draft.po_id);
    expect(question.audit.map(({ event }: any) => event)).toContain("approval_lapsed");
    expect((await act(draft.po_id, "approve", { revision: question.revision })).body.status).toBe("approved");
  });
});

describe("what was planned for an order that was not sent", () => {
  it("is planned anew for the next opportunity at once, what is firm is not", async () => {
    await aSupplier();
    await anItem("milk");
    await anItem("cream");
    const first = await counted("milk", 3);
    await counted("cream", 3);
    const draft = await orderWith("cream");
    const lines = [{ product_id: "cream", quantity: 40 }];
    await act(draft.po_id, "lines", { revision: draft.revision, lines });
    passTime(CUT_OFF - T0 + 1);
    await runDurableObjectAlarm(purchaseStub(draft.po_id));
    const next = await eventually(async () => {
      const [order] = await orders("?status=draft");
      expect(order.lines).toHaveLength(2);
      expect(order.lines.find(({ product_id }: any) => product_id === "milk").workflow_id).not.toBe(
        first.body.workflow_id,
      );
      return order;
    });
    expect(Date.parse(next.order_by)).toBe(CUT_OFF + DAY_MS);
    expect(next.lines.find(({ product_id }: any) => product_id === "cream")).toMatchObject({
      quantity: 40,
      firm_quantity: 40,
    });
    expect((await read(first.body.workflow_id)).order_status).toBe("replanned");
    expect(await openOrders("milk")).toHaveLength(1);
  });
});

describe("orders that their object lost", () => {
  it("are rebuilt from their items: open ones, and sent ones by their number, not sent again", async () => {
    await aSupplier({ emails: ["orders@dairy.example"] });
    await anItem("milk");
    await anItem("cream");
    await counted("milk", 3);
    await counted("cream", 3);
    const first = await eventually(async () => {
      const order = await orderWith("cream");
      expect(order.lines).toHaveLength(2);
      return order;
    });
    await act(first.po_id, "send", { revision: first.revision });
    const half = Math.floor(first.lines.find((line: any) => line.product_id === "milk").quantity / 2);
    await act(first.po_id, "receive", { reference: "L-1", lines: [{ product_id: "milk", quantity: half }] });
    await ask("POST", "/products/cream/receipts", { quantity: 1, reference: "till" });
    const present = async (poId: string): Promise<any> => (await ask("GET", `/purchase-orders/${poId}`)).body;
    const sent = await eventually(async () => {
      const order = await present(first.po_id);
      expect(order.lines.map((line: any) => line.received).toSorted()).toEqual([1, half].toSorted());
      expect((await openOrders("milk"))[0].quantity).toBeLessThan(first.lines[1].quantity);
      return order;
    });
    passTime(DAY_MS);
    await counted("milk", 3);
    const draft = await eventually(async () => {
      const [order] = await orders("?status=draft");
      expect(order.lines).toHaveLength(1);
      return order;
    });
    const lines = [{ product_id: "milk", quantity: 41 }];
    const edited = (await act(draft.po_id, "lines", { revision: draft.revision, lines })).body;
    expect(edited.lines).toMatchObject([{ quantity: 41, firm_quantity: 41 }]);

    const stub = purchaseStub(first.po_id);
    await runInDurableObject(stub as DurableObjectStub, (_object, { storage }) => storage.deleteAll());
    await abortAllDurableObjects();
    await env.DB.exec("DELETE FROM purchase_orders");
    expect((await ask("GET", `/purchase-orders/${first.po_id}`)).status).toBe(404);
    expect((await ask("POST", "/projections/rebuild")).body).toMatchObject({ items: 2, failed: [] });

    const what = ({ po_id, status, number, value, lines: all, order_by, arrives_on }: any) => ({
      po_id,
      status,
      number,
      value,
      order_by,
      arrives_on,
      lines: all.map(({ product_id, quantity, firm_quantity, received }: any) => [
        product_id,
        quantity,
        firm_quantity,
        received,
      ]),
    });
    const again = await present(first.po_id);
    expect(what(again)).toEqual(what(sent));
    expect(again).toMatchObject({ intact: true, deliveries: [] });
    expect(again.audit.map(({ event }: any) => event)).toEqual(["rebuilt"]);
    expect(what(await present(draft.po_id))).toEqual(what(edited));
    expect((await orders()).map(what)).toEqual([what(sent), what(edited)]);

    // Both go on: a person's quantity reaches the item, and the next number is a new one.
    const open = await present(draft.po_id);
    await act(draft.po_id, "lines", { revision: open.revision, lines: [{ product_id: "milk", quantity: 43 }] });
    await eventually(async () => expect((await openOrders("milk")).map(({ quantity }) => quantity)).toContain(43));
    const now = await present(draft.po_id);
    const second = (await act(draft.po_id, "send", { revision: now.revision })).body;
    expect(second).toMatchObject({ status: "sent", number: expect.stringMatching(/-0002$/) });
    expect(sent.number).toMatch(/-0001$/);
  });
});

describe("what a decision costs its item", () => {
  /** Rows that the item writes for a restock, and lines that it sends, once everybody has heard of it. */
  async function costOf(send: "none" | "manual", product: string): Promise<{ rows: number; lines: number }> {
    await aSupplier({ send });
    await anItem(product);
    // The first decision and the first order make the tables.
    await counted(product, 500);
    const elsewhere = { reference: "by-phone", quantity: 1, expected_at: "2040-03-02" };
    expect((await ask("POST", `/products/${product}/orders`, elsewhere)).status).toBe(201);
    const item = env.ITEM.getByName(objectName({ storeId: "main", productId: product }));
    await item.idle();
    const cost = await runInDurableObject(item as DurableObjectStub, (_object, { storage }) => {
      const counts = { rows: 0 };
      const exec = storage.sql.exec.bind(storage.sql);
      storage.sql.exec = ((query: string, ...bindings: SqlStorageValue[]) => {
        const cursor = exec(query, ...bindings);
        counts.rows += cursor.rowsWritten;
        return cursor;
      }) as typeof storage.sql.exec;
      return counts;
    });
    const told = vi.spyOn(PurchaseOrdersObject.prototype, "takeLine");
    passTime(HOUR_MS);
    expect((await counted(product, 3)).body.decision.recommended_action).toBe("restock");
    if (send === "manual") await orderWith(product);
    await item.idle();
    const lines = told.mock.calls.length;
    told.mockRestore();
    return { ...cost, lines };
  }

  it("is what it was without a supplier that is sent orders, and one row and one delivery more with one", async () => {
    expect(await costOf("none", "milk")).toEqual({ rows: 2, lines: 0 });
    expect(await costOf("manual", "cream")).toEqual({ rows: 3, lines: 1 });
  });
});

describe("files of an order", () => {
  it("are CSV and XLSX, in which no cell is run as a formula", async () => {
    await aSupplier();
    await anItem("milk", { name: '=HYPERLINK("http://evil.example")', gtin: "04006381333931" });
    await counted("milk", 3);
    const draft = await orderWith("milk");
    const csv = await ask("GET", `/purchase-orders/${draft.po_id}?format=csv`);
    expect(csv.headers.get("Content-Type")).toContain("text/csv");
    expect(csv.body).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    const list = await ask("GET", "/purchase-orders", undefined, { Accept: "text/csv" });
    expect(list.body.split("\r\n")[0]).toBe(
      "po_id,number,status,store_id,supplier_id,order_by,arrives_on,lines,value,currency,short_by",
    );
    const xlsx = await ask("GET", `/purchase-orders/${draft.po_id}?format=xlsx`);
    expect(xlsx.headers.get("Content-Type")).toContain("spreadsheetml");
    expect(xlsx.body.slice(0, 2)).toBe("PK");
  });
});
