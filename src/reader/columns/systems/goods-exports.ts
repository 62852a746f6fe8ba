/** Where products and stock are in the exports of Shopify, WooCommerce and Square. */
import { plainText } from "../../text/words.ts";
import type { System } from "../../types.ts";
import type { Head, Roles } from "../head.ts";
import type { Find, KnownExport } from "./known-export.ts";
import type { GoodsField, GoodsLayout } from "../layout.ts";

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
    if (column === null || column < 0 || head.facts[column]!.filled === 0) return [];
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

export function shopifyProducts(head: Head, find: Find, roles: Roles): KnownExport {
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

export function shopifyInventory(head: Head, find: Find, roles: Roles): KnownExport {
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

const WOO_TYPE = /^(?:simple|variable|variation|grouped|external)(?:, ?(?:virtual|downloadable))*$/u;

/** WooCommerce translates its headers, but not the types of its products. */
function wooTypeColumn({ headers, rows }: Head): number | null {
  const at = headers.findIndex((_, column) => {
    const cells = rows.map((row) => row.cells[column] ?? "").filter((cell) => cell !== "");
    return cells.length > 0 && cells.every((cell) => WOO_TYPE.test(cell));
  });
  return at < 0 ? null : at;
}

const WOO_SKU = ["SKU", "Artikelnummer", "UGS", "COD"];
const WOO_PRICE = (
  "Regular price,Regulärer Preis,Normaler Preis,Tarif régulier,Prix régulier,Precio normal,Precio regular," +
  "Reguliere prijs,Prezzo di listino,Preço normal"
).split(",");

export function wooProducts(head: Head, find: Find, roles: Roles): KnownExport | null {
  const type = wooTypeColumn(head);
  const sku = find(...WOO_SKU);
  const price = find(...WOO_PRICE);
  if (sku === null || price === null || (type === null && find("In stock?") === null)) return null;
  const lowStock = ["Low stock amount", "Geringe Lagermenge", "Geringer Lagerbestand", "Montant de stock faible"];
  const layout = goods(head, roles, "woocommerce", {
    item: [sku, find("Name", "Nom", "Nombre", "Naam", "Nome")],
    type: type ?? find("Type"),
    fields: [
      [head.headers.findIndex((header) => header.startsWith("GTIN, UPC, EAN")), "gtin", "gtin", "catalogue"],
      [price, "price", "money", "catalogue"],
      [find("Cost of goods", "Cost of goods sold"), "unit_cost", "money", "catalogue"],
      [find(...lowStock, "Cantidad de bajo inventario", "Lage voorraad"), "safety_stock_level", "number", "catalogue"],
      [
        find("Stock", "Lager", "Bestand", "Lagerbestand", "Inventario", "Voorraad", "Magazzino", "Estoque"),
        "current_stock",
        "number",
        "stock",
      ],
    ],
  });
  return { system: "woocommerce", kind: "catalogue", layout };
}

export function squareItems(head: Head, find: Find, roles: Roles): KnownExport {
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
