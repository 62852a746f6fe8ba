/**
 * The exports of Shopify, WooCommerce and Square, recognised by their headers. Their columns are known, so questions
 * remain only where the file itself is ambiguous.
 */
import type { System } from "../types.ts";
import { plainText } from "../text/words.ts";
import type { Head, Roles } from "./head.ts";
import type { GoodsField, GoodsLayout, ListLayout } from "./layout.ts";

export interface KnownExport {
  readonly system: System;
  readonly kind: "orders" | "sales" | "catalogue" | "stock";
  readonly layout: ListLayout | GoodsLayout;
}

type Find = (...names: string[]) => number | null;

export function knownExport(head: Head, roles: Roles): KnownExport | null {
  const plain = head.headers.map(plainText);
  const find: Find = (...names) => {
    for (const name of names) {
      const at = plain.indexOf(plainText(name));
      if (at >= 0) return at;
    }
    return null;
  };
  const has = (...names: string[]): boolean => names.every((name) => find(name) !== null);
  if (has("Lineitem quantity", "Lineitem name", "Created at")) return shopifyOrders(find, roles);
  if (
    has("Title", "Option1 Name", "SKU") &&
    (has("Handle") || has("URL handle")) &&
    (has("Location") || has("HS Code"))
  )
    return shopifyInventory(head, find, roles);
  if (has("Title") && (has("Variant Price") || has("URL handle", "Price"))) return shopifyProducts(head, find, roles);
  if (has("Product(s)", "Items sold", "Order #")) return wooAnalytics(find, roles);
  if (has("Item Name") && (has("Quantity (- Refund)") || has("Order Number", "Order Status", "Quantity")))
    return wooOrders(find, roles);
  if (has("Order Status") && has("Product Name", "Quantity", "Order Date")) return wooOrders(find, roles);
  if (has("item_name", "item_quantity") || has("item_sku", "item_quantity")) return wooOrders(find, roles);
  if (has("Regular price", "SKU", "Name") && (has("Type") || has("In stock?"))) return wooProducts(head, find, roles);
  if (has("Item", "Qty", "Gross Sales")) return squareSales(find, roles);
  if (has("Item Name", "Variation Name")) return squareItems(head, find, roles);
  return null;
}

interface ListNames {
  readonly item: readonly (number | null)[];
  readonly variants?: readonly (number | null)[];
  readonly date: number | null;
  readonly units: number | null;
  readonly store?: number | null;
  readonly status?: number | null;
  readonly cancelledAt?: number | null;
  readonly order?: number | null;
  readonly products?: number | null;
  readonly noSale?: RegExp;
  readonly refunded?: RegExp;
}

function list(roles: Roles, system: string, names: ListNames): ListLayout {
  const why = `a column of ${system}'s export`;
  const item = names.item.filter((column) => column !== null);
  roles.give(item[0], "item", why);
  for (const column of item.slice(1)) roles.give(column, "name", `${why}; names an item that has no code`);
  const variants = (names.variants ?? []).filter((column) => column !== null);
  for (const column of variants) roles.give(column, "variant", `${why}; belongs to the name`);
  roles.give(names.date, "date", why);
  roles.give(names.units, "units", why);
  roles.give(names.store, "store", why);
  roles.give(names.status, "status", why);
  roles.give(names.cancelledAt, "cancelled", why);
  roles.give(names.order, "order", why);
  return {
    kind: "list",
    item,
    variants,
    store: names.store ?? null,
    date: { kind: "column", column: names.date ?? 0, hint: null },
    units: names.units,
    inStock: null,
    status: names.status ?? null,
    cancelledAt: names.cancelledAt ?? null,
    cancelFlag: null,
    measure: null,
    rowKind: null,
    order: names.order ?? null,
    products: names.products ?? null,
    singleItem: false,
    noSale: names.noSale ?? null,
    refunded: names.refunded ?? null,
  };
}

function shopifyOrders(find: Find, roles: Roles): KnownExport {
  const layout = list(roles, "Shopify", {
    item: [find("Lineitem sku"), find("Lineitem name")],
    date: find("Created at"),
    units: find("Lineitem quantity"),
    store: find("Location"),
    status: find("Financial Status"),
    cancelledAt: find("Cancelled at"),
    order: find("Name"),
    refunded: /refunded/u,
  });
  return { system: "shopify", kind: "orders", layout };
}

function wooOrders(find: Find, roles: Roles): KnownExport {
  const layout = list(roles, "WooCommerce", {
    item: [find("SKU", "item_sku", "Product SKU"), find("Item Name", "item_name", "Product Name")],
    date: find("Order Date", "date", "order_date", "Date"),
    units: find("Quantity (- Refund)", "Quantity", "item_quantity", "Item Quantity"),
    status: find("Order Status", "status", "order_status"),
    order: find("Order Number", "order_number", "Order ID", "order_id", "Order #"),
    noSale: /^(?:wc )?(?:pending|pending payment|checkout draft|draft)$/u,
    refunded: /refunded/u,
  });
  return { system: "woocommerce", kind: "orders", layout };
}

function wooAnalytics(find: Find, roles: Roles): KnownExport {
  const products = find("Product(s)");
  const layout = list(roles, "WooCommerce", {
    item: [products],
    date: find("Date"),
    units: find("Items sold"),
    status: find("Status"),
    order: find("Order #"),
    products,
    noSale: /^(?:pending|pending payment|checkout draft|draft)$/u,
    refunded: /refunded/u,
  });
  return { system: "woocommerce", kind: "orders", layout };
}

function squareSales(find: Find, roles: Roles): KnownExport {
  const layout = list(roles, "Square", {
    item: [find("SKU"), find("Item")],
    variants: [find("Price Point Name")],
    date: find("Date"),
    units: find("Qty"),
    store: find("Location"),
    order: find("Transaction ID"),
  });
  return { system: "square", kind: "sales", layout };
}

function goods(
  head: Head,
  roles: Roles,
  system: System,
  names: {
    item: (number | null)[];
    variants?: (number | null)[];
    store?: number | null;
    group?: number | null;
    type?: number | null;
    fields: (readonly [number | null, GoodsField["name"], GoodsField["as"], GoodsField["of"]])[];
  },
): GoodsLayout {
  const why =
    `a column of ${system === "woocommerce" ? "WooCommerce" : system === "square" ? "Square" : "Shopify"}'s ` +
    "export";
  const item = names.item.filter((column) => column !== null);
  const variants = (names.variants ?? []).filter((column) => column !== null);
  roles.give(item[0], "item", why);
  const name = item.at(-1) ?? null;
  roles.give(names.store, "store", why);
  const fields = names.fields.flatMap(([column, field, as, of]) => {
    if (column === null || head.facts[column]!.filled === 0) return [];
    roles.give(column, field, why);
    return [{ column, name: field, as, of }];
  });
  roles.give(name, "name", why);
  for (const column of variants) roles.give(column, "variant", `${why}; belongs to the name`);
  return {
    kind: "goods",
    item,
    name,
    variants,
    store: names.store ?? null,
    fields,
    storeStocks: [],
    group: names.group ?? null,
    type: names.type ?? null,
  };
}

function shopifyProducts(head: Head, find: Find, roles: Roles): KnownExport {
  const layout = goods(head, roles, "shopify", {
    item: [find("Variant SKU", "SKU"), find("Title")],
    variants: [find("Option1 Value"), find("Option2 Value"), find("Option3 Value")],
    group: find("Handle", "URL handle"),
    fields: [
      [find("Variant Barcode", "Barcode"), "gtin", "gtin", "catalogue"],
      [find("Variant Price", "Price"), "price", "money", "catalogue"],
      [find("Cost per item"), "unit_cost", "money", "catalogue"],
      [find("Variant Inventory Qty", "Inventory quantity"), "current_stock", "number", "stock"],
    ],
  });
  return { system: "shopify", kind: "catalogue", layout };
}

function shopifyInventory(head: Head, find: Find, roles: Roles): KnownExport {
  const stock = find("On hand (current)", "On hand", "Available (not editable)", "Available");
  const committed = find("Committed (not editable)", "Committed");
  const onHand = find("On hand (current)", "On hand") !== null;
  const layout = goods(head, roles, "shopify", {
    item: [find("SKU"), find("Title")],
    variants: [find("Option1 Value"), find("Option2 Value"), find("Option3 Value")],
    store: find("Location"),
    fields: [
      [stock, "current_stock", "number", "stock"],
      [onHand ? committed : null, "reserved", "number", "stock"],
    ],
  });
  if (stock !== null) return { system: "shopify", kind: "stock", layout };
  // The older form has one column for each location after these.
  const own = new Set(["handle", "title", "sku", "hs code", "coo"]);
  const storeStocks = head.headers.flatMap((header, column) =>
    header === "" || own.has(plainText(header)) || /^option ?\d/u.test(plainText(header))
      ? []
      : [{ column, store: header }],
  );
  for (const { column } of storeStocks) roles.give(column, "current_stock", "stock of the location in its header");
  return { system: "shopify", kind: "stock", layout: { ...layout, storeStocks } };
}

function wooProducts(head: Head, find: Find, roles: Roles): KnownExport {
  const layout = goods(head, roles, "woocommerce", {
    item: [find("SKU"), find("Name")],
    type: find("Type"),
    fields: [
      [find("GTIN, UPC, EAN, or ISBN"), "gtin", "gtin", "catalogue"],
      [find("Regular price"), "price", "money", "catalogue"],
      [find("Cost of goods", "Cost of goods sold"), "unit_cost", "money", "catalogue"],
      [find("Low stock amount"), "safety_stock_level", "number", "catalogue"],
      [find("Stock"), "current_stock", "number", "stock"],
    ],
  });
  return { system: "woocommerce", kind: "catalogue", layout };
}

function squareItems(head: Head, find: Find, roles: Roles): KnownExport {
  const layout = goods(head, roles, "square", {
    item: [find("SKU"), find("Item Name")],
    variants: [find("Variation Name")],
    fields: [
      [find("GTIN"), "gtin", "gtin", "catalogue"],
      [find("Price"), "price", "money", "catalogue"],
      [find("Default Unit Cost"), "unit_cost", "money", "catalogue"],
      [find("Default Vendor Name"), "supplier_id", "text", "catalogue"],
      [find("Default Vendor Code"), "supplier_sku", "text", "catalogue"],
    ],
  });
  const storeStocks = head.headers.flatMap((header, column) => {
    const store = /^Current Quantity (.+)$/u.exec(header)?.[1];
    return store === undefined ? [] : [{ column, store }];
  });
  for (const { column } of storeStocks) roles.give(column, "current_stock", "stock of the location in its header");
  return { system: "square", kind: "catalogue", layout: { ...layout, storeStocks } };
}
