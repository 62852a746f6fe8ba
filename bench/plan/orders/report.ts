/**
 * `npm run bench:plan -- --only orders`: the store of Online Retail with four suppliers, once with purchase orders and
 * once with an order for each decision.
 */
import { progress } from "../../../scripts/lib/command/progress.ts";
import { formatTable, type Column } from "../../../scripts/lib/command/table.ts";
import { readSalesText } from "../../../scripts/lib/import/sales-file.ts";
import { csvRows } from "../../../src/shared/csv-rows.ts";
import { readData } from "../data-folder.ts";
import { RHYTHMS, stock, weeksWorth } from "./four-suppliers.ts";
import { playStore, type PlayedStore, type PlayedSupplier } from "./play.ts";

const SALES = "onlineretail_daily_top500.csv";
const PRICES = "onlineretail_items.csv";
/** Days known before the first decision. */
const WARM_UP = 250;
/** Days with sales that an item needs before it: others say nothing. */
const LEAST_ACTIVE = 60;

/** The data's store; null where the data is absent. */
async function realStore(items: number, days = Infinity): Promise<PlayedStore | null> {
  const [sales, prices] = [readData(SALES), readData(PRICES)];
  if (sales === null || prices === null) return null;
  const costs = new Map([...csvRows(prices)].map(({ cells }) => [cells[0]!, Number(cells[2])]));
  const known = (await readSalesText(sales)).items.filter(
    ({ item, units, start }) =>
      start !== null &&
      (costs.get(item) ?? 0) > 0 &&
      units.slice(0, WARM_UP).filter((count) => (count ?? 0) > 0).length >= LEAST_ACTIVE,
  );
  const pitch = Math.max(1, known.length / items);
  const chosen = Array.from({ length: Math.min(items, known.length) }, (_, index) => known[Math.floor(index * pitch)]!);
  return {
    items: stock(chosen, (item) => costs.get(item)!),
    start: chosen[0]!.start!,
    from: WARM_UP,
    days: Math.min(days, chosen[0]!.units.length - WARM_UP),
  };
}

/** Prints a table; skips where the data is absent. */
export async function reportOrders(items: number): Promise<void> {
  const store = await realStore(items);
  if (store === null) return;
  const began = Date.now();
  const bar = progress("a store with four suppliers", 2 * RHYTHMS.length * store.days);
  const played = {
    "purchase orders": playStore(store, "gathered", () => bar.step()),
    "an order a decision": playStore(store, "none", () => bar.step()),
  };
  bar.done();
  const minimum = weeksWorth(store.items, store.from);
  console.log(
    `\nOnline Retail, daily: ${store.items.length} items of four suppliers, ${store.days} days, service level 0.95, ` +
      `packs of 6, lost sales;` +
      ` the minimum is ${minimum}, a week's sales of that supplier's items ` +
      `(${Math.round((Date.now() - began) / 1_000)} s)`,
  );
  const ways = Object.entries(played);
  const rows = RHYTHMS.flatMap((rhythm) =>
    ways.map(([how, { suppliers }]) =>
      rowOf(
        rhythm,
        how,
        suppliers.filter((each) => each.rhythm === rhythm),
      ),
    ),
  );
  const all = ways.map(([how, { suppliers }]) => rowOf("all", how, suppliers));
  console.log(formatTable(COLUMNS, [...rows, ...all]));
  const faults = ways.flatMap(([, each]) => each.faults);
  console.log(faults.length === 0 ? "The books balance." : faults.join("\n"));
  if (faults.length > 0) process.exitCode = 1;
}

const COLUMNS: readonly Column[] = [
  { title: "supplier" },
  { title: "as" },
  ...["items", "fill rate", "mean stock", "orders", "their worth", "below minimum"].map((title) => ({
    title,
    align: "right" as const,
  })),
];

function rowOf(supplier: string, how: string, played: readonly PlayedSupplier[]): readonly string[] {
  const sum = (value: (each: PlayedSupplier) => number): number =>
    played.reduce((total, each) => total + value(each), 0);
  const fill =
    1 -
    sum(({ missed }) => missed) /
      Math.max(
        1,
        sum(({ wanted }) => wanted),
      );
  return [
    supplier,
    how,
    String(sum(({ items }) => items)),
    fill.toFixed(4),
    sum(({ meanStock }) => meanStock).toFixed(0),
    String(sum(({ orders }) => orders)),
    sum(({ ordered }) => ordered).toFixed(0),
    sum(({ belowMinimum }) => belowMinimum).toFixed(0),
  ];
}
