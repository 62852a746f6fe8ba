/** `/webhooks`: systems that hear of events, each at an address and under a secret of its own. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { WebhookAnswer, WebhookBody, WebhooksAnswer } from "../../../api/connect/webhook-shape.ts";
import { webhookToWire } from "../../../api/connect/webhook-to-wire.ts";
import { ListQuery } from "../../../api/world/lists.ts";
import { isLoopbackUrl, refusedUrl } from "../../../config/outgoing-url.ts";
import { enableEndpoint } from "../../../review/webhook/endpoint-gate.ts";
import { storageOf } from "../../../storage/storage.ts";
import { tellStores } from "../../../store/tell-stores.ts";
import type { WebhookEndpoint } from "../../../world/outside/webhook-endpoint.ts";
import { settings, world, type AppContext } from "../../kit/context.ts";
import { listPage } from "../../kit/list-page.ts";
import { readJson } from "../../kit/request/body.ts";
import { unknownStores } from "../../kit/warnings/known-names.ts";
import { withWarnings } from "../../kit/warnings/with-warnings.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";

const OF_WEBHOOK = { params: z.object({ webhook_id: name }) } as const;
/** Every decision of its stores checks each of them. */
export const MOST_WEBHOOKS = 50;

const putWebhook = guarded({
  ...OF_WEBHOOK,
  method: "PUT",
  path: "/webhooks/:webhook_id",
  scope: "admin",
  docs: {
    summary: "Send events to an address: review.opened, review.decided, decision.completed, purchase_order.sent",
    group: "connect",
    body: json(WebhookBody),
    answers: {
      200: { says: "Replaced", content: json(WebhookAnswer) },
      201: { says: "Stored", content: json(WebhookAnswer) },
    },
  },
  async handle(c, { params }) {
    const body = await readJson(c, WebhookBody);
    const known = await world(c).get("webhook", params.webhook_id);
    await refuse(c, body, known);
    const endpoint: WebhookEndpoint = {
      webhookId: params.webhook_id,
      url: body.url,
      events: body.events,
      secret: body.secret ?? known!.secret,
      stores: body.stores ?? null,
    };
    const created = await world(c).put("webhook", endpoint.webhookId, endpoint);
    // Setting an address enables it again, whatever it answered before.
    await enableEndpoint(storageOf(c.env).endpoints, endpoint.url);
    await tellStores(c.env, null);
    const warnings = await unknownStores(c, endpoint.stores, " yet");
    return c.json(withWarnings(webhookToWire(endpoint), warnings), created ? 201 : 200);
  },
});

async function refuse(
  c: AppContext,
  { url, secret }: z.output<typeof WebhookBody>,
  known: WebhookEndpoint | null,
): Promise<void> {
  const errors = [];
  const wrong = refusedUrl(url, isLoopbackUrl(settings(c).publicUrl)) ?? credentialsIn(url);
  if (wrong !== null) errors.push({ pointer: "/url", message: wrong });
  if (secret == null && known === null) errors.push({ pointer: "/secret", message: "is needed for a new endpoint" });
  if (known === null && (await world(c).list("webhook", MOST_WEBHOOKS, null)).length >= MOST_WEBHOOKS)
    errors.push({ pointer: "", message: `no more than ${MOST_WEBHOOKS} endpoints` });
  if (errors.length > 0)
    throw new Problem("validation_failed", "This endpoint cannot be stored as described.", { errors });
}

/** A caller who may read endpoints sees the address, but never `secret`. */
function credentialsIn(url: string): string | null {
  const { username, password } = new URL(url);
  return username + password === "" ? null : "must not hold a name or a password";
}

const getWebhook = guarded({
  ...OF_WEBHOOK,
  method: "GET",
  path: "/webhooks/:webhook_id",
  scope: "admin",
  docs: {
    summary: "An endpoint, without its secret",
    group: "connect",
    answers: { 200: { says: "The endpoint", content: json(WebhookAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    const endpoint = await world(c).get("webhook", params.webhook_id);
    if (endpoint === null) throw noSuchWebhook();
    return c.json(webhookToWire(endpoint));
  },
});

const getWebhooks = guarded({
  method: "GET",
  path: "/webhooks",
  scope: "admin",
  query: ListQuery,
  docs: {
    summary: "All endpoints, by id, without their secrets",
    group: "connect",
    answers: { 200: { says: "A page of endpoints", content: json(WebhooksAnswer) } },
  },
  async handle(c, { query }) {
    const page = await listPage(
      "webhooks",
      query,
      (limit, after) => world(c).list("webhook", limit, after),
      ({ webhookId }) => webhookId,
    );
    return c.json({ webhooks: page.entries.map(webhookToWire), next_cursor: page.nextCursor });
  },
});

const deleteWebhook = guarded({
  ...OF_WEBHOOK,
  method: "DELETE",
  path: "/webhooks/:webhook_id",
  scope: "admin",
  docs: {
    summary: "Forget an endpoint; deliveries to it that are pending are dropped",
    group: "connect",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    if (!(await world(c).delete("webhook", params.webhook_id))) throw noSuchWebhook();
    await tellStores(c.env, null);
    return c.body(null, 204);
  },
});

function noSuchWebhook(): Problem {
  return new Problem("not_found", "There is no such endpoint.");
}

export const WEBHOOK_ROUTES = [putWebhook, getWebhook, getWebhooks, deleteWebhook];
