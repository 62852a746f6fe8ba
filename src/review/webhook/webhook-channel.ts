/** Outbound webhooks by Standard Webhooks, signed again at every attempt under one stable id. */
import { traceHeaders } from "../../shared/trace-context.ts";
import type { Settings } from "../../config/settings.ts";
import type { Delivery } from "../../workflow/types/delivery.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { WebhookEvent } from "../../world/outside/webhook-endpoint.ts";
import { CHANNEL_TIMEOUT_MS, resultOfStatus, resultOfThrow, type Channel, type DeliveryResult } from "../channel.ts";
import type { EndpointGate } from "./endpoint-gate.ts";
import { reach, type EndpointOf } from "./endpoints.ts";
import { webhookSignature } from "./webhook-signature.ts";

const HTTP_GONE = 410;

export function webhookChannel(
  settings: Pick<Settings, "webhook">,
  toWire: (workflow: Workflow) => unknown,
  gate: EndpointGate,
  endpointOf: EndpointOf,
): Channel {
  return {
    async deliver({ workflow, delivery, now }) {
      const endpoint = await reach(delivery.recipient, settings.webhook, endpointOf);
      if (!("url" in endpoint)) return endpoint;
      const event = { type: typeOf(delivery), at: timeOf(delivery, workflow), data: toWire(workflow) };
      return postEvent(endpoint, delivery.key, event, gate, now);
    },
  };
}

function typeOf({ purpose }: Delivery): WebhookEvent {
  if (purpose === "opened") return "review.opened";
  return purpose === "decided" ? "review.decided" : "decision.completed";
}

function timeOf({ purpose, revision }: Delivery, { review, updatedAt, audit }: Workflow): number {
  if (purpose !== "opened") return review?.decidedAt ?? updatedAt;
  const asked = audit.filter(({ event }) => event === "asked" || event === "revised");
  return asked[revision - 1]?.at ?? asked.at(-1)?.at ?? updatedAt;
}

/** One attempt to send one event to one endpoint; `key` stays the same for all attempts. Never rejects. */
export async function postEvent(
  endpoint: { readonly url: string; readonly secret: string },
  key: string,
  event: { readonly type: string; readonly at: number; readonly data: unknown },
  gate: EndpointGate,
  now: number,
): Promise<DeliveryResult> {
  try {
    if (await gate.isDisabled(endpoint.url))
      return { ok: false, retry: false, error: "the receiver disabled this endpoint (410)" };
    const id = webhookId(key);
    const body = JSON.stringify({ type: event.type, timestamp: new Date(event.at).toISOString(), data: event.data });
    const timestamp = String(Math.floor(now / 1_000));
    const response = await fetch(endpoint.url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MS),
      headers: {
        ...traceHeaders(),
        "Content-Type": "application/json",
        "User-Agent": "Stockwarden-Webhooks/1",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": webhookSignature(endpoint.secret, id, timestamp, body),
      },
      body,
    });
    await response.body?.cancel();
    if (response.status === HTTP_GONE) {
      await gate.disable(endpoint.url, now);
      return { ok: false, retry: false, error: "the receiver answered 410 Gone; the endpoint is disabled" };
    }
    const result = resultOfStatus(response, now, "webhook receiver");
    // A receiver that says 404 or 401 today is often misconfigured for an hour: all but 410 are worth the schedule.
    return result.ok ? result : { ...result, retry: true };
  } catch (error) {
    return resultOfThrow(error, "webhook receiver");
  }
}

/** Ids may not contain a full stop (it separates the signed parts); a delivery's key is made of slashes. */
function webhookId(key: string): string {
  return `msg_${key.replaceAll(/[^\w/-]/g, "_").replaceAll("/", "-")}`;
}
