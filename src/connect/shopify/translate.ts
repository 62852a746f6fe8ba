/**
 * Shopify's topics as messages of a shop. Schemas name what is read and ignore the rest, so a newer version of
 * Shopify's API can still be read.
 */
import * as z from "zod";
import { MAX_QUANTITY, name } from "../../api/fields.ts";
import { isGtin } from "../../api/item-settings.ts";
import type { ShopConnection } from "../../world/outside/shop-connection.ts";
import type { ShopLine, ShopMessage } from "../shop-messages.ts";
import { Unreadable } from "../unreadable.ts";

type ProductKey = ShopConnection["productKey"];

/** Ids are numbers beyond what JavaScript counts exactly; `parsed` keeps those as text. */
const id = z.union([z.string().min(1), z.number()]).transform(String);
const units = z.number().min(-MAX_QUANTITY).max(MAX_QUANTITY);
const time = z.iso
  .datetime({ offset: true })
  .transform((iso) => Date.parse(iso))
  .nullish()
  .catch(null);
const price = z
  .union([z.string(), z.number()])
  .transform(Number)
  .pipe(z.number().min(0).max(MAX_QUANTITY))
  .nullish()
  .catch(null);
const barcode = z
  .string()
  .transform((text) => text.replaceAll(/[\s-]/gu, ""))
  .refine(isGtin)
  .nullish()
  .catch(null);

const Named = { sku: z.string().nullish(), variant_id: id.nullish() };
const Product = z.object({
  id: id.nullish(),
  title: z.string(),
  /** All variants; a product of very many lists only some of them in `variants`. */
  variant_gids: z.array(z.unknown()).nullish(),
  variants: z.array(
    z.object({ id, inventory_item_id: id, title: z.string().nullish(), sku: z.string().nullish(), price, barcode }),
  ),
});
const Level = z.object({ inventory_item_id: id, location_id: id, available: units.nullish() });
const Order = z.object({
  id,
  location_id: id.nullish(),
  processed_at: time,
  created_at: time,
  line_items: z.array(z.object({ id, quantity: units.min(0), gift_card: z.boolean().nullish(), ...Named })),
});
const Refund = z.object({
  id,
  order_id: id,
  processed_at: time,
  created_at: time,
  refund_line_items: z.array(
    z.object({
      id,
      quantity: units.min(0),
      location_id: id.nullish(),
      line_item: z.object({ gift_card: z.boolean().nullish(), ...Named }),
    }),
  ),
});
/** A cancelled order, a deleted product. */
const Gone = z.object({ id });

/** What Shopify calls the only variant of a product. */
const ONLY_VARIANT = "Default Title";
const MAX_NAME = 200;
/** Problems below this depth would not help the reader. */
const MOST_ISSUES = 3;

export function translateShopify(
  topic: string,
  body: string,
  { productKey }: Pick<ShopConnection, "productKey">,
): ShopMessage | null {
  switch (topic) {
    case "products/create":
    case "products/update":
      return productsOf(read(Product, body), productKey);
    case "products/delete":
      return { kind: "products", family: read(Gone, body).id, products: [] };
    case "inventory_levels/update": {
      const level = read(Level, body);
      return {
        kind: "level",
        stockItemId: level.inventory_item_id,
        locationId: level.location_id,
        units: level.available ?? null,
      };
    }
    case "orders/paid":
      return saleOf(read(Order, body), productKey);
    case "refunds/create":
      return returnOf(read(Refund, body), productKey);
    case "orders/cancelled":
      return { kind: "cancelled", orderId: read(Gone, body).id };
    default:
      return null;
  }
}

function productsOf(product: z.output<typeof Product>, key: ProductKey): ShopMessage {
  const { title, variants, variant_gids: all } = product;
  return {
    kind: "products",
    family: all == null || all.length === variants.length ? (product.id ?? null) : null,
    products: variants.map((variant) => ({
      stockItemId: variant.inventory_item_id,
      productId: nameOf({ sku: variant.sku, variant_id: variant.id }, key),
      name: labelOf(title, variant.title),
      price: variant.price ?? null,
      gtin: variant.barcode ?? null,
    })),
  };
}

function saleOf(order: z.output<typeof Order>, key: ProductKey): ShopMessage {
  return {
    kind: "sale",
    orderId: order.id,
    locationId: order.location_id ?? null,
    at: order.processed_at ?? order.created_at ?? null,
    lines: order.line_items.map((line): ShopLine => ({
      lineId: line.id,
      productId: line.gift_card === true ? null : nameOf(line, key),
      units: line.quantity,
      locationId: null,
    })),
  };
}

function returnOf(refund: z.output<typeof Refund>, key: ProductKey): ShopMessage {
  return {
    kind: "return",
    orderId: refund.order_id,
    returnId: refund.id,
    at: refund.processed_at ?? refund.created_at ?? null,
    lines: refund.refund_line_items.map(({ id: lineId, quantity, location_id, line_item }): ShopLine => ({
      lineId,
      productId: line_item.gift_card === true ? null : nameOf(line_item, key),
      units: quantity,
      locationId: location_id ?? null,
    })),
  };
}

/** Null where the shop gave none, or one that cannot name an item here. */
function nameOf(named: { sku?: string | null | undefined; variant_id?: string | null | undefined }, key: ProductKey) {
  const parsed = name.safeParse(named[key]?.trim());
  return parsed.success ? parsed.data : null;
}

function labelOf(title: string, variant: string | null | undefined): string {
  const whole = variant == null || variant === ONLY_VARIANT ? title : `${title}, ${variant}`;
  return whole
    .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, MAX_NAME);
}

function read<T>(schema: z.ZodType<T>, body: string): T {
  const found = schema.safeParse(parsed(body));
  if (found.success) return found.data;
  const issues = found.error.issues.slice(0, MOST_ISSUES);
  throw new Unreadable(issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join("; "));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body, exactly);
  } catch {
    throw new Unreadable("the body is not JSON");
  }
}

/** Numbers that a double cannot hold exactly are kept as they are written. */
function exactly(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  const isInexact = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isInexact ? (source ?? value) : value;
}
