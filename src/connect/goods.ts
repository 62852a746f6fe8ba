/**
 * Maps a shop's stock items to items here, with the units at its location. Two of one product are one item: their units
 * add up. One that its product does not list any more counts no longer.
 */
import type { ShopProduct } from "./shop-messages.ts";

export const GOODS_TABLES = [
  `CREATE TABLE IF NOT EXISTS goods (
    stock_item_id TEXT PRIMARY KEY, product_id TEXT, named_at INTEGER, units REAL, counted_at INTEGER
  ) STRICT, WITHOUT ROWID`,
];

/** Which product of the shop a stock item was listed by. Made with its first product: older objects lack it. */
const FAMILIES_TABLE =
  "CREATE TABLE IF NOT EXISTS families (stock_item_id TEXT PRIMARY KEY, family TEXT NOT NULL) STRICT, WITHOUT ROWID";

export class Goods {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The products for which nothing newer is known. */
  newer(products: readonly ShopProduct[], triggeredAt: number): ShopProduct[] {
    return products.filter(({ stockItemId }) => (this.#row(stockItemId)?.named_at ?? -Infinity) <= triggeredAt);
  }

  name({ stockItemId, productId }: ShopProduct, triggeredAt: number): void {
    this.#sql.exec(
      `INSERT INTO goods (stock_item_id, product_id, named_at) VALUES (?1, ?2, ?3)
       ON CONFLICT (stock_item_id) DO UPDATE SET product_id = ?2, named_at = ?3`,
      stockItemId,
      productId,
      triggeredAt,
    );
  }

  /** What one product of the shop lists now, whole: what it listed before loses its name. */
  list(family: string, products: readonly ShopProduct[], triggeredAt: number): void {
    this.#sql.exec(FAMILIES_TABLE);
    const listed = JSON.stringify(products.map(({ stockItemId }) => stockItemId));
    this.#sql.exec(
      `UPDATE goods SET product_id = NULL, named_at = ?2 WHERE named_at <= ?2
         AND stock_item_id IN (SELECT stock_item_id FROM families WHERE family = ?1)
         AND stock_item_id NOT IN (SELECT value FROM json_each(?3))`,
      family,
      triggeredAt,
      listed,
    );
    this.#sql.exec("INSERT OR REPLACE INTO families SELECT value, ?1 FROM json_each(?2)", family, listed);
  }

  /** "older" = a newer count is known; "unknown" = its product has not come; null = a product without a name here. */
  count(
    stockItemId: string,
    units: number,
    triggeredAt: number,
  ): { readonly productId: string | null } | "older" | "unknown" {
    const known = this.#row(stockItemId);
    if ((known?.counted_at ?? -Infinity) > triggeredAt) return "older";
    this.#sql.exec(
      `INSERT INTO goods (stock_item_id, units, counted_at) VALUES (?1, ?2, ?3)
       ON CONFLICT (stock_item_id) DO UPDATE SET units = ?2, counted_at = ?3`,
      stockItemId,
      units,
      triggeredAt,
    );
    return known?.named_at == null ? "unknown" : { productId: known.product_id };
  }

  onHand(productId: string): number {
    return (
      this.#sql
        .exec<{ sum: number | null }>("SELECT SUM(units) AS sum FROM goods WHERE product_id = ?", productId)
        .one().sum ?? 0
    );
  }

  #row(stockItemId: string) {
    return this.#sql
      .exec<{ product_id: string | null; named_at: number | null; counted_at: number | null }>(
        "SELECT product_id, named_at, counted_at FROM goods WHERE stock_item_id = ?",
        stockItemId,
      )
      .toArray()[0];
  }
}
