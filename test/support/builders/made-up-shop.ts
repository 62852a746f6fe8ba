/**
 * A made-up shop of 200 items as files that a shop has: products (Shopify's export), sales (a list in German), stock.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DAY_MS } from "../../../src/shared/durations.ts";

export interface MadeUpShop {
  readonly items: number;
  readonly sales: number;
  readonly units: number;
  readonly first: string;
  readonly last: string;
  /** By product: units of each day with sales. */
  readonly history: ReadonlyMap<string, readonly (readonly [date: string, units: number])[]>;
  readonly files: { readonly products: string; readonly sales: string; readonly stock: string };
}

const ITEMS = 200;
const DAYS = 60;

export function madeUpShop(now = Date.now()): MadeUpShop {
  const today = Math.floor(now / DAY_MS);
  const iso = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
  const german = (day: number): string => iso(day).split("-").toReversed().join(".");
  const products = [
    "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant " +
      "Barcode,Cost per item,Status",
  ];
  const sales = ["Verkäufe der Filiale;;;", "Artikelnummer;Datum;Menge;Kunde"];
  const stock = ["SKU,On hand"];
  const history = new Map<string, [string, number][]>();
  let [count, units] = [0, 0];
  for (let item = 0; item < ITEMS; item++) {
    const sku = `SKU-${String(item).padStart(3, "0")}`;
    products.push(
      `item-${item},Item ${item},Leaf Co,Title,Default ` +
        `Title,${sku},,${5 + (item % 20)}.50,,${2 + (item % 9)}.25,active`,
    );
    const own: [string, number][] = [];
    for (let day = today - DAYS; day < today; day++) {
      const sold = 1 + ((item * 7 + day * 5 + ((item * day) % 11)) % (4 + (item % 9)));
      if ((item + day) % 5 === 0 && day !== today - 1) continue;
      own.push([iso(day), sold]);
      sales.push(`${sku};${german(day)};${sold};Kunde ${count}`);
      count++;
      units += sold;
    }
    history.set(sku, own);
    stock.push(`${sku},${item % 3 === 0 ? 2 : 400}`);
  }
  sales.push(`Summe;;${units};`);
  const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
  return {
    items: ITEMS,
    sales: count,
    units,
    first: iso(today - DAYS),
    last: iso(today - 1),
    history,
    files: { products: text(products), sales: text(sales), stock: text(stock) },
  };
}

/** The paths of its files. */
export function writeShop(folder: string, { files }: MadeUpShop): string[] {
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, text);
    return path;
  });
}
