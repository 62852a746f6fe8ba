/** What becomes of a purchase order whose item changes its supplier, or whose object lost it. */
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { objectName } from "../../../src/storage/identity.ts";
import { eventually } from "../support/eventually.ts";
import {
  act,
  anOrderOfTwo,
  aSupplier,
  counted,
  CUT_OFF,
  orderOf,
  orders,
  purchaseStub,
} from "../support/purchasing.ts";
import { ask, closeObjects, DAY_MS, HOUR_MS, openOrders, passTime, read, T0, useWorld } from "../support/world.ts";

useWorld();

describe("another supplier of an item", () => {
  const elsewhere = { supplier_id: "wholesale", unit_cost: 2, lead_time_days: 2, safety_stock_level: 4 };

  /** Planned units of milk, firm ones of cream. */
  async function aHalfFirmOrder(send: "manual" | "auto"): Promise<any> {
    await aSupplier({ send, emails: ["orders@dairy.example"] });
    expect((await ask("PUT", "/suppliers/wholesale", { name: "Wholesale", lead_time_days: 2 })).status).toBe(201);
    const draft = await anOrderOfTwo();
    const lines = [{ product_id: "cream", quantity: 40 }];
    return (await act(draft.po_id, "lines", { revision: draft.revision, lines })).body;
  }

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
      const draft = await aHalfFirmOrder("manual");
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
    const draft = await aHalfFirmOrder("auto");
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
    const draft = await aHalfFirmOrder("manual");
    const { body } = await act(draft.po_id, "approve", { revision: draft.revision });
    expect(body.status).toBe("approved");
    await ask("PUT", "/products/cream", elsewhere);
    const question = await asked(draft.po_id);
    expect(question.audit.map(({ event }: any) => event)).toContain("approval_lapsed");
    expect((await act(draft.po_id, "approve", { revision: question.revision })).body.status).toBe("approved");
  });
});

describe("a supplier whose orders no longer go by themselves", () => {
  it("has another minimum for the open order, too", async () => {
    const emails = ["orders@dairy.example"];
    await aSupplier({ send: "auto", emails });
    const draft = await anOrderOfTwo();
    expect(draft.minimum).toBeNull();
    await aSupplier({ send: "auto", emails, minimum_order_value: 5_000 });
    const after = await orderOf(draft.po_id);
    expect(after.minimum).toEqual({ value: 5_000, met: false, short_by: 5_000 - draft.value });
    expect([after.revision, after.top_up.length]).toEqual([draft.revision, 2]);
    passTime(4 * HOUR_MS);
    await purchaseStub(draft.po_id).poke();
    expect(await orderOf(draft.po_id)).toMatchObject({ status: "awaiting_approval", needs: ["minimum_not_met"] });
    await aSupplier({ send: "auto", emails });
    expect((await orderOf(draft.po_id)).minimum).toBeNull();
  });

  it("has people asked at once about an order that closes soon", async () => {
    const emails = ["orders@dairy.example"];
    await aSupplier({ send: "auto", emails });
    const draft = await anOrderOfTwo();
    passTime(4 * HOUR_MS);
    await purchaseStub(draft.po_id).poke();
    expect((await orderOf(draft.po_id)).status).toBe("draft");
    await aSupplier({ send: "manual", emails });
    await eventually(async () =>
      expect(await orderOf(draft.po_id)).toMatchObject({ status: "awaiting_approval", needs: ["manual"] }),
    );
  });
});

describe("orders that their object lost", () => {
  it("are rebuilt from their items: open ones, and sent ones by their number, not sent again", async () => {
    await aSupplier({ emails: ["orders@dairy.example"] });
    const first = await anOrderOfTwo();
    await act(first.po_id, "send", { revision: first.revision });
    const half = Math.floor(first.lines.find((line: any) => line.product_id === "milk").quantity / 2);
    await act(first.po_id, "receive", { reference: "L-1", lines: [{ product_id: "milk", quantity: half }] });
    await ask("POST", "/products/cream/receipts", { quantity: 1, reference: "till" });
    const sent = await eventually(async () => {
      const order = await orderOf(first.po_id);
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
    const again = await orderOf(first.po_id);
    expect(what(again)).toEqual(what(sent));
    expect(again).toMatchObject({ intact: true, deliveries: [] });
    expect(again.audit.map(({ event }: any) => event)).toEqual(["rebuilt"]);
    expect(what(await orderOf(draft.po_id))).toEqual(what(edited));
    expect((await orders()).map(what)).toEqual([what(sent), what(edited)]);

    // Both go on: a person's quantity reaches the item, and the next number is a new one.
    const open = await orderOf(draft.po_id);
    await act(draft.po_id, "lines", { revision: open.revision, lines: [{ product_id: "milk", quantity: 43 }] });
    await eventually(async () => expect((await openOrders("milk")).map(({ quantity }) => quantity)).toContain(43));
    const now = await orderOf(draft.po_id);
    const second = (await act(draft.po_id, "send", { revision: now.revision })).body;
    expect(second).toMatchObject({ status: "sent", number: expect.stringMatching(/-0002$/) });
    expect(sent.number).toMatch(/-0001$/);
  });
});

it("an order stays over, though its items cancelled it before they kept that and goods are taken back", async () => {
  await aSupplier();
  const draft = await anOrderOfTwo();
  const sent = (await act(draft.po_id, "send", { revision: draft.revision })).body;
  const note = { reference: "L-1", lines: [{ product_id: "milk", quantity: 4 }] };
  const { revision } = (await act(sent.po_id, "receive", note)).body;
  expect((await act(sent.po_id, "cancel", { revision })).body.status).toBe("cancelled");
  const item = env.ITEM.getByName(objectName({ storeId: "main", productId: "milk" }));
  await runInDurableObject(item, (_, { storage }) => {
    const isOver = ',"isOver":true';
    const stored = storage.sql.exec("SELECT record FROM open_order").toArray();
    expect(JSON.stringify(stored)).toContain(JSON.stringify(isOver).slice(1, -1));
    storage.sql.exec("UPDATE open_order SET record = replace(record, ?, '')", isOver);
  });
  await closeObjects();
  expect((await ask("DELETE", "/products/milk/receipts/L-1")).status).toBe(204);
  await eventually(async () => {
    const { status, lines } = await orderOf(sent.po_id);
    const milk = lines.find(({ product_id }: any) => product_id === "milk");
    expect([status, milk.received, await openOrders("milk")]).toEqual(["cancelled", 0, []]);
  });
});
