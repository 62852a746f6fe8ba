/** `/stores/{id}/connections/shopify`: which shop and location a store is, and the secrets by which the shop signs. */
import * as z from "zod";
import { ShopifyAnswer, ShopifyBody } from "../../../api/connect/connection-shape.ts";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { forgetConnections } from "../../../connect/known-connections.ts";
import { connectionId, type ShopConnection } from "../../../world/outside/shop-connection.ts";
import { world } from "../../kit/context.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";

const AT = {
  params: z.object({ store_id: name }),
  path: "/stores/:store_id/connections/shopify",
  scope: "admin",
} as const;
const idOf = (storeId: string): string => connectionId("shopify", storeId);

const putConnection = guarded({
  ...AT,
  method: "PUT",
  docs: {
    summary: "Connect a store to a location of a Shopify shop",
    group: "connect",
    body: json(ShopifyBody),
    answers: {
      200: { says: "Replaced", content: json(ShopifyAnswer) },
      201: { says: "Connected", content: json(ShopifyAnswer) },
    },
  },
  async handle(c, { params }) {
    const body = await readJson(c, ShopifyBody);
    const storeId = params.store_id;
    const secrets = body.secrets ?? (await world(c).get("connection", idOf(storeId)))?.secrets;
    if (secrets === undefined) {
      throw new Problem("validation_failed", "A new connection needs the secret by which the shop signs.", {
        errors: [{ pointer: "/secrets", message: "is needed for a new connection" }],
      });
    }
    const connection: ShopConnection = {
      platform: "shopify",
      storeId,
      domain: body.domain,
      locationId: body.location_id,
      secrets,
      productKey: body.product_key,
      webOrders: body.web_orders,
    };
    const created = await world(c).put("connection", idOf(storeId), connection);
    forgetConnections(c.env);
    return c.json(toWire(connection), created ? 201 : 200);
  },
});

const getConnection = guarded({
  ...AT,
  method: "GET",
  docs: {
    summary: "A store's connection, without its secrets",
    group: "connect",
    answers: { 200: { says: "The connection", content: json(ShopifyAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    const connection = await world(c).get("connection", idOf(params.store_id));
    if (connection === null) throw notConnected();
    return c.json(toWire(connection));
  },
});

const deleteConnection = guarded({
  ...AT,
  method: "DELETE",
  docs: {
    summary: "Disconnect a store; what it sent before is kept",
    group: "connect",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    if (!(await world(c).delete("connection", idOf(params.store_id)))) throw notConnected();
    forgetConnections(c.env);
    return c.body(null, 204);
  },
});

function toWire({
  storeId,
  domain,
  locationId,
  productKey,
  webOrders,
}: ShopConnection): z.output<typeof ShopifyAnswer> {
  return { store_id: storeId, domain, location_id: locationId, product_key: productKey, web_orders: webOrders };
}

function notConnected(): Problem {
  return new Problem("not_found", "This store is not connected to a Shopify shop.");
}

export const SHOPIFY_CONNECTION_ROUTES = [putConnection, getConnection, deleteConnection];
