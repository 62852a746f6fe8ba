/**
 * Splits readings into parts to upload, in order: settings, sales, then counts of stock. Each part is below the
 * service's limits and holds whole products. The same files always give the same text, so a key made from it lets an
 * upload be repeated after an interruption.
 */
import { dayOfIso, isoDay } from "../../shared/calendar-dates.ts";
import { periodEnd, periodStart } from "../dates/file-period.ts";
import type { Content, GoodsRow, Period, SalesContent } from "../types.ts";
import { goodsParts } from "./goods-parts.ts";
import { salesParts } from "./sales-parts.ts";
import type { UploadPart } from "./upload-part.ts";

export interface UploadPlan {
  readonly parts: readonly UploadPart[];
  /** Sent after the parts: the day up to which each store's sales are complete. */
  readonly complete: readonly { readonly store_id: string; readonly through: string }[];
  readonly stores: readonly string[];
  /** Products, counted once for each store. */
  readonly items: number;
  /** What a person should know before it is loaded. */
  readonly notes: readonly string[];
  /** Why the sales cannot be loaded; null when they can. */
  readonly problem: string | null;
}

export interface UploadOptions {
  /** Store for files that name none. */
  readonly store: string | null;
  readonly completeThrough: string | null;
  /** Drops stored sales with another period. */
  readonly replace: boolean;
  readonly today: string;
}

const DEFAULT_STORE = "main";
const LOADABLE: readonly Period[] = ["day", "week", "month"];

export function uploadPlan(contents: readonly Content[], options: UploadOptions): UploadPlan {
  const sales = contents.flatMap((content) => (content.sales === null ? [] : [content.sales]));
  const unfit = sales.find(({ period, undated }) => undated || !LOADABLE.includes(period));
  if (unfit !== undefined)
    return noPlan(
      `The service plans days, weeks and months, and these are sales of a ${unfit.period}. Export them by day, ` +
        "week or month.",
    );
  const named = new Set(contents.flatMap(storesNamed));
  const own = options.store ?? (named.size === 0 ? DEFAULT_STORE : named.size === 1 ? [...named][0]! : null);
  if (own === null && contents.some(lacksStore)) return noPlan(whichStore(named));
  const settingsStores = own === null ? [...named] : [own];
  const catalogue = contents.flatMap((content) =>
    content.catalogue.flatMap((row) =>
      "store_id" in row ? [row] : settingsStores.map((store) => withStore(row, store)),
    ),
  );
  const stock = contents.flatMap((content) =>
    content.stock.map((row) => ("store_id" in row ? row : withStore(row, own ?? DEFAULT_STORE))),
  );
  const parts = [...goodsParts("catalogue", onePerItem(catalogue))];
  const complete = new Map<string, string>();
  for (const content of sales) {
    const through = completeThrough(content, options);
    parts.push(...salesParts(content, own ?? DEFAULT_STORE, through, options.replace));
    for (const store of new Set(content.items.map((item) => item.store ?? own ?? DEFAULT_STORE)))
      if (through > (complete.get(store) ?? "")) complete.set(store, through);
  }
  parts.push(...goodsParts("stock", stock));
  const stores = new Set([...complete.keys(), ...[...catalogue, ...stock].map((row) => String(row["store_id"]))]);
  return {
    parts,
    complete: [...complete].map(([store_id, through]) => ({ store_id, through })),
    stores: [...stores],
    items: new Set([
      ...sales.flatMap((content) =>
        content.items.map((item) => keyOf(item.store ?? own ?? DEFAULT_STORE, item.product)),
      ),
      ...[...catalogue, ...stock].map((row) => keyOf(String(row["store_id"]), String(row["product_id"]))),
    ]).size,
    notes: overlapNotes(sales, own ?? DEFAULT_STORE),
    problem: null,
  };
}

/** Notes days of an item that are in several files: the last file counts, as it would in a later upload. */
function overlapNotes(sales: readonly SalesContent[], store: string): string[] {
  const seen = new Map<string, Set<number>>();
  let twice = 0;
  for (const { items } of sales.length > 1 ? sales : []) {
    for (const item of items) {
      const key = keyOf(item.store ?? store, item.product);
      const days = seen.get(key) ?? new Set<number>();
      for (const day of item.units.keys()) {
        if (days.has(day)) twice++;
        days.add(day);
      }
      seen.set(key, days);
    }
  }
  return twice === 0
    ? []
    : [
        `${twice} days of items are in more than one file: of each, only the last file counts. Load one file ` +
          "that has them all if they should add up.",
      ];
}

/** The last day for which the file is complete: never today, which is not over. */
function completeThrough({ items, period }: SalesContent, options: UploadOptions): string {
  if (options.completeThrough !== null) return options.completeThrough;
  let last = Number.NEGATIVE_INFINITY;
  for (const { units } of items) for (const day of units.keys()) if (day > last) last = day;
  const end = periodEnd(periodStart(last, period, last), period);
  return isoDay(Math.min(end, (dayOfIso(options.today) ?? end + 1) - 1));
}

function onePerItem(rows: readonly GoodsRow[]): GoodsRow[] {
  const byItem = new Map<string, GoodsRow>();
  for (const row of rows) {
    const key = keyOf(String(row["store_id"]), String(row["product_id"]));
    byItem.set(key, { ...byItem.get(key), ...row });
  }
  return [...byItem.values()];
}

function noPlan(problem: string): UploadPlan {
  return { parts: [], complete: [], stores: [], items: 0, notes: [], problem };
}

/** Settings without a store are those of every store; sales and counts are of one. */
function lacksStore({ sales, stock }: Content): boolean {
  return (sales?.items ?? []).some(({ store }) => store === null) || stock.some((row) => !("store_id" in row));
}

function whichStore(named: ReadonlySet<string>): string {
  const some = [...named]
    .slice(0, 3)
    .map((store) => `"${store}"`)
    .join(", ");
  return (
    `Some sales or counts name no store, and others name ${some}${named.size > 3 ? " …" : ""}. Say whose they are: ` +
    "the store of what names none (--store)."
  );
}

function keyOf(store: string, product: string): string {
  return `${store}\u0000${product}`;
}

function storesNamed({ sales, catalogue, stock }: Content): string[] {
  const ofSales = (sales?.items ?? []).flatMap(({ store }) => (store === null ? [] : [store]));
  return [
    ...ofSales,
    ...[...catalogue, ...stock].flatMap((row) => ("store_id" in row ? [String(row["store_id"])] : [])),
  ];
}

function withStore(row: GoodsRow, store: string): GoodsRow {
  return { ...row, store_id: store };
}
