/**
 * A Shopify shop as it delivers webhooks: its headers, its signature, shapes of its documentation with contents made
 * up.
 */
import { createHmac } from "node:crypto";

export interface Delivery {
  readonly headers: Record<string, string>;
  readonly body: string;
}

export const SHOP = "tea-house.myshopify.com";
export const SECRET = "shpss_0123456789abcdef0123456789abcdef";
export const LOCATION = 655441491;

let made = 0;

/** @param changes headers instead of those that Shopify would send; undefined leaves one out. */
export function delivery(
  topic: string,
  payload: unknown,
  at: number,
  changes: Readonly<Record<string, string | undefined>> = {},
  secret = SECRET,
): Delivery {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const headers = {
    "Content-Type": "application/json",
    "X-Shopify-Topic": topic,
    "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(body, "utf8").digest("base64"),
    "X-Shopify-Shop-Domain": SHOP,
    "X-Shopify-API-Version": "2026-10",
    "X-Shopify-Webhook-Id": `b54557e4-bdd9-4b37-8a5f-${String(++made).padStart(12, "0")}`,
    // Shopify writes nanoseconds.
    "X-Shopify-Triggered-At": new Date(at).toISOString().replace("Z", "041743Z"),
    "X-Shopify-Event-Id": `98880550-7158-44d4-b7cd-${String(made).padStart(12, "0")}`,
    ...changes,
  };
  return {
    body,
    headers: Object.fromEntries(
      Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
}

export interface Variant {
  readonly sku: string;
  readonly id: number;
  readonly inventory_item_id: number;
  readonly barcode?: string;
}

export function product(title: string, variants: readonly Variant[]): Record<string, unknown> {
  return {
    id: 788032119,
    admin_graphql_api_id: "gid://shopify/Product/788032119674292922",
    title,
    body_html: "An example product.",
    vendor: "Tea House",
    status: "active",
    created_at: null,
    updated_at: "2040-02-29T13:05:27-05:00",
    variants: variants.map((variant) => ({
      ...variant,
      admin_graphql_api_id: `gid://shopify/ProductVariant/${variant.id}`,
      title: variants.length > 1 ? variant.sku : "Default Title",
      price: "19.90",
      position: 1,
      inventory_policy: "deny",
      inventory_quantity: 75,
      taxable: true,
      barcode: variant.barcode ?? null,
    })),
    options: [],
    images: [],
  };
}

export function level(inventoryItemId: number, available: number | null, location = LOCATION): Record<string, unknown> {
  return {
    inventory_item_id: inventoryItemId,
    location_id: location,
    available,
    updated_at: "2040-02-29T12:03:06-05:00",
    admin_graphql_api_id: `gid://shopify/InventoryLevel/${location}?inventory_item_id=${inventoryItemId}`,
  };
}

export interface Line {
  readonly sku: string;
  readonly quantity: number;
  readonly variant_id?: number;
}

const lineItem = ({ sku, quantity, variant_id = 808950810 }: Line, at: number) => ({
  id: 866550311766 + at,
  admin_graphql_api_id: "gid://shopify/LineItem/866550311766439020",
  variant_id,
  sku,
  title: "Sencha",
  quantity,
  current_quantity: quantity,
  fulfillable_quantity: quantity,
  gift_card: false,
  price: "19.90",
  tax_lines: [],
});

export function order(
  id: number,
  createdAt: string,
  lines: readonly Line[],
  location: number | null = null,
): Record<string, unknown> {
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    test: false,
    email: "jon@example.com",
    financial_status: "paid",
    created_at: createdAt,
    processed_at: createdAt,
    cancelled_at: null,
    location_id: location,
    currency: "JPY",
    line_items: lines.map(lineItem),
    customer: null,
  };
}

export function refund(
  id: number,
  orderId: number,
  createdAt: string,
  lines: readonly Line[],
  location: number | null = null,
): Record<string, unknown> {
  return {
    id,
    order_id: orderId,
    created_at: createdAt,
    processed_at: createdAt,
    note: "wrong size",
    restock: true,
    refund_line_items: lines.map((line, at) => ({
      id: 487817672276 + at,
      line_item_id: lineItem(line, at).id,
      location_id: location,
      quantity: line.quantity,
      restock_type: "return",
      line_item: lineItem(line, at),
    })),
    transactions: [],
  };
}
