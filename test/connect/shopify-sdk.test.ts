/**
 * Shopify's own SDK on the other side of a webhook: what it signs is taken here, and what tests send as a shop it
 * takes.
 */
// oxlint-disable-next-line import/no-unassigned-import -- the SDK learns here where it runs
import "@shopify/shopify-api/adapters/web-api";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { createSHA256HMAC, HashFormat } from "@shopify/shopify-api/runtime";
import { describe, expect, it } from "vitest";
import { isSignedByShopify } from "../../src/connect/shopify/signature.ts";
import { delivery, order, SECRET } from "../support/peers/shopify.ts";

const NOW = Date.parse("2040-03-01T06:00:00Z");
const shopify = shopifyApi({
  apiKey: "key",
  apiSecretKey: SECRET,
  scopes: [],
  hostName: "stock.shop.example",
  apiVersion: Object.values(ApiVersion).at(-1)!,
  isEmbeddedApp: false,
});
const BODIES = [
  JSON.stringify(order(1, "2040-02-29T10:00:00Z", [{ sku: "TEA-1", quantity: 2 }])),
  "{}",
  '{ "title": "煎茶 ☕ – Grüner Tee" }',
  `{"filler":"${"x".repeat(100_000)}"}`,
];
const bytes = (text: string) => new TextEncoder().encode(text);

describe("a webhook between this service and Shopify's SDK", () => {
  it.each(BODIES)("is taken when the SDK signed it (%#)", async (body) => {
    const signature = await createSHA256HMAC(SECRET, body, HashFormat.Base64);
    expect(await isSignedByShopify(bytes(body), signature, ["another-secret-of-a-shop", SECRET])).toBe(true);
    expect(await isSignedByShopify(bytes(`${body} `), signature, [SECRET])).toBe(false);
    expect(await isSignedByShopify(bytes(body), signature, ["another-secret-of-a-shop"])).toBe(false);
  });

  it.each(BODIES)("is what the SDK takes when a test sends it (%#)", async (body) => {
    const { headers } = delivery("orders/paid", body, NOW);
    const asked = (rawBody: string) =>
      shopify.webhooks.validate({
        rawBody,
        rawRequest: new Request("https://stock.shop.example/", { method: "POST", headers, body: rawBody }),
      });
    expect(await asked(body)).toMatchObject({
      valid: true,
      topic: "ORDERS_PAID",
      domain: headers["X-Shopify-Shop-Domain"],
    });
    expect(await asked(`${body} `)).toMatchObject({ valid: false });
  });
});
