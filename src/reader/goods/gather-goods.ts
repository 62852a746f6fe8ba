/** Collects settings and counts of stock: a row for each product, or its name and then a row for each variant. */
import type { GoodsField, GoodsLayout } from "../columns/layout.ts";
import { LeftOutRows, TOTALS_ROW } from "../left-out.ts";
import { itemText, namedBy, unfitName, type Unnamed } from "../sales/item-names.ts";
import type { NumberSurvey } from "../text/number-survey.ts";
import { stripMoney } from "../text/number-text.ts";
import { isAllStores, isTotalWord } from "../text/total-rows.ts";
import { plainText } from "../text/words.ts";
import type { GoodsRow, Row } from "../types.ts";
import { gtinOf } from "./gtin.ts";
import { leadTimeText } from "./lead-time.ts";

/** Texts of exports for a product that a location does not stock. */
const NOT_STOCKED = /^(?:not stocked|n\/?a|-|–|null|none)$/iu;

/** Settings of which 0 is no value: many systems write it for "not set". */
const ABOVE_ZERO: ReadonlySet<string> = new Set(["pack_size", "order_unit_units", "like_factor", "service_level"]);

interface Draft {
  [name: string]: string | number;
}

interface Count extends Draft {
  current_stock: number;
}

export class GoodsGatherer {
  readonly leftOut = new LeftOutRows();
  readonly #layout: GoodsLayout;
  readonly #numbers: NumberSurvey;
  readonly #catalogue = new Map<string, Draft>();
  readonly #stock = new Map<string, Count>();
  readonly #notes = new Map<string, number>();
  #group = "";
  #groupName = "";
  rows = 0;
  units = 0;

  constructor(layout: GoodsLayout, numbers: NumberSurvey) {
    this.#layout = layout;
    this.#numbers = numbers;
  }

  /** A row whose cells are not under the header's. */
  leaveOut({ line, cells }: Row, why: string): void {
    const units = this.#stockOf(cells).reduce((sum, count) => sum + (count.units ?? 0), 0);
    this.leftOut.add(line, why, units);
  }

  add({ line, cells: written }: Row): void {
    const { item, variants, store } = this.#layout;
    const cells = this.#withGroupName(written);
    const named = namedBy(itemText(cells, item, variants));
    const why = this.#whyNot(cells);
    if (why !== null) return this.leaveOut({ line, cells }, why);
    if (named.kind !== "name") return this.leaveOut({ line, cells }, whyNoItem(cells, named));
    const place = store === null ? null : namedBy(cells[store] ?? "");
    const ofRow = place?.kind === "name" ? place.name : null;
    this.rows++;
    this.#addSettings(line, named.name, ofRow, cells);
    for (const count of this.#stockOf(cells)) this.#addStock(named.name, count.store ?? ofRow, count.units, cells);
    return undefined;
  }

  get catalogue(): readonly GoodsRow[] {
    return [...this.#catalogue.values()].filter((row) =>
      Object.keys(row).some((name) => name !== "product_id" && name !== "store_id"),
    );
  }

  get stock(): readonly GoodsRow[] {
    return [...this.#stock.values()];
  }

  /** Values that were read differently than written. */
  get warnings(): readonly string[] {
    return [...this.#notes].map(([note, count]) => `${count} ${count === 1 ? "row" : "rows"}: ${note}`);
  }

  get counts(): { items: number; products: number; stores: number } {
    const all = [...this.#catalogue.values(), ...this.#stock.values()];
    const named = new Set(all.flatMap((row) => ("store_id" in row ? [row["store_id"]] : [])));
    // Settings that name no store are loaded into the stores that counts name.
    const stores = named.size === 0 ? [null] : [...named];
    const keys = all.flatMap((row) =>
      ("store_id" in row ? [row["store_id"]] : stores).map((store) => JSON.stringify([store, row["product_id"]])),
    );
    return {
      items: new Set(keys).size,
      products: new Set(all.map((row) => row["product_id"])).size,
      stores: stores.length,
    };
  }

  #withGroupName(cells: readonly string[]): readonly string[] {
    const { group, name } = this.#layout;
    if (group === null || name === null) return cells;
    const key = cells[group] ?? "";
    if (key !== this.#group) [this.#group, this.#groupName] = [key, cells[name] ?? ""];
    if ((cells[name] ?? "") !== "" || !this.#isVariant(cells)) return cells;
    return cells.map((cell, column) => (column === name ? this.#groupName : cell));
  }

  /** A row that only adds a picture has neither a code nor any setting. */
  #isVariant(cells: readonly string[]): boolean {
    const columns = [...this.#layout.item.slice(0, -1), ...this.#layout.fields.map(({ column }) => column)];
    return columns.some((column) => (cells[column] ?? "") !== "");
  }

  #whyNot(cells: readonly string[]): string | null {
    const { type, store } = this.#layout;
    if (type !== null && plainText(cells[type] ?? "").startsWith("variable")) return "a heading for its variants";
    return store !== null && isAllStores(cells[store] ?? "") ? TOTALS_ROW : null;
  }

  #stockOf(cells: readonly string[]): { store: string | null; units: number | null }[] {
    const { fields, storeStocks } = this.#layout;
    const own = fields.filter(({ name }) => name === "current_stock").map(({ column }) => ({ column, store: null }));
    return [...own, ...storeStocks].flatMap(({ column, store }) => {
      const text = cells[column] ?? "";
      if (text === "" || NOT_STOCKED.test(text)) return [];
      return [{ store, units: this.#numbers.valueOf(text) }];
    });
  }

  #addSettings(line: number, product: string, store: string | null, cells: readonly string[]): void {
    const key = `${store ?? ""}\u0000${product}`;
    const draft: Draft = store === null ? { product_id: product } : { product_id: product, store_id: store };
    const { name, fields } = this.#layout;
    const title = name === null ? "" : itemText(cells, [name], this.#layout.variants);
    if (title !== "" && !this.#layout.fields.some((field) => field.name === "name")) draft["name"] = title;
    for (const field of fields) {
      if (field.of !== "catalogue") continue;
      const value = this.#valueOf(field, cells[field.column] ?? "");
      if (value !== null) draft[field.name] = value;
    }
    const before = this.#catalogue.get(key);
    if (before === undefined) this.#catalogue.set(key, draft);
    else if (
      this.#layout.fields.some(({ of }) => of === "catalogue") &&
      JSON.stringify(before) !== JSON.stringify(draft)
    )
      this.leftOut.addPart(line, "the same item again, with other settings: the first row counts", 0);
  }

  #addStock(product: string, store: string | null, units: number | null, cells: readonly string[]): void {
    if (units === null) {
      this.#note("its stock is no number, so nothing was counted");
      return;
    }
    const key = `${store ?? ""}\u0000${product}`;
    this.units += units;
    const before = this.#stock.get(key);
    if (before !== undefined) {
      this.#note("an item that is listed twice, its stock added up");
      before.current_stock += units;
      return;
    }
    const draft: Count = { product_id: product, ...(store === null ? {} : { store_id: store }), current_stock: units };
    for (const field of this.#layout.fields) {
      if (field.of !== "stock" || field.name === "current_stock") continue;
      const value = this.#valueOf(field, cells[field.column] ?? "");
      if (typeof value === "number" && value > 0) draft[field.name] = value;
    }
    this.#stock.set(key, draft);
  }

  #valueOf(field: GoodsField, text: string): string | number | null {
    if (text === "") return null;
    if (field.as === "text") {
      const named = namedBy(text);
      return named.kind === "name" ? named.name : null;
    }
    if (field.as === "gtin") {
      const gtin = gtinOf(text);
      if (gtin === null) this.#note("its bar code is none (or Excel cut it), so it was left out");
      return gtin;
    }
    const value = field.as === "days" ? this.#daysOf(field, text) : this.#numberOf(field, text);
    const isAbove = ABOVE_ZERO.has(field.name);
    if (value !== null && (isAbove ? value > 0 : value >= 0)) return value;
    const what = field.as === "days" ? "number of days or weeks" : `number ${isAbove ? "above 0" : "from 0 on"}`;
    this.#note(`its ${field.name} is no ${what}, so it was left out`);
    return null;
  }

  #numberOf({ as }: GoodsField, text: string): number | null {
    return this.#numbers.valueOf(as === "money" ? stripMoney(text) : text);
  }

  #daysOf({ unit = 1 }: GoodsField, text: string): number | null {
    const written = leadTimeText(text, unit);
    const count = written === null ? null : this.#numbers.valueOf(written.number);
    return count === null ? null : count * written!.unit;
  }

  #note(note: string): void {
    this.#notes.set(note, (this.#notes.get(note) ?? 0) + 1);
  }
}

function whyNoItem(cells: readonly string[], named: Unnamed): string {
  const isOfTotals = named.kind === "blank" && cells.some((cell) => cell !== "" && isTotalWord(cell));
  return isOfTotals ? TOTALS_ROW : unfitName(named);
}
