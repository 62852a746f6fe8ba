/** An order that people are asked about, as mail and Slack show it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askMail } from "../../../src/purchasing/documents/ask-mail.tsx";
import { orderMail } from "../../../src/purchasing/documents/order-mail.tsx";
import { slackPurchase } from "../../../src/purchasing/effects/slack-purchase.ts";
import { orderDocument, worthWords } from "../../../src/purchasing/order/order-document.ts";
import type { PurchaseOrder } from "../../../src/purchasing/order/types.ts";
import { someSettings } from "../../review/some-settings.ts";
import { BOT_TOKEN, slackServer, type SlackServer } from "../../support/peers/slack-server.ts";
import { PurchasingWorld } from "../world.ts";
import { SIGNING_SECRET } from "../../support/peers/slack-signed.ts";

let slack: SlackServer;
beforeEach(async () => void (slack = await slackServer()));
afterEach(() => slack.close());

const APPLES = { store: null, supplier: null };

function anOrder(): PurchaseOrder {
  const world = new PurchasingWorld();
  world.decide("apples", 6);
  world.settle();
  const ana = { by: { principal: "person:ana", label: "Ana", channel: "link" }, at: world.now, revision: 1 };
  return { ...world.present()!, needs: ["manual"], approvalsNeeded: 2, approvals: [ana] };
}

const ASK = { key: "k", channel: "slack", purpose: "ask", revision: 1, status: "pending" } as const;
const PEOPLE = "This order needs 2 people; approved so far by Ana.";

const bySlack = () =>
  someSettings({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_CHANNEL: "C0REVIEWS",
    SLACK_API_URL: slack.apiUrl,
  });

describe("an order that people are asked about", () => {
  it("says in the mail's text and HTML of how many units, what they are worth, and who is needed", () => {
    const order = anOrder();
    const document = orderDocument(order, APPLES);
    const { text, html } = askMail({ kind: "ask", order, document, url: "https://stock.example.com/order-link/x" });
    const worth = document.formats.money(document.value);
    expect(text).toContain(`- apples: 6 units, ${worth}`);
    for (const part of [text, html]) for (const said of ["6 units", worth, PEOPLE]) expect(part).toContain(said);
  });

  it("has its closing, what silence does and the link before its lines and reasons", () => {
    const order = anOrder();
    const url = "https://stock.example.com/order-link/x";
    const { text, html } = askMail({ kind: "ask", order, document: orderDocument(order, APPLES), url });
    for (const part of [text, html]) {
      const places = ["It closes", "Unless somebody sends it by then", url, "6 units", "Why you are asked"].map(
        (said) => part.lastIndexOf(said),
      );
      expect(Math.min(...places)).toBeGreaterThan(0);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  it("is of unknown value, not of none, where no line has a price", () => {
    const { formats } = orderDocument(anOrder(), APPLES);
    const worth = (value: number, hasUnknownValue: boolean) => worthWords({ value, hasUnknownValue, formats });
    expect(worth(0, true)).toBe("unknown value");
    expect(worth(12, true)).toBe(`${formats.money(12)} and lines of unknown value`);
    expect(worth(12, false)).toBe(formats.money(12));
  });

  it("is mailed to the supplier in three columns, which a phone is wide enough for, each price under its value", () => {
    const { text, html } = orderMail({ ...orderDocument(anOrder(), APPLES), number: "PO-1" });
    expect(html.match(/<th scope="col"/g)).toHaveLength(3);
    const [, value, price] = />([^<]+)<span[^>]*>([^<]+) a unit</.exec(html)!;
    expect(text).toContain(`, ${price} a unit = ${value}`);
  });

  it("says the same in Slack, with its closing in each reader's own time", async () => {
    const order = anOrder();
    const document = orderDocument(order, APPLES);
    const origin = "https://stock.example.com";
    await slackPurchase(bySlack(), { order, delivery: { ...ASK, attempts: 0, dueAt: 0 }, document, origin });
    const [{ text } = { text: "" }] = slack.posted;
    expect(text).toContain("• apples: 6 units");
    expect(text).toContain(PEOPLE);
    expect(text).toContain(`It closes <!date^${order.orderBy / 1_000}^{date_short_pretty}, {time}|`);
  });

  it("is posted once, though the answer to its first posting is lost", async () => {
    const order = anOrder();
    const document = orderDocument(order, APPLES);
    const post = (attempts: number) =>
      slackPurchase(bySlack(), {
        order,
        delivery: { ...ASK, attempts, dueAt: Date.now() },
        document,
        origin: "https://stock.example.com",
      });
    slack.failNext("chat.postMessage", { hangUp: true, after: true });
    expect(await post(0)).toMatchObject({ ok: false, retry: true });
    expect(await post(1)).toEqual({ ok: true, ref: `C0REVIEWS/${slack.posted[0]!.ts}` });
    expect(slack.posted).toHaveLength(1);
  });
});
