/** Where orders and sales are in the exports of Shopify, WooCommerce and Square. */
import { isDated } from "../column-facts.ts";
import type { Head, Roles } from "../head.ts";
import { productsIn } from "../../sales/products-in.ts";
import type { Find, KnownExport } from "./known-export.ts";
import type { ListLayout } from "../layout.ts";

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
    saysSales: false,
    order: names.order ?? null,
    products: names.products ?? null,
    singleItem: false,
    noSale: names.noSale ?? null,
    refunded: names.refunded ?? null,
  };
}

export function shopifyOrders(find: Find, roles: Roles): KnownExport {
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

export function wooOrders(find: Find, roles: Roles): KnownExport {
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

/** Known by its cells, whatever the language of its headers: `2× Cap, 1× Scarf` beside the number of all items. */
export function wooAnalytics(head: Head, find: Find, roles: Roles): KnownExport | null {
  const columns = head.headers.map((_, column) => column);
  const sums = (column: number): number[] =>
    head.rows.map(({ cells }) => productsIn(cells[column] ?? "").reduce((sum, { units }) => sum + units, 0));
  const products = columns.find((column) => {
    const { filled, example } = head.facts[column]!;
    return filled > 0 && productsIn(example).length > 0 && sums(column).filter((sum) => sum > 0).length === filled;
  });
  if (products === undefined) return null;
  const wanted = sums(products);
  const fits = (column: number): boolean =>
    head.rows.every(({ cells }, at) => wanted[at] === 0 || Number(cells[column] ?? "") === wanted[at]);
  const units = find("Items sold") ?? columns.find(fits) ?? null;
  const date = find("Date") ?? columns.find((column) => isDated(head.facts[column]!)) ?? null;
  if (units === null || date === null) return null;
  const layout = list(roles, "WooCommerce", {
    item: [products],
    date,
    units,
    status: columns.find((column) => head.classes[column]!.class === "status") ?? null,
    order: find("Order #") ?? columns.find((column) => head.classes[column]!.class === "order") ?? null,
    products,
    noSale: /^(?:pending|pending payment|checkout draft|draft)$/u,
    refunded: /refunded/u,
  });
  return { system: "woocommerce", kind: "orders", layout };
}

export function squareSales(find: Find, roles: Roles): KnownExport {
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
