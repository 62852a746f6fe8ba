import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveryContext } from "../../src/review/channel.ts";
import { slackChannel } from "../../src/review/slack/slack-channel.ts";
import { parseInteraction } from "../../src/review/slack/slack-interaction.ts";
import { isSignedBySlack } from "../../src/review/slack/slack-signature.ts";
import { slackText } from "../../src/review/slack/slack-text.ts";
import { aDecision, aDelivery, aReview, aSnapshot, aWorkflow, HOUR_MS, T0 } from "../support/builders/a-workflow.ts";
import { BOT_TOKEN, slackServer, type SlackServer } from "../support/peers/slack-server.ts";
import { someSettings } from "./some-settings.ts";
import { SIGNING_SECRET, signed } from "../support/peers/slack-signed.ts";

let slack: SlackServer;
beforeEach(async () => void (slack = await slackServer()));
afterEach(() => slack.close());

const bot = () =>
  slackChannel(
    someSettings({
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_CHANNEL: "C0REVIEWS",
      SLACK_API_URL: slack.apiUrl,
    }),
  );
const incoming = () => slackChannel(someSettings({ SLACK_WEBHOOK_URL: slack.webhookUrl }));
const ask = aDelivery({ key: "wf-1/1/ask/slack", channel: "slack" });
const decided = aWorkflow({
  status: "completed",
  review: aReview({ status: "approved", decidedBy: "ana@example.com", decidedAt: T0 + HOUR_MS, channel: "link" }),
});

function context(change: Partial<DeliveryContext> = {}): DeliveryContext {
  const { recipient: _none, ...delivery } = ask;
  return {
    workflow: aWorkflow(),
    delivery: { ...delivery, dueAt: T0 + HOUR_MS },
    now: T0 + HOUR_MS,
    origin: "https://stock.example.com",
    earlier: () => ({ refs: [], unconfirmed: [] }),
    demand: [],
    ...change,
  };
}

describe("Slack with a bot", () => {
  it("posts the question with real buttons and remembers its message", async () => {
    const result = await bot().deliver(context());
    expect(result).toEqual({ ok: true, ref: `C0REVIEWS:${slack.posted[0]!.ts}` });
    const buttons = slack.posted[0]!.blocks.flatMap((block) => block.elements ?? []).map(
      (element) => element.action_id,
    );
    expect(buttons).toEqual(expect.arrayContaining(["review_approve", "review_modify", "review_reject"]));
  });

  it("says what was counted, below zero too, and what customers wait for", async () => {
    await bot().deliver(context({ workflow: aWorkflow({ snapshot: aSnapshot({ onHand: 0, belowZero: 30 }) }) }));
    const owed = aWorkflow({ id: "wf-2", snapshot: aSnapshot({ onHand: 0, backordered: 30 }) });
    await bot().deliver(context({ workflow: owed, delivery: { ...ask, key: "wf-2/1/ask/slack" } }));
    const [miscount, waiting] = slack.posted.map(({ blocks }) => JSON.stringify(blocks));
    expect(miscount).toContain("*On hand*\\n-30 (0 days of sales)");
    expect(waiting).toContain("*Owed to customers*\\n30");
    expect(miscount).not.toContain("Owed to customers");
  });

  it("edits that message with the outcome, whichever way it was decided, and the buttons are gone", async () => {
    const { ref } = (await bot().deliver(context())) as { ref: string };
    await bot().deliver(
      context({
        workflow: decided,
        delivery: { ...ask, purpose: "outcome" },
        earlier: () => ({ refs: [ref], unconfirmed: [] }),
      }),
    );
    expect(slack.posted).toHaveLength(1);
    expect(slack.posted[0]!.text).toContain("Approved: 120 will be ordered");
    expect(slack.posted[0]!.blocks.some((block) => block.type === "actions")).toBe(false);
  });

  it("edits the message of the question that a new one replaces", async () => {
    const { ref } = (await bot().deliver(context())) as { ref: string };
    const newer = aWorkflow({ id: "wf-2", decision: aDecision({ quantity: 48 }) });
    expect(
      await bot().deliver(context({ workflow: newer, earlier: () => ({ refs: [ref], unconfirmed: [] }) })),
    ).toEqual({ ok: true, ref });
    expect(slack.posted.map((message) => message.text)).toEqual([expect.stringContaining("Order 48")]);
  });

  it("answers reminders in the thread, and does not take the reminder for the question's message", async () => {
    const { ref } = (await bot().deliver(context())) as { ref: string };
    expect(
      await bot().deliver(
        context({ delivery: { ...ask, purpose: "remind" }, earlier: () => ({ refs: [ref], unconfirmed: [] }) }),
      ),
    ).toEqual({ ok: true });
    expect(slack.posted[1]).toMatchObject({ threadTs: slack.posted[0]!.ts, text: expect.stringContaining("3 h left") });
  });

  it("finds a message whose posting was never confirmed instead of posting it twice", async () => {
    slack.failNext("chat.postMessage", { hangUp: true, after: true });
    expect(await bot().deliver(context())).toMatchObject({ ok: false, retry: true });
    expect(slack.posted).toHaveLength(1);
    const again = await bot().deliver(context({ delivery: { ...ask, attempts: 1 } }));
    expect(again).toEqual({ ok: true, ref: `C0REVIEWS:${slack.posted[0]!.ts}` });
    expect(slack.posted).toHaveLength(1);
  });

  it("strikes the buttons of an unconfirmed message when the question is decided first", async () => {
    slack.failNext("chat.postMessage", { hangUp: true, after: true });
    await bot().deliver(context());
    const earlier = () => ({ refs: [], unconfirmed: [{ key: ask.key, since: T0 }] });
    const outcome = { ...ask, key: "wf-1/1/outcome/slack", purpose: "outcome" } as const;
    await bot().deliver(context({ workflow: decided, delivery: outcome, earlier }));
    expect(slack.posted[0]!.text).toContain("Approved");
  });

  it("tries again while Slack cannot say whether it was posted; it posts once and removes the buttons", async () => {
    slack.failNext("chat.postMessage", { hangUp: true, after: true });
    await bot().deliver(context());
    const outcome = context({
      workflow: decided,
      delivery: { ...ask, key: "wf-1/1/outcome/slack", purpose: "outcome" },
      earlier: () => ({ refs: [], unconfirmed: [{ key: ask.key, since: T0 }] }),
    });
    slack.failNext("conversations.history", { status: 503 });
    expect(await bot().deliver(context({ delivery: { ...ask, attempts: 1 } }))).toMatchObject({
      ok: false,
      retry: true,
    });
    slack.failNext("conversations.history", { hangUp: true });
    expect(await bot().deliver(outcome)).toMatchObject({ ok: false, retry: true });
    expect(await bot().deliver(outcome)).toEqual({ ok: true });
    expect(slack.posted).toHaveLength(1);
    expect(slack.posted[0]!.text).toContain("Approved");
  });

  it("does without the search where the bot may not read its channel", async () => {
    slack.failNext("chat.postMessage", { hangUp: true, after: true });
    await bot().deliver(context());
    slack.failNext("conversations.history", { body: { ok: false, error: "missing_scope" } });
    expect(await bot().deliver(context({ delivery: { ...ask, attempts: 1 } }))).toMatchObject({ ok: true });
  });

  it("strikes them too when the message of the question before it is known", async () => {
    const { ref } = (await bot().deliver(context())) as { ref: string };
    slack.failNext("chat.postMessage", { hangUp: true, after: true });
    const key = "wf-2/1/ask/slack";
    await bot().deliver(context({ workflow: aWorkflow({ id: "wf-2" }), delivery: { ...ask, key } }));
    const outcome = { ...ask, key: "wf-2/1/outcome/slack", purpose: "outcome" } as const;
    const earlier = () => ({ refs: [ref], unconfirmed: [{ key, since: T0 }] });
    await bot().deliver(context({ workflow: { ...decided, id: "wf-2" }, delivery: outcome, earlier }));
    const buttons = slack.posted.flatMap(({ blocks }) => blocks.filter(({ type }) => type === "actions"));
    expect([slack.posted.length, buttons.length]).toEqual([2, 0]);
  });

  it("edits an unconfirmed message of the question that a new one replaces, rather than post another", async () => {
    slack.failNext("chat.postMessage", { hangUp: true, after: true });
    await bot().deliver(context());
    const newer = aWorkflow({ id: "wf-2", decision: aDecision({ quantity: 48 }) });
    const delivery = { ...ask, key: "wf-2/1/ask/slack", dueAt: T0 + HOUR_MS };
    const earlier = () => ({ refs: [], unconfirmed: [{ key: ask.key, since: T0 }] });
    expect(await bot().deliver(context({ workflow: newer, delivery, earlier }))).toMatchObject({ ok: true });
    expect(slack.posted.map(({ text }) => text)).toEqual([expect.stringContaining("Order 48")]);
  });

  it("waits as long as a rate limit says, retries Slack's own trouble, gives up what a person must mend", async () => {
    slack.failNext("chat.postMessage", { status: 429, headers: { "Retry-After": "30" } });
    expect(await bot().deliver(context())).toMatchObject({ ok: false, retry: true, retryAfterMs: 30_000 });
    slack.failNext("chat.postMessage", { body: { ok: false, error: "internal_error" } });
    expect(await bot().deliver(context())).toMatchObject({ ok: false, retry: true });
    slack.failNext("chat.postMessage", { body: { ok: false, error: "channel_not_found" } });
    expect(await bot().deliver(context())).toMatchObject({ ok: false, retry: false });
  });
});

describe("Slack with an incoming webhook", () => {
  it("posts the facts and exactly one link", async () => {
    expect(await incoming().deliver(context())).toEqual({ ok: true });
    const links = JSON.stringify(slack.webhookMessages[0]!.blocks).match(/https:\/\/[^|>"]+/g);
    expect(links).toHaveLength(1);
    expect(links![0]).toMatch(/^https:\/\/stock\.example\.com\/review\//);
  });
});

describe("text on its way into Slack", () => {
  const hostile =
    "<!channel> <@U1> <#C1> <https://evil.example|ok> @here https://evil.example www.evil.example & " +
    "mailto:x@evil.example";

  it("mentions nobody and links nowhere, in names, notes and a model's words", async () => {
    const workflow = aWorkflow({
      productId: hostile.slice(0, 60),
      snapshot: aSnapshot({ notes: hostile }),
      decision: aDecision({ modelWords: hostile, rationale: hostile }),
    });
    await bot().deliver(context({ workflow }));
    const message = JSON.stringify([
      slack.posted[0]!.text,
      slack.posted[0]!.blocks.filter((block) => block.type !== "actions"),
    ]);
    // Our own date tokens show each reader their own time; nothing else opens a bracket.
    const token = /<!date\^\d+\^\{date_short_pretty\}, \{time\}\|Mon 16 Jan, 13:00 UTC>/;
    expect(message).toMatch(token);
    expect(message.replace(token, "")).not.toMatch(/<[!@#h]/);
    expect(message).not.toMatch(/https?:\/\/evil/);
    expect(message).not.toMatch(/www\.evil/);
    expect(message).not.toMatch(/@(here|channel|U1)/);
  });

  it("keeps ordinary words readable", () => {
    expect(slackText("Fish & chips, 5 > 3")).toBe("Fish &amp; chips, 5 &gt; 3");
    expect(slackText("Hotel: 2 rooms")).toBe("Hotel: 2 rooms");
  });
});

describe("Slack's signature", () => {
  const body = "payload=%7B%7D";
  const now = T0;
  const check = (headers: Record<string, string>, at = now, text = body) =>
    isSignedBySlack(new Headers(headers), text, SIGNING_SECRET, at);

  it("is accepted for the raw body up to 300 s either way", async () => {
    const headers = signed(body, now / 1_000);
    expect(await check(headers)).toBe(true);
    expect(await check(headers, now + 300_000)).toBe(true);
    expect(await check(headers, now - 300_000)).toBe(true);
    expect(await check(headers, now + 301_000)).toBe(false);
    expect(await check(headers, now - 301_000)).toBe(false);
  });

  it("is refused for another body, secret, timestamp, spelling, or none at all", async () => {
    const headers = signed(body, now / 1_000);
    expect(await check(headers, now, `${body} `)).toBe(false);
    expect(await check(signed(body, now / 1_000, "other"))).toBe(false);
    expect(await check({ ...headers, "X-Slack-Request-Timestamp": String(now / 1_000 + 1) })).toBe(false);
    expect(await check({ ...headers, "X-Slack-Signature": headers["X-Slack-Signature"]!.toUpperCase() })).toBe(false);
    expect(await check({ ...headers, "X-Slack-Signature": "v0=" })).toBe(false);
    expect(await check({})).toBe(false);
  });
});

describe("Slack's payloads", () => {
  const form = (payload: unknown): string => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

  it("tell people apart by team and user, not by name", () => {
    const press = (user: unknown) =>
      parseInteraction(
        form({
          type: "block_actions",
          user,
          team: { id: "T1" },
          actions: [{ action_id: "review_approve", value: '["wf-1",1]' }],
        }),
      );
    expect(press({ id: "U1", username: "ana" })).toMatchObject({
      kind: "button",
      button: "approve",
      workflowId: "wf-1",
      revision: 1,
      user: { principal: "slack:T1:U1", label: "ana" },
    });
    expect(press({ id: "U2", username: "ana" })).toMatchObject({ user: { principal: "slack:T1:U2" } });
  });

  it("that we did not ask for are nothing, and broken ones are refused", () => {
    expect(parseInteraction(form({ type: "shortcut" }))).toEqual({ kind: "nothing" });
    expect(
      parseInteraction(form({ type: "block_actions", user: { id: "U1" }, actions: [{ action_id: "review_look" }] })),
    ).toEqual({ kind: "nothing" });
    expect(parseInteraction("payload=nonsense")).toBeNull();
    expect(parseInteraction("x=1")).toBeNull();
  });
});
