/**
 * `POST /connect/shopify/{store_id}`: what a shop says, in Shopify's own webhooks. Nothing is parsed before it is
 * verified.
 */
import * as z from "zod";
import { TakenAnswer } from "../../../api/connect/connection-shape.ts";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { connectionOf } from "../../../connect/known-connections.ts";
import { isSignedByShopify } from "../../../connect/shopify/signature.ts";
import { sha256Hex } from "../../../shared/sha256.ts";
import { telemetryOf } from "../../../telemetry/telemetry.ts";
import { connectionId } from "../../../world/outside/shop-connection.ts";
import { mayLookUp } from "../../auth/failing-addresses.ts";
import { addressOf, countRequest } from "../../auth/limits.ts";
import { originOf, type AppContext } from "../../kit/context.ts";
import { KIB, readBytes } from "../../kit/request/body.ts";
import { bindLog } from "../../kit/request-log.ts";
import { open, json } from "../../kit/route.ts";

/** Shopify's largest deliveries are products of two thousand variants, at some kilobyte each. */
const LIMIT = 4 * KIB * KIB;
const MAX_TOPIC = 100;
const MAX_ID = 200;

export const postShopify = open({
  method: "POST",
  path: "/connect/shopify/:store_id",
  params: z.object({ store_id: name }),
  docs: {
    summary: "Webhooks of a Shopify shop, signed by Shopify",
    group: "connect",
    body: { "application/json": null },
    answers: { 200: { says: "Kept; it is applied after this answer", content: json(TakenAnswer) } },
    problems: ["unauthorized", "payload_too_large", "rate_limited"],
  },
  async handle(c, { params }) {
    const storeId = params.store_id;
    bindLog(c, { store_id: storeId });
    const bytes = await verified(c, storeId);
    const topic = (c.req.header("X-Shopify-Topic") ?? "").slice(0, MAX_TOPIC);
    const body = new TextDecoder().decode(bytes);
    const triggered = Date.parse(c.req.header("X-Shopify-Triggered-At") ?? "");
    const stub = c.env.CONNECTION.getByName(connectionId("shopify", storeId));
    const status = await stub.receive({
      schema: 1,
      platform: "shopify",
      storeId,
      origin: originOf(c),
      delivery: {
        id: c.req.header("X-Shopify-Webhook-Id")?.slice(0, MAX_ID) || sha256Hex(`${topic}\n${body}`),
        topic,
        triggeredAt: Number.isNaN(triggered) ? Date.now() : triggered,
        body,
      },
    });
    return c.json({ status });
  },
});

/**
 * Every reason gets the same answer: a caller who cannot sign learns nothing about what is connected. It counts as a
 * failed credential.
 */
async function verified(c: AppContext, storeId: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await signedBody(c, storeId);
  if (bytes !== null) return bytes;
  await countRequest(c, "failures", addressOf(c));
  throw new Problem("unauthorized", "The request is not signed by the shop that this store is connected to.");
}

async function signedBody(c: AppContext, storeId: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const signature = c.req.header("X-Shopify-Hmac-Sha256");
  if (signature === undefined) return null;
  const connection = await connectionOf(c.env, "shopify", storeId, () => mayLookUp(addressOf(c), Date.now()));
  if (connection === null || c.req.header("X-Shopify-Shop-Domain")?.toLowerCase() !== connection.domain) return null;
  const bytes = await readBytes(c, LIMIT);
  if (await isSignedByShopify(bytes, signature, connection.secrets)) return bytes;
  telemetryOf(c.env).tallies.error("unsigned_delivery");
  return null;
}
