/** What the clock does with an order that asks: the reminder, the cut-off, and orders that are sent by themselves. */
import { describe, expect, it } from "vitest";
import { ANA, anAskedOrder, anOrder, eventsOf, ring, useApprovals } from "../support/order-approvals.ts";
import { eventually } from "../support/eventually.ts";
import { CUT_OFF, orderOf } from "../support/purchasing.ts";
import { ask, DAY_MS, HOUR_MS, passTime } from "../support/world.ts";
import { act, clickLink, clickPage, press, SLACK } from "../support/order-doors.ts";
import { signInAs } from "../support/sign-in.ts";
import { MINUTE_MS } from "../../../src/shared/durations.ts";
import type { BoundMail } from "../support/mails.ts";

const { set, mails, asksByMail, linkTo } = useApprovals();

describe("the cut-off", () => {
  it("ends the time to approve, on every channel, before any alarm has run", async () => {
    await set(asksByMail);
    await ask("PUT", "/people/ana", ANA);
    const order = await anAskedOrder();
    const link = linkTo("ana@example.com");
    passTime(CUT_OFF - Date.now());
    const late = await act(order, "approve");
    expect([late.status, late.body.code]).toEqual([409, "expired"]);
    expect((await clickLink(link, order.revision)).status).toBe(403);
    expect((await clickPage(await signInAs("ana"), order)).status).toBe(409);
    await set(SLACK);
    await press(order, "U0ANA");
    await set({ slack: null });
    expect(eventsOf(await orderOf(order.po_id))).not.toContain("approved");
  });

  it("takes an approval that nobody followed by sending: firm units move on, the approval does not", async () => {
    await set(asksByMail);
    const order = await anAskedOrder({ emails: ["orders@dairy.example"] });
    const approved = (await act(order, "approve")).body;
    passTime(CUT_OFF - Date.now());
    await ring(order.po_id);
    expect(await orderOf(order.po_id)).toMatchObject({ status: "cancelled", ended: "missed", number: null });
    const next = await eventually(async () => {
      const [open] = (await ask("GET", "/purchase-orders?status=draft")).body.purchase_orders;
      expect(open?.lines).toHaveLength(1);
      return orderOf(open.po_id);
    });
    expect(Date.parse(next.order_by)).toBe(CUT_OFF + DAY_MS);
    expect(next).toMatchObject({ status: "draft", approvals: { given: 0 } });
    expect(next.lines[0].firm_quantity).toBe(approved.lines[0].quantity);
    expect(mails.filter(({ to }) => to.includes("orders@dairy.example"))).toEqual([]);
  });

  it("is announced by one question and one reminder, and by none to an order that is approved", async () => {
    await set({ ...asksByMail, review: { reminderFraction: 0.5 } });
    const order = await anOrder();
    const subjects = (): string[] => mails.map(({ subject }) => subject.replace(/Order from.*/, "Order"));
    passTime(3 * HOUR_MS - MINUTE_MS);
    await ring(order.po_id);
    expect(subjects()).toEqual([]);
    passTime(MINUTE_MS);
    await ring(order.po_id);
    passTime(HOUR_MS - MINUTE_MS);
    await ring(order.po_id);
    expect(subjects()).toEqual(["Order"]);
    passTime(MINUTE_MS);
    for (let time = 0; time < 3; time++) await ring(order.po_id);
    expect(subjects()).toEqual(["Order", "Reminder: Order"]);
    expect(linkTo("ana@example.com")).toMatch(/order-link/);
    expect(eventsOf(await orderOf(order.po_id)).slice(-2)).toEqual(["asked", "reminded"]);
  });

  it("reminds nobody of what was approved", async () => {
    await set({ ...asksByMail, review: { reminderFraction: 0.5 } });
    const order = await anAskedOrder();
    await act(order, "approve");
    passTime(HOUR_MS + 1);
    await ring(order.po_id);
    expect(mails.filter(({ subject }) => subject.startsWith("Reminder"))).toEqual([]);
    expect(eventsOf(await orderOf(order.po_id))).not.toContain("reminded");
  });
});

describe("an automatic order that is worth more than goes by itself", () => {
  const AUTO = { send: "auto", emails: ["orders@dairy.example"] };
  const toSupplier = (): BoundMail[] => mails.filter(({ to }) => to.includes("orders@dairy.example"));

  /** Items are asked about by the same limit, so it is set when the order is there. */
  async function aDearOrder(): Promise<any> {
    await set(asksByMail);
    const order = await anOrder(AUTO);
    await set({ review: { valueAbove: order.value - 1 } });
    passTime(3 * HOUR_MS);
    await ring(order.po_id);
    return orderOf(order.po_id);
  }

  it("is mailed to the supplier once, at the cut-off, when a person approved it", async () => {
    const order = await aDearOrder();
    expect(order).toMatchObject({ status: "awaiting_approval", needs: ["value_above_cap"] });
    expect((await clickLink(linkTo("ana@example.com"), order.revision)).status).toBe(200);
    await ring(order.po_id);
    expect([(await orderOf(order.po_id)).status, toSupplier()]).toEqual(["approved", []]);
    passTime(CUT_OFF - Date.now());
    for (let time = 0; time < 3; time++) await ring(order.po_id);
    const sent = await orderOf(order.po_id);
    expect(sent).toMatchObject({ status: "sent", number: expect.stringMatching(/^PO-/) });
    expect(sent.lines[0]).toMatchObject({ quantity: order.lines[0].quantity });
    const [mail, ...more] = toSupplier();
    expect(more).toEqual([]);
    expect(mail!.subject).toContain(sent.number);
    expect(mail!.replyTo).toBe("ana@example.com");
    expect(mail!.attachments!.map(({ filename }) => filename)).toEqual([`${sent.number}.csv`, `${sent.number}.xlsx`]);
    expect(sent.deliveries.filter(({ channel }: any) => channel === "supplier")).toMatchObject([{ status: "done" }]);
  });

  it("is not mailed when nobody approved it", async () => {
    const order = await aDearOrder();
    passTime(CUT_OFF - Date.now());
    await ring(order.po_id);
    expect(await orderOf(order.po_id)).toMatchObject({ status: "cancelled", ended: "missed" });
    expect(toSupplier()).toEqual([]);
  });

  it("is nobody's question at the limit, and mailed once", async () => {
    await set(asksByMail);
    const order = await anOrder(AUTO);
    await set({ review: { valueAbove: order.value } });
    passTime(3 * HOUR_MS);
    await ring(order.po_id);
    expect([(await orderOf(order.po_id)).status, mails]).toEqual(["draft", []]);
    passTime(CUT_OFF - Date.now());
    for (let time = 0; time < 3; time++) await ring(order.po_id);
    expect((await orderOf(order.po_id)).status).toBe("sent");
    expect(mails.map(({ to }) => to)).toEqual([["orders@dairy.example"]]);
  });
});
