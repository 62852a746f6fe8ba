/** What each service that we send to may do instead of answering, and what becomes of the delivery. */
import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Channel, DeliveryContext } from "../../src/review/channel.ts";
import { createMailer } from "../../src/review/mail/create-mailer.ts";
import { mailChannel } from "../../src/review/mail/mail-channel.ts";
import { slackChannel } from "../../src/review/slack/slack-channel.ts";
import { webhookChannel } from "../../src/review/webhook/webhook-channel.ts";
import { aDelivery, aWorkflow, HOUR_MS, T0 } from "../support/builders/a-workflow.ts";
import { httpPeer, type HttpPeer, type PeerAnswer } from "../support/peers/http-peer.ts";
import { WEBHOOK_SECRET } from "../support/peers/webhook-receiver.ts";
import { someSettings } from "./some-settings.ts";

const MAIL_KEY = "mail-key-canary";
const BOT_TOKEN = "xoxb-canary-token";
const SLACK_PATH = "canary-of-the-webhook";

interface Service {
  readonly name: string;
  readonly channel: (origin: string) => Channel;
  readonly delivery: DeliveryContext["delivery"];
  /** What it answers is read, so it must be sound and arrive in time. */
  readonly isRead: boolean;
  /** Even a lasting refusal is tried again. */
  readonly isPatient: boolean;
}

const { recipient: _nobody, ...toChannel } = aDelivery();
const SERVICES: readonly [Service, ...Service[]] = [
  {
    name: "a mail API",
    channel: (origin) =>
      mailChannel(someSettings(), createMailer(origin.replace("http://", `http://:${MAIL_KEY}@`), undefined)),
    delivery: aDelivery(),
    isRead: false,
    isPatient: false,
  },
  {
    name: "Slack's API",
    channel: (origin) =>
      slackChannel(
        someSettings({
          SLACK_BOT_TOKEN: BOT_TOKEN,
          SLACK_SIGNING_SECRET: "signing-secret",
          SLACK_CHANNEL: "C1",
          SLACK_API_URL: origin,
        }),
      ),
    delivery: { ...toChannel, key: "wf-1/1/ask/slack", channel: "slack", dueAt: T0 + HOUR_MS },
    isRead: true,
    isPatient: false,
  },
  {
    name: "Slack's incoming webhook",
    channel: (origin) => slackChannel(someSettings({ SLACK_WEBHOOK_URL: `${origin}/services/${SLACK_PATH}` })),
    delivery: { ...toChannel, key: "wf-1/1/ask/slack", channel: "slack" },
    isRead: false,
    isPatient: false,
  },
  {
    name: "a webhook's receiver",
    channel: (origin) =>
      webhookChannel(
        someSettings({ WEBHOOK_URL: `${origin}/hook`, WEBHOOK_SECRET }),
        () => ({}),
        { isDisabled: async () => false, disable: async () => undefined },
        async () => null,
      ),
    delivery: { ...toChannel, key: "wf-1/1/decision/webhook", channel: "webhook", purpose: "decision" },
    isRead: false,
    isPatient: true,
  },
];

function contextOf(delivery: DeliveryContext["delivery"]): DeliveryContext {
  const origin = "https://stock.example.com";
  const earlier: DeliveryContext["earlier"] = () => ({ refs: [], unconfirmed: [] });
  return { workflow: aWorkflow(), delivery, now: T0 + HOUR_MS, origin, earlier, demand: [] };
}

let says: PeerAnswer;
let peer: HttpPeer;
beforeEach(async () => {
  peer = await httpPeer(() => says);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await peer.close();
});

it.each<readonly [string, (socket: Socket) => void]>([
  ["hangs up before a word", (socket) => socket.destroy()],
  ["resets the connection", (socket) => socket.resetAndDestroy()],
  ["greets as another protocol would", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ["is too busy to talk", (socket) => socket.end("421 4.3.2 come back later\r\n")],
  ["hangs up in the middle", (socket) => greet(socket, () => socket.destroy())],
])("a mail server that %s is tried again", async (_, act) => {
  const server = createServer((socket) => act(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const channel = mailChannel(someSettings(), createMailer(`smtp://stock:${MAIL_KEY}@127.0.0.1:${port}`, undefined));
  const result = await channel.deliver(contextOf(aDelivery()));
  expect(result).toMatchObject({ ok: false, retry: true });
  expect(JSON.stringify(result)).not.toMatch(/canary|ana@/);
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

function greet(socket: Socket, then: () => void): void {
  socket.write("220 mail.example\r\n");
  socket.once("data", then);
}

it.each([
  ["is still at work on the first request", "concurrent_idempotent_requests", { ok: false, retry: true }],
  ["took the mail before, when more time was left", "invalid_idempotent_request", { ok: true }],
])("a mail API that has the key already %s", async (_, name, expected) => {
  says = { status: 409, body: { statusCode: 409, name, message: "This key was used before." } };
  const [{ channel, delivery }] = SERVICES;
  expect(await channel(peer.origin).deliver(contextOf(delivery))).toMatchObject(expected);
});

describe.each(SERVICES)("$name", ({ channel, delivery, isRead, isPatient }) => {
  const deliver = async (answer: PeerAnswer) => {
    says = answer;
    const result = await channel(peer.origin).deliver(contextOf(delivery));
    expect(JSON.stringify(result)).not.toMatch(/canary/);
    return result;
  };

  it("is given the time that it asks for", async () => {
    expect(await deliver({ status: 429, headers: { "Retry-After": "30" } })).toMatchObject({
      ok: false,
      retry: true,
      retryAfterMs: 30_000,
    });
  });

  it.each([500, 503])("is tried again after a %i, whatever page comes with it", async (status) => {
    expect(await deliver({ status, body: "<h1>Sorry</h1>" })).toMatchObject({ ok: false, retry: true });
  });

  it.each([400, 401])(`that refuses with %i is ${isPatient ? "tried again" : "left to a person"}`, async (status) => {
    expect(await deliver({ status })).toMatchObject({ ok: false, retry: isPatient });
  });

  it("is not followed elsewhere", async () => {
    const elsewhere = await httpPeer(() => ({ body: { ok: true, channel: "C1", ts: "1.2" } }));
    const answer = { status: 307, headers: { Location: elsewhere.origin } };
    expect(await deliver(answer)).toMatchObject({ ok: false, retry: isPatient });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it("that breaks the connection may have taken it, so it is sent again", async () => {
    expect(await deliver({ hangUp: true })).toMatchObject({ ok: false, retry: true });
  });

  it("that is silent is not waited for", async () => {
    const clock = new AbortController();
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(clock.signal);
    const { promise: never } = Promise.withResolvers<void>();
    const waiting = deliver({ heldUntil: never });
    await vi.waitFor(() => expect(peer.requests).toHaveLength(1), { timeout: 60_000 });
    clock.abort(new DOMException("the time is over", "TimeoutError"));
    expect(await waiting).toMatchObject({ ok: false, retry: true, error: expect.stringMatching(/timed out$/) });
  });

  it.each<readonly [string, PeerAnswer]>([
    ["a page", { body: "<h1>Welcome</h1>" }],
    ["half an answer", { body: '{"ok":tr' }],
    ["null", { body: "null" }],
    ["nothing", { body: "" }],
  ])(`that takes it with %s ${isRead ? "may not have taken it" : "has taken it"}`, async (_, answer) => {
    expect(await deliver(answer)).toMatchObject(isRead ? { ok: false, retry: true } : { ok: true });
  });

  it(`that never ends its answer ${isRead ? "is not waited for" : "has taken it"}`, async () => {
    const clock = new AbortController();
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(clock.signal);
    const { fetch } = globalThis;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (...request) => {
      const answer = await fetch(...request);
      if (isRead) clock.abort(new DOMException("the time is over", "TimeoutError"));
      return answer;
    });
    expect(await deliver({ body: "{", stalls: true })).toMatchObject(
      isRead ? { ok: false, retry: true } : { ok: true },
    );
  });
});
