/** The registry of items in D1. */
import { toEntry, type DirectoryRow, type ItemDirectory } from "../items/item-directory.ts";

const COLUMNS = "store_id, product_id, terms, sales ->> '$.completeThrough' AS through";
const SEEN = "(?1 IS NULL OR store_id IN (SELECT value FROM json_each(?1)))";

export function d1ItemDirectory(db: D1Database): ItemDirectory {
  return {
    async find({ store, search, stores }, after, limit) {
      const { results } = await db
        .prepare(
          `SELECT ${COLUMNS} FROM items
           WHERE (store_id, product_id) > (?2, ?3) AND ${SEEN} AND (?4 = '' OR store_id = ?4)
             AND (?5 = '' OR instr(lower(product_id), lower(?5)) > 0
               OR instr(lower(coalesce(terms ->> '$.name', '')), lower(?5)) > 0 OR terms ->> '$.gtin' = ?5)
           ORDER BY store_id, product_id LIMIT ?6`,
        )
        .bind(listOf(stores), after?.storeId ?? "", after?.productId ?? "", store, search, limit)
        .all<DirectoryRow>();
      return results.map(toEntry);
    },

    async silentSince(day, stores, limit) {
      const { results } = await db
        .prepare(
          `SELECT ${COLUMNS} FROM items
           WHERE ${SEEN} AND sales IS NOT NULL AND CAST(sales ->> '$.completeThrough' AS INTEGER) < ?2
           ORDER BY CAST(sales ->> '$.completeThrough' AS INTEGER), store_id, product_id LIMIT ?3`,
        )
        .bind(listOf(stores), day, limit)
        .all<DirectoryRow>();
      return results.map(toEntry);
    },
  };
}

function listOf(stores: readonly string[] | null): string | null {
  return stores === null ? null : JSON.stringify(stores);
}
