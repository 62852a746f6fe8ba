/** Purchase orders through the wire: from a decision to a line, and what a person makes of it. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { OpenOrderAnswer } from "../../../src/api/item-responses.ts";
import { PurchaseOrdersObject } from "../../../src/purchasing/purchase-orders-object.ts";
import { objectName } from "../../../src/storage/identity.ts";
import { eventually } from "../support/eventually.ts";
import { act, anItem, aSupplier, counted, CUT_OFF, orderOf, orders, orderWith } from "../support/purchasing.ts";
import { ask, HOUR_MS, openOrders, passTime, read, T0, useWorld, type Answer } from "../support/world.ts";

useWorld();

/** A person sets the quantity of the order's line. */
function setMilk({ po_id, revision }: any, quantity: number): Promise<Answer> {
  return act(po_id, "lines", { revision, lines: [{ product_id: "milk", quantity }] });
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

  it("says what a top-up is worth without the dust of binary fractions", async () => {
    await aSupplier({ minimum_order_value: 500 });
    await anItem("milk", { unit_cost: 1.1 });
    await counted("milk", 3);
    const [{ quantity, value }] = (await orderWith("milk")).top_up;
    expect(value).not.toBe(quantity * 1.1);
    expect(value).toBe(Number((quantity * 1.1).toFixed(2)));
  });

  it("is the same decision wherever it is shown, its order units too", async () => {
    await aSupplier();
    await anItem("milk", { order_unit: { name: "crate", units: 6 }, pack_size: 6 });
    const { workflow_id, decision } = (await counted("milk", 3)).body;
    expect(decision.order_units).toBe(decision.recommended_quantity / 6);
    expect((await ask("GET", "/products/milk")).body.decisions).toMatchObject([{ workflow_id, decision }]);
    const replay = await ask("POST", `/workflows/${workflow_id}/replay`);
    expect(replay.body).toMatchObject({ changed: false, replayed: { decision } });
  });

  it("says of an order that its item cancels or sets what became of it", async () => {
    await aSupplier();
    await anItem("milk");
    const statusOf = async (id: string) => (await read(id)).order_status;
    const placed = async (stock: number): Promise<string> => (await counted("milk", stock)).body.workflow_id;
    const first = await placed(3);
    const changed = await ask("PATCH", `/products/milk/orders/${first}`, { quantity: 30 });
    expect(changed.body).toMatchObject({ quantity: 30, placed_at: null, order_status: "firm" });
    expect(OpenOrderAnswer.parse(changed.body)).toEqual(changed.body);
    expect(await statusOf(first)).toBe("firm");
    await ask("PATCH", `/products/milk/orders/${first}`, { quantity: 0 });
    expect(await statusOf(first)).toBe("cancelled");
    passTime(HOUR_MS);
    const second = await placed(2);
    expect((await ask("DELETE", `/products/milk/orders/${second}`)).status).toBe(204);
    expect(await statusOf(second)).toBe("cancelled");
    expect(await openOrders("milk")).toEqual([]);
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
    await eventually(async () => expect((await orderOf(order.po_id)).lines).toEqual([]));
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
    const edited = await setMilk(draft, 60);
    expect(edited.status).toBe(200);
    expect(edited.body.lines[0]).toMatchObject({ quantity: 60, firm_quantity: 60 });
    await eventually(async () => expect(await openOrders("milk")).toMatchObject([{ quantity: 60 }]));
    passTime(HOUR_MS);
    await counted("milk", 200);
    expect(await openOrders("milk")).toMatchObject([{ quantity: 60 }]);
    expect((await orderOf(draft.po_id)).lines[0].quantity).toBe(60);
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

  it.each(["a line set to 0", "a cancelled order"])("say no by %s, which holds until the cut-off", async (how) => {
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
      expect(await openOrders("cream")).toMatchObject([{ quantity: 5, workflow_id: null, po_id: draft.po_id }]);
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
    const edited = await setMilk(await orderWith("milk"), 2);
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
    const liked = async (Accept: string) =>
      (await ask("GET", `/purchase-orders/${draft.po_id}`, undefined, { Accept })).headers;
    expect((await liked("text/csv;q=0.1, application/json")).get("Content-Type")).toBe("application/json");
    expect((await liked("text/csv;q=0, */*")).get("Content-Type")).toBe("application/json");
    expect((await liked("text/*")).get("Content-Type")).toContain("text/csv");
    expect((await liked("*/*")).get("Vary")).toBe("Accept");
    const xlsx = await ask("GET", `/purchase-orders/${draft.po_id}?format=xlsx`);
    expect(xlsx.headers.get("Content-Type")).toContain("spreadsheetml");
    expect(xlsx.body.slice(0, 2)).toBe("PK");
  });
});
