/**
 * The exports of Shopify, WooCommerce and Square, recognised by their headers. Their columns are known, so questions
 * remain only where the file itself is ambiguous.
 */
import { plainText } from "../../text/words.ts";
import { shopifyInventory, shopifyProducts, squareItems, wooProducts } from "./goods-exports.ts";
import type { Head, Roles } from "../head.ts";
import type { Find, KnownExport } from "./known-export.ts";
import { shopifyOrders, squareSales, wooAnalytics, wooOrders } from "./sales-exports.ts";

/** Which export of the same system to take instead of one that counts no goods; null for any other file. */
export function betterExport(head: Head): string | null {
  const find = finderIn(head);
  const isPayments = ["Total Collected", "Tip", "Event Type", "Transaction ID"].every((name) => find(name) !== null);
  return isPayments && find("Qty") === null
    ? 'These are the payments of Square, which count no goods. Export "Items detail" of the same days instead.'
    : null;
}

function finderIn(head: Head): Find {
  const plain = head.headers.map(plainText);
  return (...names) => {
    for (const name of names) {
      const at = plain.indexOf(plainText(name));
      if (at >= 0) return at;
    }
    return null;
  };
}

export function knownExport(head: Head, roles: Roles): KnownExport | null {
  const find = finderIn(head);
  const has = (...names: string[]): boolean => names.every((name) => find(name) !== null);
  if (has("Lineitem quantity", "Lineitem name", "Created at")) return shopifyOrders(find, roles);
  if (
    has("Title", "Option1 Name", "SKU") &&
    (has("Handle") || has("URL handle")) &&
    (has("Location") || has("HS Code"))
  )
    return shopifyInventory(head, find, roles);
  if (has("Title") && (has("Variant Price") || has("URL handle", "Price"))) return shopifyProducts(head, find, roles);
  const analytics = wooAnalytics(head, find, roles);
  if (analytics !== null) return analytics;
  if (has("Item Name") && (has("Quantity (- Refund)") || has("Order Number", "Order Status", "Quantity")))
    return wooOrders(find, roles);
  if (has("Order Status") && has("Product Name", "Quantity", "Order Date")) return wooOrders(find, roles);
  if (has("item_name", "item_quantity") || has("item_sku", "item_quantity")) return wooOrders(find, roles);
  const woo = wooProducts(head, find, roles);
  if (woo !== null) return woo;
  if (has("Item", "Qty", "Gross Sales")) return squareSales(find, roles);
  if (has("Item Name", "Variation Name")) return squareItems(head, find, roles);
  return null;
}
