/** Endpoints of webhooks over the wire. */
import * as z from "zod";
import { WEBHOOK_EVENTS } from "../../world/outside/webhook-endpoint.ts";
import { MOST_ENTRIES, name, isDistinct } from "../fields.ts";
import { sharedSecret } from "./shared-secret.ts";
import { warnings } from "../world/warnings.ts";

const MAX_URL = 2_000;

const url = z
  .string()
  .max(MAX_URL)
  .refine((text) => URL.canParse(text), "must be a URL")
  .meta({ format: "uri" });
const event = z.enum(WEBHOOK_EVENTS, `must be one of ${WEBHOOK_EVENTS.join(", ")}`);
/** As Standard Webhooks writes a secret: base64 of 24 to 64 bytes after a prefix; others are taken as their bytes. */
const secret = sharedSecret.refine(
  (text) =>
    !text.startsWith("whsec_") ||
    /^whsec_(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text),
  "after whsec_ must be base64",
);

export const WebhookBody = z
  .strictObject({
    url,
    events: z.array(event).min(1).refine(isDistinct, "must not repeat an event").meta({ uniqueItems: true }),
    secret: secret.nullish().describe("Needed once; without it, a replaced endpoint keeps the one it has"),
    stores: z.array(name).min(1).max(MOST_ENTRIES).nullish().describe("Null or absent: all stores"),
  })
  .meta({ id: "WebhookSettings" });

export const WebhookAnswer = z
  .looseObject({
    webhook_id: z.string(),
    url: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)),
    stores: z.array(z.string()).nullable(),
    warnings,
  })
  .meta({ id: "Webhook" });

export const WebhooksAnswer = z.looseObject({ webhooks: z.array(WebhookAnswer), next_cursor: z.string().nullable() });
