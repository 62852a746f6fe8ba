/** Approval of a whole order by API, mail link, Slack button and page: one winner, permission, quorum, four eyes. */
import { describe, expect, it } from "vitest";
import { ANA, BEN, anAskedOrder, anOrder, eventsOf, useApprovals } from "../support/order-approvals.ts";
import { orderOf } from "../support/purchasing.ts";
import { ask, passTime } from "../support/world.ts";
import { act, clickLink, clickPage, keyOf, press, SLACK } from "../support/order-doors.ts";
import { signInAs } from "../support/sign-in.ts";

const { set, asksByMail, linkTo, channels } = useApprovals();

describe("approval of a whole order", () => {
  for (const [how, { channel, approve }] of Object.entries(channels)) {
    it(`has one winner, by ${how}, and refuses whoever comes second`, async () => {
      await set(asksByMail);
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

describe("the permission to handle orders", () => {
  for (const [how, { approve }] of Object.entries(channels).filter(([name]) => name !== "the API")) {
    it(`is what counts by ${how}, and not the one to answer questions`, async () => {
      await set(asksByMail);
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
  const TWO = { ...asksByMail, review: { approvalsRequiredAbove: 10 } };

  it("counts a person once, whatever the channel, and is approved by the second", async () => {
    await set(TWO);
    await ask("PUT", "/people/ana", ANA);
    await ask("PUT", "/people/ben", BEN);
    const order = await anAskedOrder();
    expect(order).toMatchObject({ needs: ["manual", "value_above_cap"], approvals: { given: 0, needed: 2 } });
    const early = await act(order, "send");
    expect([early.status, early.body.code]).toEqual([409, "not_approved"]);
    for (const how of ["a mailed link", "the order's page", "a button in Slack"]) {
      await channels[how]!.approve(order);
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
    await set({ ...asksByMail, review: { fourEyes: true } });
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
