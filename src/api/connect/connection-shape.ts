/** Connections to shop systems, and what they delivered, over the wire. */
import * as z from "zod";
import { label, name, orDefault } from "../fields.ts";
import { pageSize } from "../requests.ts";
import { sharedSecret } from "./shared-secret.ts";

const MAX_DOMAIN = 253;
const MAX_LOCATION = 64;
const DELIVERY_STATUSES = ["pending", "waiting", "done", "ignored", "failed"] as const;

export const ShopifyBody = z
  .strictObject({
    domain: z
      .string()
      .max(MAX_DOMAIN)
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, "must be a domain like my-shop.myshopify.com")
      .transform((domain) => domain.toLowerCase()),
    location_id: label(MAX_LOCATION),
    secrets: z
      .array(sharedSecret)
      .min(1)
      .max(2)
      .nullish()
      .describe("One, or two while rotating. Needed once; without them, a replaced connection keeps the ones it has"),
    product_key: orDefault(z.enum(["sku", "variant_id"], "must be sku or variant_id"), "sku"),
    web_orders: orDefault(z.boolean(), true).describe("Orders that name no location are this store's"),
  })
  .meta({ id: "ShopifyConnectionSettings" });

export const ShopifyAnswer = z
  .looseObject({
    store_id: z.string(),
    domain: z.string(),
    location_id: z.string(),
    product_key: z.enum(["sku", "variant_id"]),
    web_orders: z.boolean(),
  })
  .meta({ id: "ShopifyConnection" });

export const TakenAnswer = z.looseObject({ status: z.enum(["accepted", "duplicate"]) });

export const DeliveriesQuery = z.strictObject({
  store_id: name.optional(),
  status: z.enum(DELIVERY_STATUSES, `must be one of ${DELIVERY_STATUSES.join(", ")}`).optional(),
  limit: pageSize(50, 200),
  before: z.iso
    .datetime({ offset: true })
    .transform((iso) => Date.parse(iso))
    .optional()
    .describe("Only those that came before this moment"),
});

export const DeliveryAnswer = z
  .looseObject({
    delivery_id: z.string(),
    store_id: z.string(),
    platform: z.string(),
    topic: z.string(),
    status: z.enum(DELIVERY_STATUSES),
    triggered_at: z.iso.datetime(),
    received_at: z.iso.datetime(),
    attempts: z.number(),
    note: z.string().nullable(),
  })
  .meta({ id: "ShopDelivery" });

export const DeliveriesAnswer = z.looseObject({ deliveries: z.array(DeliveryAnswer) });
export const ReplayedAnswer = z.looseObject({ delivery_id: z.string(), status: z.literal("pending") });
