/** Purchase orders through the wire: from sending, or a cut-off that nobody met, to goods received. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ageOutPurchases } from "../../../src/scheduled/age-out.ts";
import { eventually } from "../support/eventually.ts";
import {
  act,
  anItem,
  anOrderOfTwo,
  aSupplier,
  counted,
  CUT_OFF,
  orderOf,
  orders,
  orderWith,
  purchaseStub,
  sentWith,
} from "../support/purchasing.ts";
import { useMails } from "../support/mails.ts";
import { useSettings } from "../support/settings.ts";
import { ask, closeObjects, DAY_MS, HOUR_MS, openOrders, passTime, read, T0, useWorld } from "../support/world.ts";

useWorld();
const set = useSettings();
const { mails, binding } = useMails();

describe("sending, confirming, receiving", () => {
  it("refuses a product that is listed twice, where a quantity is set", async () => {
    await aSupplier();
    const draft = await anOrderOfTwo();
    const lines = [3, 5].map((quantity) => ({ product_id: "milk", quantity }));
    const problem = {
      code: "validation_failed",
      errors: [{ pointer: "/lines/1/product_id", message: "is listed twice" }],
    };
    expect((await act(draft.po_id, "lines", { revision: draft.revision, lines })).body).toMatchObject(problem);
    const sent = await act(draft.po_id, "send", { revision: draft.revision });
    expect((await act(draft.po_id, "confirm", { reference: "C-9", lines })).body).toMatchObject(problem);
    expect((await orderOf(draft.po_id)).lines).toEqual(sent.body.lines);
    // A delivery note may list a product's batches.
    expect((await act(draft.po_id, "receive", { reference: "L-1", lines })).body.lines).toContainEqual(
      expect.objectContaining({ product_id: "milk", received: 8 }),
    );
  });

  it("goes from sent to received, with the items' orders", async () => {
    await aSupplier();
    const draft = await anOrderOfTwo();
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
    expect(part.body.over_delivered).toBe(0);
    const more = { reference: "L-3", lines: [{ product_id: "milk", quantity: 5 }] };
    expect(await act(draft.po_id, "receive", more)).toMatchObject({ status: 200, body: { over_delivered: 5 } });
    expect((await act(draft.po_id, "receive", more)).body.over_delivered).toBe(5);
    await eventually(async () => expect((await ask("DELETE", "/products/milk/receipts/L-3")).status).toBe(204));
    await eventually(async () => expect((await orderOf(draft.po_id)).over_delivered).toBe(0));
    await eventually(async () => expect(await openOrders("milk")).toEqual([]));
    const [cream] = await openOrders("cream");
    await ask("POST", "/products/cream/receipts", { quantity: cream.quantity, reference: "till" });
    await eventually(async () => expect((await orderOf(draft.po_id)).status).toBe("received"));
    const present = () => orderOf(draft.po_id);
    const receivedOf = async (product: string) =>
      (await present()).lines.find((line: any) => line.product_id === product).received;
    expect(await receivedOf("cream")).toBe(cream.quantity);
    // A receipt that was a mistake is taken back at the item, and the order follows.
    expect((await ask("DELETE", "/products/cream/receipts/till")).status).toBe(204);
    await eventually(async () => expect((await present()).status).toBe("part_received"));
    expect(await receivedOf("cream")).toBe(0);
    expect(await receivedOf("milk")).toBe(quantity);
    // So is one that was booked at the order, by the reference of its delivery note.
    expect((await ask("DELETE", "/products/milk/receipts/L-2")).status).toBe(404);
    expect((await ask("DELETE", "/products/milk/receipts/L-1")).status).toBe(204);
    expect((await ask("DELETE", "/products/milk/receipts/L-1")).status).toBe(404);
    await eventually(async () => expect((await present()).status).toBe("confirmed"));
    expect(await receivedOf("milk")).toBe(0);
    expect(await openOrders("milk")).toMatchObject([{ quantity }]);
    const tooMuch = { reference: "L-4", lines: [{ product_id: "milk", quantity: quantity + 3 }] };
    expect((await act(draft.po_id, "receive", tooMuch)).body.over_delivered).toBe(3);
    await eventually(async () => expect(await openOrders("milk")).toEqual([]));
    expect((await ask("DELETE", "/products/milk/receipts/L-4")).status).toBe(204);
    await eventually(async () => expect(await receivedOf("milk")).toBe(0));
    expect(await openOrders("milk")).toMatchObject([{ quantity }]);
  });

  it("stays confirmed when the supplier then refuses the line that came", async () => {
    await aSupplier();
    await anItem("milk");
    const { po_id: id, lines } = await sentWith("milk");
    const units = (quantity: number) => [{ product_id: "milk", quantity }];
    await act(id, "receive", { reference: "L-1", lines: units(lines[0].quantity) });
    expect((await act(id, "confirm", { reference: "C-1", lines: units(0) })).body.status).toBe("confirmed");
  });

  it("is confirmed for the day that a moment is in the store", async () => {
    await ask("PUT", "/stores/main", { time_zone: "Pacific/Auckland" });
    await aSupplier();
    await anItem("milk");
    const { po_id } = await sentWith("milk");
    const early = { lines: [{ product_id: "milk", expected_at: "2030-03-07" }] };
    expect((await act(po_id, "confirm", early)).body.errors).toEqual([
      { pointer: "/lines/0/expected_at", message: "must not be before the order was placed" },
    ]);
    for (const [said, day] of [
      ["2040-03-07T11:30:00Z", "2040-03-08"],
      ["2040-03-07", "2040-03-07"],
    ]) {
      expect((await act(po_id, "confirm", { expected_at: said })).status).toBe(200);
      await eventually(async () =>
        expect(await openOrders("milk")).toMatchObject([{ expected_at: expect.stringContaining(day!) }]),
      );
    }
  });

  it("shows what came of a line that the supplier then took to nothing", async () => {
    await aSupplier();
    await anItem("milk");
    await anItem("cream");
    const { po_id: id, number } = await sentWith("milk", "cream");
    await act(id, "receive", { reference: "L-1", lines: [{ product_id: "milk", quantity: 3 }] });
    const none = await act(id, "confirm", { lines: [{ product_id: "milk", quantity: 0 }] });
    const milk = expect.objectContaining({ product_id: "milk", quantity: 0, received: 3, value: 0 });
    expect(none.body.lines).toContainEqual(milk);
    expect(await openOrders("milk")).toEqual([]);
    // A line of which nothing came, and nothing will, is gone.
    expect((await ask("DELETE", `/products/cream/orders/${number}`)).status).toBe(204);
    await eventually(async () => expect((await orderOf(id)).lines).toEqual([milk]));
    const cancelled = await act(id, "cancel", { revision: (await orderOf(id)).revision });
    expect([cancelled.body.status, cancelled.body.lines]).toEqual(["cancelled", [milk]]);
    const late = await act(id, "receive", { reference: "L-2", lines: [{ product_id: "milk", quantity: 1 }] });
    expect(late.body).toMatchObject({ code: "not_sent", detail: expect.stringContaining("was cancelled") });
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
    const sent = await orderOf(draft.po_id);
    expect(sent).toMatchObject({ status: "sent", lines: [{ firm_quantity: sent.lines[0].quantity }] });
    // Nobody set up mail: the order is parked, and shown so.
    expect(sent.deliveries).toMatchObject([{ channel: "supplier", status: "parked" }]);
    await eventually(async () => expect((await read(body.workflow_id)).order_status).toBe("sent"));
  });

  it("is mailed once, when mail is set up after all and somebody asks for it", async () => {
    await aSupplier({ emails: ["orders@dairy.example"] });
    await anItem("milk");
    const { po_id: id, number } = await sentWith("milk");
    await eventually(async () => expect((await orderOf(id)).deliveries).toMatchObject([{ status: "parked" }]));
    await set({ binding, email: { to: ["ana@example.com"], from: "shop@example.com", mailUrl: null } });
    await closeObjects();
    expect(await act(id, "redeliver")).toMatchObject({ status: 202, body: { po_id: id, deliveries: 1 } });
    await eventually(async () => expect((await orderOf(id)).deliveries).toMatchObject([{ status: "done" }]));
    expect((await act(id, "redeliver")).body.deliveries).toBe(0);
    expect(mails).toMatchObject([{ to: ["orders@dairy.example"], subject: expect.stringContaining(number) }]);
    expect((await act(`${id}0`, "redeliver")).status).toBe(404);
  });

  it("that nobody sent by the cut-off moves on, and says so", async () => {
    await aSupplier();
    await anItem("milk");
    await counted("milk", 3);
    const draft = await orderWith("milk");
    const { quantity } = draft.lines[0];
    passTime(CUT_OFF - T0 - HOUR_MS);
    await runDurableObjectAlarm(purchaseStub(draft.po_id));
    expect(await orderOf(draft.po_id)).toMatchObject({
      status: "awaiting_approval",
      needs: ["manual"],
    });
    passTime(HOUR_MS + 1);
    await runDurableObjectAlarm(purchaseStub(draft.po_id));
    expect(await orderOf(draft.po_id)).toMatchObject({
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
