/** Purchase orders of which a receipt is taken back. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { act, anItem, aSupplier, orderOf, sentWith } from "../support/purchasing.ts";
import { ask, DAY_MS, itemStub, openOrders, passTime, trigger, useWorld } from "../support/world.ts";

useWorld();

describe("a purchase order of which a receipt is taken back", () => {
  it("books the right number under the reference of a receipt that was taken back", async () => {
    await aSupplier();
    await anItem("milk");
    await anItem("cream");
    const { po_id: id, lines } = await sentWith("milk", "cream");
    const unitsOf = (product: string): number => lines.find(({ product_id }: any) => product_id === product).quantity;
    const received = async () =>
      Object.fromEntries((await orderOf(id)).lines.map((line: any) => [line.product_id, line.received]));
    const note = (milk: number, cream = 2) => ({
      reference: "L-1",
      lines: [
        { product_id: "milk", quantity: milk },
        { product_id: "cream", quantity: cream },
      ],
    });
    expect((await act(id, "receive", note(7))).status).toBe(200);
    expect((await act(id, "receive", note(3))).body.code).toBe("reference_mismatch");
    for (const [right, times] of [
      [3, 1],
      [3, 2],
      [5, 3],
    ] as const) {
      await eventually(async () => expect((await ask("DELETE", "/products/milk/receipts/L-1")).status).toBe(204));
      await eventually(async () => expect(await received()).toEqual({ milk: 0, cream: 2 }));
      // The cream of it was not taken back.
      expect((await act(id, "receive", note(right, 1))).body.code).toBe("reference_mismatch");
      const booked = await act(id, "receive", note(right));
      expect([booked.status, await received()], `time ${times}`).toEqual([200, { milk: right, cream: 2 }]);
      expect((await act(id, "receive", note(right))).body.revision).toBe(booked.body.revision);
      expect((await act(id, "receive", note(right + 1))).body.code).toBe("reference_mismatch");
      await eventually(async () =>
        expect([await openOrders("milk"), await openOrders("cream")]).toMatchObject([
          [{ quantity: unitsOf("milk") - right }],
          [{ quantity: unitsOf("cream") - 2 }],
        ]),
      );
      expect(await received()).toEqual({ milk: right, cream: 2 });
    }
  });

  it("counts what its other receipts brought beyond the order once one is taken back", async () => {
    await aSupplier();
    await anItem("milk");
    const { po_id: id, lines } = await sentWith("milk");
    const { quantity } = lines[0];
    const note = (reference: string, units: number) => ({
      reference,
      lines: [{ product_id: "milk", quantity: units }],
    });
    await act(id, "receive", note("L-1", 8));
    await act(id, "receive", note("L-2", quantity - 3));
    await eventually(async () => expect(await openOrders("milk")).toEqual([]));
    const leaves = async (open: number): Promise<void> => {
      expect(await openOrders("milk")).toMatchObject([{ quantity: open }]);
      await eventually(async () => expect((await orderOf(id)).lines[0].received).toBe(quantity - open));
    };
    expect((await ask("DELETE", "/products/milk/receipts/L-1")).status).toBe(204);
    await leaves(3);
    // The item's own closes the order's units, too.
    await ask("POST", "/products/milk/receipts", { quantity: 5, reference: "till" });
    await eventually(async () => expect((await orderOf(id)).over_delivered).toBe(0));
    expect((await ask("DELETE", "/products/milk/receipts/L-2")).status).toBe(204);
    await leaves(quantity - 5);
  });

  it("is open again with what the supplier left of it once what came of that is taken back", async () => {
    await aSupplier();
    await anItem("milk");
    const { po_id: id } = await sentWith("milk");
    await act(id, "receive", { reference: "L-1", lines: [{ product_id: "milk", quantity: 4 }] });
    await act(id, "confirm", { reference: "C-1", lines: [{ product_id: "milk", quantity: 4 }] });
    await eventually(async () => expect(await openOrders("milk")).toEqual([]));
    expect((await orderOf(id)).status).toBe("received");
    expect((await ask("DELETE", "/products/milk/receipts/L-1")).status).toBe(204);
    expect(await openOrders("milk")).toMatchObject([{ quantity: 4 }]);
    await eventually(async () => expect((await orderOf(id)).status).toBe("confirmed"));
    const cancelled = await act(id, "cancel", { revision: (await orderOf(id)).revision });
    expect([cancelled.status, await openOrders("milk")]).toEqual([200, []]);
  });

  it.each([
    ["less than came", 0, 5],
    ["less than came of more than was ordered", 4, 5],
    ["more than came of more than was ordered", 4, 30],
    ["nothing of what came", 0, 0],
  ])("waits for what the supplier confirmed, %s, once the goods are taken back", async (_, beyond, confirmed) => {
    await aSupplier();
    await anItem("milk");
    const { po_id: id, lines } = await sentWith("milk");
    const units = (quantity: number) => [{ product_id: "milk", quantity }];
    const balance = async () => {
      const [line] = (await orderOf(id)).lines;
      const open = (await openOrders("milk")).reduce((sum, { quantity }) => sum + quantity, 0);
      return [(line?.quantity ?? 0) - (line?.received ?? 0), open];
    };
    await act(id, "receive", { reference: "L-1", lines: units(2) });
    await act(id, "receive", { reference: "L-2", lines: units(lines[0].quantity - 2 + beyond) });
    expect((await act(id, "confirm", { reference: "C-1", lines: units(confirmed) })).status).toBe(200);
    for (const [reference, came] of [
      ["L-2", 2],
      ["L-1", 0],
    ] as const) {
      expect((await ask("DELETE", `/products/milk/receipts/${reference}`)).status).toBe(204);
      const open = Math.max(0, confirmed - came);
      await eventually(async () => expect(await balance()).toEqual([confirmed - came, open]));
    }
  });

  it("has an audit that says what was confirmed, what came and what was taken back", async () => {
    await aSupplier();
    await anItem("milk");
    const { po_id: id } = await sentWith("milk");
    const lines = [{ product_id: "milk", quantity: 9 }];
    await act(id, "confirm", { reference: "C-1", expected_at: "2040-03-05", lines });
    await act(id, "receive", { reference: "L-1", lines: [{ product_id: "milk", quantity: 4 }] });
    await ask("POST", "/products/milk/receipts", { quantity: 5, reference: "till" });
    for (const reference of ["L-1", "till"])
      expect((await ask("DELETE", `/products/milk/receipts/${reference}`)).status).toBe(204);
    await act(id, "confirm", { lines: [{ product_id: "milk", quantity: 8, expected_at: "2040-03-06" }] });
    await eventually(async () => {
      const { audit, intact } = await orderOf(id);
      const told = audit.map(({ event, detail }: any) => [event, detail]).slice(-6);
      expect(intact).toBe(true);
      expect(told).toEqual([
        ["confirmed", "C-1; expected 2040-03-05; milk: 9"],
        ["received", "L-1: 4 units"],
        ["received", "milk: 5 units"],
        ["taken_back", "L-1; milk: 4 units"],
        ["taken_back", "milk: 5 units"],
        ["confirmed", "milk: 8 on 2040-03-06"],
      ]);
    });
  });

  it("is open again with what came of it, where a count said before that no more comes", async () => {
    await aSupplier();
    await anItem("milk");
    const { po_id: id, number, lines } = await sentWith("milk");
    const { quantity } = lines[0];
    const note = { reference: "L-1", lines: [{ product_id: "milk", quantity: 4 }] };
    const balance = async () => {
      const { status, lines: now } = await orderOf(id);
      return [status, now[0].received, (await openOrders("milk")).map((open: any) => [open.reference, open.quantity])];
    };
    passTime(DAY_MS);
    expect((await act(id, "receive", note)).status).toBe(200);
    await eventually(async () => expect(await balance()).toEqual(["part_received", 4, [[number, quantity - 4]]]));
    await trigger({ product_id: "milk", current_stock: 500, safety_stock_level: 4, on_order: 0 });
    await eventually(async () => expect(await balance()).toEqual(["received", quantity, []]));
    expect((await ask("DELETE", "/products/milk/receipts/L-1")).status).toBe(204);
    await eventually(async () => expect(await balance()).toEqual(["part_received", quantity - 4, [[number, 4]]]));
    expect((await act(id, "receive", note)).body.over_delivered).toBe(0);
    await eventually(async () => expect(await balance()).toEqual(["received", quantity, []]));
  });

  it("stays over once it is cancelled, and follows a receipt that is taken back", async () => {
    await aSupplier();
    await anItem("milk");
    await anItem("cream");
    const { po_id: id, lines } = await sentWith("milk", "cream");
    const quantityOf = (product: string) => lines.find(({ product_id }: any) => product_id === product).quantity;
    const all = { reference: "L-1", lines: [{ product_id: "milk", quantity: quantityOf("milk") }] };
    const part = await act(id, "receive", { ...all, lines: [...all.lines, { product_id: "cream", quantity: 2 }] });
    expect((await act(id, "cancel", { revision: part.body.revision })).body.status).toBe("cancelled");
    for (const product of ["milk", "cream"]) {
      expect((await ask("DELETE", `/products/${product}/receipts/L-1`)).status).toBe(204);
      expect(await openOrders(product)).toEqual([]);
    }
    await eventually(async () =>
      expect((await orderOf(id)).lines.map(({ received }: any) => received)).toEqual([0, 0]),
    );
  });

  it("stays over as an item stored it that did not yet mark it so", async () => {
    await aSupplier();
    await anItem("milk");
    await anItem("cream");
    const { po_id: id, lines } = await sentWith("milk", "cream");
    const quantityOf = (product: string) => lines.find(({ product_id }: any) => product_id === product).quantity;
    const came = [
      { product_id: "milk", quantity: quantityOf("milk") },
      { product_id: "cream", quantity: 2 },
    ];
    const part = await act(id, "receive", { reference: "L-1", lines: came });
    expect((await act(id, "cancel", { revision: part.body.revision })).body.status).toBe("cancelled");
    for (const product of ["milk", "cream"]) {
      const item = itemStub(product);
      await runInDurableObject(item, async (_, { storage }) => {
        storage.sql.exec("UPDATE open_order SET record = json_remove(record, '$.order.purchase.isOver')");
      });
      await evictDurableObject(item);
      expect((await ask("DELETE", `/products/${product}/receipts/L-1`)).status).toBe(204);
      await eventually(async () => expect([product, await openOrders(product)]).toEqual([product, []]));
    }
    await eventually(async () =>
      expect((await orderOf(id)).lines.map(({ received }: any) => received)).toEqual([0, 0]),
    );
  });

  it("takes a receipt back once, and leaves an older order's of the same number", async () => {
    await aSupplier();
    await anItem("milk");
    const note = { reference: "L-1", lines: [{ product_id: "milk", quantity: 2 }] };
    const received = async (id: string) => (await orderOf(id)).lines[0].received;
    const takeBack = async () => (await ask("DELETE", "/products/milk/receipts/L-1")).status;
    const ids: string[] = [];
    for (let sent = 0; sent < 2; sent++) {
      const { po_id: id } = await sentWith("milk");
      ids.push(id);
      expect((await act(id, "receive", note)).status).toBe(200);
      passTime(DAY_MS);
    }
    // The item knows of a receipt when it is answered.
    expect(await takeBack()).toBe(204);
    expect(await takeBack()).toBe(404);
    await eventually(async () => expect(await received(ids[1]!)).toBe(0));
    expect(await received(ids[0]!)).toBe(2);
    // Booked and taken back again, and the older one by its order's id.
    expect((await act(ids[1]!, "receive", note)).status).toBe(200);
    expect(await takeBack()).toBe(204);
    expect((await ask("DELETE", `/products/milk/receipts/${ids[0]}%2FL-1`)).status).toBe(204);
    await eventually(async () => expect(await received(ids[0]!)).toBe(0));
  });
});
