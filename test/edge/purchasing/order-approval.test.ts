/**
 * Approval of a whole order by API, mail link, Slack button and page: one winner, limits, quorum, four eyes, and what
 * the clock does when nobody answers. The contract is the wire's; each test can fail by it.
 */
import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import {
  anItem,
  anOrderOfTwo,
  aSupplier,
  counted,
  CUT_OFF,
  orderOf,
  orderWith,
  purchaseStub,
} from "../support/purchasing.ts";
import { useMails, type BoundMail } from "../support/mails.ts";
import { useSettings } from "../support/settings.ts";
import { ask, DAY_MS, HOUR_MS, passTime, useWorld } from "../support/world.ts";
import { act, clickLink, clickPage, keyOf, pageAs, press, SLACK } from "../support/order-doors.ts";
import { signInAs } from "../support/sign-in.ts";
import { MINUTE_MS } from "../../../src/shared/durations.ts";

useWorld();
const set = useSettings();

const { mails, binding: post } = useMails();

async function anOrder(supplier: Record<string, unknown> = {}): Promise<any> {
  await aSupplier(supplier);
  await anItem("milk");
  await counted("milk", 3);
  return orderWith("milk");
}

async function ring(poId: string): Promise<void> {
  await runDurableObjectAlarm(purchaseStub(poId));
}

/** Asked at 09:00, two hours before the cut-off, as the alarm does it. */
async function anAskedOrder(supplier: Record<string, unknown> = {}): Promise<any> {
  const order = await anOrder(supplier);
  passTime(3 * HOUR_MS);
  await ring(order.po_id);
  return orderOf(order.po_id);
}

const MAIL = { binding: post, email: { to: ["ana@example.com"], from: "shop@example.com", mailUrl: null } };

/** The link of the newest mail to somebody. */
function linkTo(address: string): string {
  const text = mails.findLast(({ to }) => to === address)?.text ?? "";
  return /http:\/\/localhost:8787(\/order-link\/\S+)/.exec(text)![1]!;
}

function eventsOf({ audit }: any): string[] {
  return audit.map(({ event }: any) => event);
}

const ANA = { name: "Ana", email: "ana@example.com", slack_user: "U0ANA", may: ["review", "order"] };
const BEN = { name: "Ben", email: "ben@example.com", slack_user: "U0BEN", may: ["review", "order"] };

/** How Ana approves what an order shows, on each channel. */
const CHANNELS: Readonly<Record<string, { channel: RegExp; approve: (order: any) => Promise<number | null> }>> = {
  "the API": {
    channel: /^api key:/,
    approve: async (order) => (await act(order, "approve", await keyOf("ana"))).status,
  },
  "a mailed link": {
    channel: /^link person:ana$/,
    approve: async ({ revision }) => (await clickLink(linkTo("ana@example.com"), revision)).status,
  },
  "a button in Slack": {
    channel: /^slack person:ana$/,
    approve: async (order) => {
      await set(SLACK);
      await press(order, "U0ANA");
      await set({ slack: null });
      return null;
    },
  },
  "the order's page": {
    channel: /^inbox person:ana$/,
    approve: async (order) => (await clickPage(await signInAs("ana"), order)).status,
  },
};

describe("approval of a whole order", () => {
  for (const [how, { channel, approve }] of Object.entries(CHANNELS)) {
    it(`has one winner, by ${how}, and refuses whoever comes second`, async () => {
      await set(MAIL);
      await ask("PUT", "/people/ana", ANA);
      const order = await anAskedOrder();
      expect(order).toMatchObject({ status: "awaiting_approval", needs: ["manual"] });

      const old = { ...order, revision: order.revision + 7 };
      expect([409, null]).toContain(await approve(old));
      expect(await orderOf(order.po_id)).toEqual(order);

      expect([200, null]).toContain(await approve(order));
      const approved = await orderOf(order.po_id);
      expect(approved).toMatchObject({ status: "approved", approvals: { given: 1, needed: 1 } });
      expect(approved.lines[0].firm_quantity).toBe(order.lines[0].quantity);
      expect(approved.audit.at(-1)).toMatchObject({ event: "approved", channel: expect.stringMatching(channel) });

      const ben = await keyOf("ben");
      const second = await act(order, "approve", ben);
      expect([second.status, second.body.code, second.body.purchase_order.status]).toEqual([
        409,
        "revision_changed",
        "approved",
      ]);
      const informed = await act(approved, "approve", ben);
      expect([informed.status, informed.body.code]).toEqual([409, "already_decided"]);
      expect([200, null]).toContain(how === "the API" ? 200 : await approve(order));
      expect(eventsOf(await orderOf(order.po_id)).filter((event) => event === "approved")).toHaveLength(1);
    });
  }

  it("has one winner of two who act at the same moment", async () => {
    const order = await anOrder();
    const keys = [await keyOf("ana"), await keyOf("ben")];
    const answers = await Promise.all(keys.map((key) => act(order, "approve", key)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(eventsOf(await orderOf(order.po_id)).filter((event) => event === "approved")).toHaveLength(1);
  });

  it("answers the same person's repetition as the first time", async () => {
    const order = await anOrder();
    const first = await act(order, "approve");
    for (const seen of [order, first.body]) {
      const again = await act(seen, "approve");
      expect([again.status, again.body.revision, again.body.status]).toEqual([200, first.body.revision, "approved"]);
    }
  });

  it("lapses when somebody sets a quantity, and is given again", async () => {
    const order = await anOrder();
    const approved = (await act(order, "approve")).body;
    const lines = { lines: [{ product_id: "milk", quantity: 40 }] };
    const edited = (await act(approved, "lines", await keyOf("ben"), lines)).body;
    expect([edited.status, edited.approvals.given]).toEqual(["draft", 0]);
    expect((await act(approved, "approve")).body.code).toBe("revision_changed");
    expect((await act(edited, "approve")).body).toMatchObject({ status: "approved", value: 80 });
  });
});

describe("a person's limit of value", () => {
  for (const [how, { approve }] of Object.entries(CHANNELS).filter(([name]) => name !== "the API")) {
    it(`refuses an order above it, by ${how}, and takes one that is at it`, async () => {
      await set(MAIL);
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
    await set(MAIL);
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
    await set(MAIL);
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
    await set(MAIL);
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
      await set(MAIL);
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
    await set({ ...MAIL, review: { fourEyes: true } });
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

  for (const [how, { approve }] of Object.entries(CHANNELS).filter(([name]) => name !== "the API")) {
    it(`refuses an order with a line of unknown value, however high the limit, by ${how}`, async () => {
      await set(MAIL);
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
    await set(MAIL);
    await ask("PUT", "/stores/main", { currency: "JPY" });
    const order = await anOrder({ currency: "EUR" });
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 1e6 });
    const answer = await clickPage(await signInAs("ana"), order);
    expect([answer.status, answer.text.includes("value is unknown")]).toEqual([403, true]);
  });

  it("is in the store's money, whatever the supplier is paid in", async () => {
    await set(MAIL);
    await ask("PUT", "/stores/main", { currency: "JPY" });
    const order = await anOrder({ currency: "EUR", rate: 160 });
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 160 * order.value - 1 });
    expect((await clickPage(await signInAs("ana"), order)).status).toBe(403);
    await ask("PUT", "/people/ana", { ...ANA, value_limit: 160 * order.value });
    passTime(60_000);
    expect((await clickPage(await signInAs("ana"), order)).status).toBe(200);
  });
});

describe("the permission to handle orders", () => {
  for (const [how, { approve }] of Object.entries(CHANNELS).filter(([name]) => name !== "the API")) {
    it(`is what counts by ${how}, and not the one to answer questions`, async () => {
      await set(MAIL);
      await ask("PUT", "/people/ana", { ...ANA, may: ["review"] });
      const order = await anAskedOrder();
      expect([403, null]).toContain(await approve(order));
      expect(await orderOf(order.po_id)).toEqual(order);
      await ask("PUT", "/people/ana", { ...ANA, may: ["order"] });
      passTime(60_000);
      expect([200, null]).toContain(await approve(order));
      expect((await orderOf(order.po_id)).status).toBe("approved");
    });
  }
});

describe("an order that needs two", () => {
  const TWO = { ...MAIL, review: { approvalsRequiredAbove: 10 } };

  it("counts a person once, whatever the channel, and is approved by the second", async () => {
    await set(TWO);
    await ask("PUT", "/people/ana", ANA);
    await ask("PUT", "/people/ben", BEN);
    const order = await anAskedOrder();
    expect(order).toMatchObject({ needs: ["manual", "value_above_cap"], approvals: { given: 0, needed: 2 } });
    const early = await act(order, "send");
    expect([early.status, early.body.code]).toEqual([409, "not_approved"]);
    for (const how of ["a mailed link", "the order's page", "a button in Slack"]) {
      await CHANNELS[how]!.approve(order);
      expect([how, (await orderOf(order.po_id)).approvals]).toEqual([how, { given: 1, needed: 2 }]);
    }
    const halfway = await orderOf(order.po_id);
    expect([halfway.status, halfway.lines[0].firm_quantity]).toEqual(["awaiting_approval", 0]);
    expect((await clickPage(await signInAs("ben"), halfway)).status).toBe(200);
    const approved = await orderOf(order.po_id);
    expect(approved).toMatchObject({ status: "approved", approvals: { given: 2, needed: 2 } });
    expect(eventsOf(approved).slice(-2)).toEqual(["approved_in_part", "approved"]);

    const third = await act(approved, "approve", await keyOf("cleo"));
    expect([third.status, third.body.code]).toEqual([409, "already_decided"]);
    expect((await orderOf(order.po_id)).status).toBe("approved");
    expect((await act(approved, "send")).body.status).toBe("sent");
  });

  it("hears that the first approval was taken and another one is needed", async () => {
    await set(TWO);
    const order = await anOrder();
    const first = await act(order, "approve");
    expect(first).toMatchObject({
      status: 200,
      body: { status: "awaiting_approval", approvals: { given: 1, needed: 2 } },
    });
    expect((await act(first.body, "approve")).body.approvals.given).toBe(1);
  });

  it("does not count a Slack user whom nobody knows by name", async () => {
    await set(TWO);
    await ask("PUT", "/people/ana", ANA);
    const order = await anAskedOrder();
    await set(SLACK);
    await press(order, "U0EVE");
    expect((await orderOf(order.po_id)).approvals.given).toBe(0);
    await press(order, "U0ANA");
    expect((await orderOf(order.po_id)).approvals.given).toBe(1);
  });

  it("needs one where its value is not above the setting", async () => {
    const order = await anOrder();
    await set({ review: { approvalsRequiredAbove: order.value } });
    expect((await act(order, "approve")).body).toMatchObject({ status: "approved", approvals: { needed: 1 } });
  });
});

describe("four eyes", () => {
  const lines = { lines: [{ product_id: "milk", quantity: 40 }] };

  it("keep whoever changed an order from approving or sending it", async () => {
    await set({ review: { fourEyes: true } });
    const order = await anOrder();
    const [editor, other] = [await keyOf("editor"), await keyOf("other")];
    const edited = (await act(order, "lines", editor, lines)).body;
    for (const what of ["approve", "send"]) {
      const refused = await act(edited, what, editor);
      expect([what, refused.status, refused.body.code]).toEqual([what, 403, "same_person"]);
    }
    expect((await orderOf(order.po_id)).status).toBe("draft");
    const approved = await act(edited, "approve", other);
    expect([approved.status, approved.body.status]).toEqual([200, "approved"]);
    expect((await act(approved.body, "send", editor)).body.status).toBe("sent");
  });

  it("see through a change that is typed with the approval, and know a person on every channel", async () => {
    await set({ ...MAIL, review: { fourEyes: true } });
    await ask("PUT", "/people/ana", ANA);
    const order = await anAskedOrder();
    const cookie = await signInAs("ana");
    expect((await clickPage(cookie, order, { "q:milk": "40" })).status).toBe(403);
    const edited = await orderOf(order.po_id);
    expect([edited.status, edited.lines[0].quantity]).toEqual(["awaiting_approval", 40]);
    expect((await clickLink(linkTo("ana@example.com"), edited.revision)).status).toBe(403);
    await set(SLACK);
    await press(edited, "U0ANA");
    expect((await orderOf(order.po_id)).status).toBe("awaiting_approval");
  });

  it("are not asked for without the setting", async () => {
    const edited = (await act(await anOrder(), "lines", {}, lines)).body;
    expect((await act(edited, "approve")).body.status).toBe("approved");
  });
});

describe("the cut-off", () => {
  it("ends the time to approve, on every channel, before any alarm has run", async () => {
    await set(MAIL);
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
    await set(MAIL);
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
    await set({ ...MAIL, review: { reminderFraction: 0.5 } });
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
    await set({ ...MAIL, review: { reminderFraction: 0.5 } });
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
    await set(MAIL);
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
    await set(MAIL);
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
