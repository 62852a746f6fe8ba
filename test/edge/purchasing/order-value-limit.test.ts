/** A person's limit of value, on every channel: what they may approve, change and add. */
import { describe, expect, it } from "vitest";
import { ANA, BEN, anAskedOrder, anOrder, ring, useApprovals } from "../support/order-approvals.ts";
import { anItem, anOrderOfTwo, aSupplier, counted, orderOf, orderWith } from "../support/purchasing.ts";
import { ask, HOUR_MS, passTime } from "../support/world.ts";
import { clickLink, clickPage, pageAs, press, SLACK } from "../support/order-doors.ts";
import { signInAs } from "../support/sign-in.ts";

const { set, asksByMail, linkTo, channels } = useApprovals();

describe("a person's limit of value", () => {
  for (const [how, { approve }] of Object.entries(channels).filter(([name]) => name !== "the API")) {
    it(`refuses an order above it, by ${how}, and takes one that is at it`, async () => {
      await set(asksByMail);
      await ask("PUT", "/people/ana", { ...ANA, value_limit: 10 });
      const order = await anAskedOrder();
      expect(order.value).toBeGreaterThan(10);
      expect([403, null]).toContain(await approve(order));
      expect(await orderOf(order.po_id)).toEqual(order);
      await ask("PUT", "/people/ana", { ...ANA, value_limit: order.value });
      passTime(60_000);
      expect([200, null]).toContain(await approve(order));
      expect((await orderOf(order.po_id)).status).toBe("approved");
    });
  }

  it("is not passed by a quantity that is typed with the approval, or saved before it", async () => {
    await set(asksByMail);
    const order = await anOrder();
    await ask("PUT", "/people/ana", { ...ANA, value_limit: order.value });
    const cookie = await signInAs("ana");
    for (const what of ["approve", "send", "save"]) {
      const answer = await clickPage(cookie, order, { "q:milk": "5000", do: what });
      expect([what, answer.status, answer.text.includes("above your limit")]).toEqual([what, 403, true]);
    }
    const kept = await orderOf(order.po_id);
    expect([kept.status, kept.revision, kept.value]).toEqual(["draft", order.revision, order.value]);
  });

  it("lets quantities be lowered to what stays above it, and to what is within it, but not raised", async () => {
    await set(asksByMail);
    await aSupplier();
    const order = await anOrderOfTwo();
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 20 });
    const cookie = await signInAs("ana");
    const quantities = async () => (await orderOf(order.po_id)).lines.map(({ quantity }: any) => quantity);
    const [cream, milk] = await quantities();
    const saved = async (fields: Record<string, string>): Promise<number> => {
      const { revision } = await orderOf(order.po_id);
      return (await clickPage(cookie, { ...order, revision }, { ...fields, do: "save" })).status;
    };
    expect(await saved({ "q:milk": `${milk + 1}`, "q:cream": `${cream}` })).toBe(403);
    expect(await saved({ "q:milk": `${milk - 1}`, "q:cream": `${cream + 2}` })).toBe(403);
    expect(await saved({ add_product: "milk", add_quantity: `${milk + 1}` })).toBe(403);
    expect(await quantities()).toEqual([cream, milk]);
    expect(await saved({ "q:milk": `${milk - 2}`, "q:cream": `${cream + 1}` })).toBe(200);
    expect(await quantities()).toEqual([cream + 1, milk - 2]);
    const { revision, value } = await orderOf(order.po_id);
    expect(value).toBeGreaterThan(20);
    const send = await clickPage(cookie, { ...order, revision }, { do: "send" });
    expect([send.status, send.text.includes('value="send"'), send.text.includes('value="cancel"')]).toEqual([
      403,
      false,
      true,
    ]);
    expect(await saved({ "q:milk": "4", "q:cream": "0" })).toBe(200);
    expect(await saved({ "q:milk": "10" })).toBe(200);
    expect(await saved({ "q:milk": "11" })).toBe(403);
    const within = await clickPage(cookie, await orderOf(order.po_id), { do: "approve" });
    expect([within.status, (await orderOf(order.po_id)).status]).toEqual([200, "approved"]);
  });

  it("does not let an article be added that passes it, or whose cost nobody knows", async () => {
    await set(asksByMail);
    const order = await anOrder();
    await anItem("cream", { unit_cost: 3 });
    await anItem("cheese", { unit_cost: null });
    await ask("PUT", "/people/ana", { ...ANA, value_limit: order.value + 6 });
    const cookie = await signInAs("ana");
    const added = async (product: string, quantity: string, what = "save"): Promise<number> => {
      const fields = { add_product: product, add_quantity: quantity, do: what };
      return (await clickPage(cookie, await orderOf(order.po_id), fields)).status;
    };
    for (const what of ["save", "approve", "send"])
      expect([what, await added("cream", "3", what), await added("cheese", "1", what)]).toEqual([what, 403, 403]);
    expect(await orderOf(order.po_id)).toEqual(order);
    expect(await added("cream", "2")).toBe(200);
  });

  const cancelled: Readonly<Record<string, (order: any) => Promise<unknown>>> = {
    "the order's page": async (order) => clickPage(await signInAs("ana"), order, { do: "cancel" }),
    "a mailed link": ({ revision }) => clickLink(linkTo("ana@example.com"), revision, { do: "cancel" }),
    "a button in Slack": async (order) => {
      await set(SLACK);
      await press(order, "U0ANA", "reject");
      await set({ slack: null });
    },
  };
  for (const [how, cancel] of Object.entries(cancelled)) {
    it(`does not keep anybody from cancelling, by ${how}, but their permission does`, async () => {
      await set(asksByMail);
      await ask("PUT", "/people/ana", { ...ANA, value_limit: 1, may: ["review"] });
      const order = await anAskedOrder();
      await cancel(order);
      expect((await orderOf(order.po_id)).status).toBe("awaiting_approval");
      await ask("PUT", "/people/ana", { ...ANA, value_limit: 1 });
      passTime(60_000);
      await cancel(order);
      expect(await orderOf(order.po_id)).toMatchObject({ status: "cancelled", ended: "cancelled" });
    });
  }

  it("has the pages name whom an order waits for, and not its reader", async () => {
    await set({ ...asksByMail, review: { fourEyes: true } });
    for (const [id, changes] of Object.entries({
      ana: { value_limit: 10 },
      ben: {},
      cleo: {},
      dan: { may: ["review"] },
    }))
      await ask("PUT", `/people/${id}`, { ...BEN, name: id, email: `${id}@example.com`, slack_user: null, ...changes });
    const order = await anAskedOrder();
    const seen = async (person: string): Promise<(string | undefined)[]> => {
      const cookie = await signInAs(person);
      const pages = ["/", "/orders", `/orders/${order.po_id}`].map((path) => pageAs(cookie, path));
      return (await Promise.all(pages)).map((html) => /class="badge[^"]*">(waits for [^<]*)</.exec(html)?.[1]);
    };
    const everywhere = (text: string): string[] => [text, text, text];
    expect(await seen("ana")).toEqual(everywhere("waits for ben or cleo"));
    expect(await seen("dan")).toEqual(everywhere("waits for ben or cleo"));
    expect(await seen("ben")).toEqual(everywhere("waits for you"));
    await clickPage(await signInAs("ben"), order, { "q:milk": "9", do: "save" });
    expect(await seen("ben")).toEqual(everywhere("waits for cleo"));
    await ask("PUT", "/people/cleo", { ...BEN, name: "cleo", email: "cleo@example.com", slack_user: null, may: [] });
    passTime(60_000);
    expect(await seen("ben")).toEqual(everywhere("waits for a reviewer"));
  });

  for (const [how, { approve }] of Object.entries(channels).filter(([name]) => name !== "the API")) {
    it(`refuses an order with a line of unknown value, however high the limit, by ${how}`, async () => {
      await set(asksByMail);
      await ask("PUT", "/people/ana", { ...ANA, value_limit: 1e6 });
      await anOrder();
      await anItem("cheese", { unit_cost: null });
      await counted("cheese", 3);
      passTime(3 * HOUR_MS);
      await ring((await orderWith("cheese")).po_id);
      const order = await orderWith("cheese");
      expect(order.lines.map(({ value }: any) => value === null).toSorted()).toEqual([false, true]);
      expect([403, null]).toContain(await approve(order));
      expect(await orderOf(order.po_id)).toEqual(order);
      await ask("PUT", "/people/ana", ANA);
      passTime(60_000);
      expect([200, null]).toContain(await approve(order));
      expect((await orderOf(order.po_id)).status).toBe("approved");
    });
  }

  it("refuses an order in other money that nobody said a rate of, and says why", async () => {
    await set(asksByMail);
    await ask("PUT", "/stores/main", { currency: "JPY" });
    const order = await anOrder({ currency: "EUR" });
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 1e6 });
    const answer = await clickPage(await signInAs("ana"), order);
    expect([answer.status, answer.text.includes("value is unknown")]).toEqual([403, true]);
  });

  it("is in the store's money, whatever the supplier is paid in", async () => {
    await set(asksByMail);
    await ask("PUT", "/stores/main", { currency: "JPY" });
    const order = await anOrder({ currency: "EUR", rate: 160 });
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 160 * order.value - 1 });
    expect((await clickPage(await signInAs("ana"), order)).status).toBe(403);
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 160 * order.value });
    passTime(60_000);
    expect((await clickPage(await signInAs("ana"), order)).status).toBe(200);
  });
});
