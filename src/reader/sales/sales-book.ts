/** Sums of units by store, product and day, gathered while a file is read. */
import type { ItemSales } from "../types.ts";

export class SalesBook {
  /** By store, then by product. */
  readonly #stores = new Map<string, Map<string, ItemSales>>();
  readonly #days = new Set<number>();
  rows = 0;
  units = 0;

  item(store: string | null, product: string): ItemSales {
    const place = store ?? "";
    let products = this.#stores.get(place);
    if (products === undefined) this.#stores.set(place, (products = new Map()));
    let item = products.get(product);
    if (item === undefined) {
      item = { product, store, units: new Map(), unrecorded: new Set(), inStock: null };
      products.set(product, item);
    }
    return item;
  }

  add(item: ItemSales, day: number, units: number): void {
    item.units.set(day, (item.units.get(day) ?? 0) + units);
    this.#days.add(day);
    this.units += units;
  }

  mark(item: ItemSales, day: number, inStock: boolean): void {
    const marks = item.inStock ?? new Map<number, boolean>();
    // One row without stock marks the day.
    marks.set(day, inStock && marks.get(day) !== false);
    (item as { inStock: Map<number, boolean> | null }).inStock = marks;
  }

  get items(): readonly ItemSales[] {
    return [...this.#stores.values()]
      .flatMap((products) => [...products.values()])
      .filter((item) => item.units.size > 0);
  }

  get counts(): { items: number; products: number; stores: number } {
    const { items } = this;
    return {
      items: items.length,
      products: new Set(items.map((item) => item.product)).size,
      stores: new Set(items.map((item) => item.store ?? "")).size,
    };
  }

  get days(): readonly number[] {
    return [...this.#days].sort((a, b) => a - b);
  }
}
