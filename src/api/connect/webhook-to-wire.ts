/** From a stored endpoint to the wire: never its secret. */
import type * as z from "zod";
import type { WebhookEndpoint } from "../../world/outside/webhook-endpoint.ts";
import type { WebhookAnswer } from "./webhook-shape.ts";

export function webhookToWire({ webhookId, url, events, stores }: WebhookEndpoint): z.output<typeof WebhookAnswer> {
  return { webhook_id: webhookId, url, events: [...events], stores: stores === null ? null : [...stores] };
}
