import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveryContext } from "../../src/review/channel.ts";
import type { EndpointGate } from "../../src/review/webhook/endpoint-gate.ts";
import { webhookChannel } from "../../src/review/webhook/webhook-channel.ts";
import { aDelivery, aWorkflow } from "../support/a-workflow.ts";
import { httpPeer } from "../support/http-peer.ts";
import { WEBHOOK_SECRET, webhookReceiver, type WebhookReceiver } from "../support/webhook-receiver.ts";
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

  it("survives a receiver that is not there", async () => {
    await receiver.close();
    expect(await channel().deliver(context())).toMatchObject({ ok: false, retry: true });
  });
});
