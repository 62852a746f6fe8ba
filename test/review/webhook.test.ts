import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CHANNEL_TIMEOUT_MS, type DeliveryContext } from "../../src/review/channel.ts";
import type { EndpointGate } from "../../src/review/webhook/endpoint-gate.ts";
import { webhookChannel } from "../../src/review/webhook/webhook-channel.ts";
import { aDelivery, aWorkflow } from "../support/builders/a-workflow.ts";
import { httpPeer, listen } from "../support/peers/http-peer.ts";
import { WEBHOOK_SECRET, webhookReceiver, type WebhookReceiver } from "../support/peers/webhook-receiver.ts";
import { someSettings } from "./some-settings.ts";

let receiver: WebhookReceiver;
let disabled: Set<string>;
beforeEach(async () => {
  receiver = await webhookReceiver();
  disabled = new Set();
});
afterEach(() => receiver.close());

const gate: EndpointGate = {
  isDisabled: async (url) => disabled.has(url),
  disable: async (url) => void disabled.add(url),
};
const channel = () =>
  webhookChannel(
    someSettings({ WEBHOOK_URL: receiver.url, WEBHOOK_SECRET }),
    (workflow) => ({ workflow_id: workflow.id, status: workflow.status }),
    gate,
    async (webhookId) => (webhookId === "erp" ? { url: receiver.url, secret: WEBHOOK_SECRET } : null),
  );
const { recipient: _none, ...configured } = aDelivery({
  key: "wf-1/1/decision/webhook",
  channel: "webhook",
  purpose: "decision",
});
const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
const context = (): DeliveryContext => ({
  workflow: aWorkflow({ status: "completed" }),
  delivery: configured,
  now: Date.now(),
  origin: "https://stock.example.com",
  earlier: () => ({ refs: [], unconfirmed: [] }),
  demand: [],
});

describe("the webhook", () => {
  it("is signed by Standard Webhooks, so that the standard's own library accepts it", async () => {
    expect(await channel().deliver(context())).toEqual({ ok: true });
    expect(receiver.badSignatures).toEqual([]);
    expect([...receiver.events.values()]).toEqual([
      expect.objectContaining({ type: "decision.completed", data: { workflow_id: "wf-1", status: "completed" } }),
    ]);
  });

  it("keeps its id through every attempt, so that a receiver counts it once", async () => {
    receiver.answerNext(503);
    expect(await channel().deliver(context())).toMatchObject({ ok: false, retry: true });
    await channel().deliver(context());
    await channel().deliver(context());
    expect(receiver.requests.map((request) => request.headers["webhook-id"])).toEqual(
      Array.from({ length: 3 }, () => "msg_wf-1-1-decision-webhook"),
    );
    expect(receiver.events.size).toBe(1);
  });

  it("stops for good at 410 until somebody enables the endpoint again", async () => {
    receiver.answerNext(410);
    expect(await channel().deliver(context())).toMatchObject({ ok: false, retry: false });
    expect(await channel().deliver(context())).toMatchObject({ ok: false, retry: false });
    expect(receiver.requests).toHaveLength(1);
    disabled.clear();
    expect(await channel().deliver(context())).toEqual({ ok: true });
  });

  it("of an endpoint of its own goes to its address, and is dropped once that was deleted", async () => {
    const to = (recipient: string, purpose: "opened" | "decided") => {
      const key = `wf-1/1/${purpose}/webhook/${recipient}`;
      return { ...context(), delivery: aDelivery({ key, channel: "webhook", purpose, recipient }) };
    };
    expect(await channel().deliver(to("erp", "opened"))).toEqual({ ok: true });
    expect(await channel().deliver(to("erp", "decided"))).toEqual({ ok: true });
    expect([...receiver.events.values()].map(({ type }) => type)).toEqual(["review.opened", "review.decided"]);
    expect(await channel().deliver(to("gone", "opened"))).toMatchObject({ ok: false, isMoot: true });
  });

  it("follows no redirect, wherever it leads", async () => {
    const inside = await httpPeer(() => ({}));
    const leading = await httpPeer(() => ({ status: 307, headers: { Location: `${inside.origin}/admin` } }));
    const redirected = someSettings({ WEBHOOK_URL: `${leading.origin}/hook`, WEBHOOK_SECRET });
    const result = await webhookChannel(
      redirected,
      () => ({}),
      gate,
      async () => null,
    ).deliver(context());
    expect(result).toMatchObject({ ok: false, retry: true, error: "webhook receiver answered 307" });
    expect([leading.requests.length, inside.requests.length]).toEqual([1, 0]);
    await Promise.all([leading.close(), inside.close()]);
  });

  it("reads nothing of what a receiver says, however much it is", async () => {
    const { promise: broken, resolve: breakOff } = Promise.withResolvers<void>();
    const talker = createServer((_request, response) => {
      response.writeHead(200).on("close", breakOff);
      const talk = (): void => void (response.destroyed || response.write("x".repeat(65_536), talk));
      talk();
    });
    await listen(talker);
    const settings = someSettings({ WEBHOOK_URL: urlOf(talker), WEBHOOK_SECRET });
    const endless = webhookChannel(
      settings,
      () => ({}),
      gate,
      async () => null,
    );
    expect(await endless.deliver(context())).toEqual({ ok: true });
    await broken;
    talker.close();
  });

  it("waits for no receiver longer than its time", async () => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const silent = createServer(() => reach());
    await listen(silent);
    const clock = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(clock.signal);
    const settings = someSettings({ WEBHOOK_URL: urlOf(silent), WEBHOOK_SECRET });
    const waiting = webhookChannel(
      settings,
      () => ({}),
      gate,
      async () => null,
    ).deliver(context());
    await reached;
    clock.abort(new DOMException("signal timed out", "TimeoutError"));
    expect(await waiting).toMatchObject({ ok: false, retry: true });
    expect(timeout).toHaveBeenCalledWith(CHANNEL_TIMEOUT_MS);
    timeout.mockRestore();
    silent.closeAllConnections();
    silent.close();
  });

  it("survives a receiver that is not there", async () => {
    await receiver.close();
    expect(await channel().deliver(context())).toMatchObject({ ok: false, retry: true });
  });
});
