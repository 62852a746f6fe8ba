/** Books of sales in D1: many rows a statement, bound as one JSON list. */
import { toStoredTerms } from "../item-inputs.ts";
import { jsonLists, toStoredSales, type HeadRow, type SalesStore, type YearRow } from "../sales-store.ts";

/** D1 rolls a batch back when a statement fails, so a stale read must fail: this text is invalid JSON. */
const STALE = "an item changed since its sales were read";

interface WrittenRow {
  readonly store_id: string;
  readonly product_id: string;
  readonly inputs_version: number;
  readonly terms: string | null;
}

export function d1SalesStore(db: D1Database): SalesStore {
  return {
    async read(items, years) {
      const keys = JSON.stringify(items.map(({ storeId, productId }) => [storeId, productId]));
      const [heads, rows] = await db.batch<unknown>([
        db
          .prepare(
            `SELECT items.store_id, items.product_id, inputs_version, sales, terms ->> 'supplierId' AS supplier_id,
               outages
             FROM json_each(?) AS asked JOIN items ON items.store_id = asked.value ->> 0
               AND items.product_id = asked.value ->> 1`,
          )
          .bind(keys),
        db
          .prepare(
            `SELECT sales.store_id, sales.product_id, packed
             FROM json_each(?) AS asked JOIN sales ON sales.store_id = asked.value ->> 0
               AND sales.product_id = asked.value ->> 1
             WHERE year BETWEEN ? AND ? ORDER BY year`,
          )
          .bind(keys, years?.from ?? -1_000_000, years?.to ?? 1_000_000),
      ]);
      return toStoredSales(heads!.results as HeadRow[], rows!.results as YearRow[]);
    },

    async write(writes) {
      const based = writes.map(({ item, basedOn }) => [item.storeId, item.productId, basedOn]);
      const dropped = writes.flatMap(({ item, droppedYears }) =>
        droppedYears.map((year) => [item.storeId, item.productId, year]),
      );
      const years = writes.flatMap(({ item, years }) =>
        years.map((packed) => [item.storeId, item.productId, packed.year, packed]),
      );
      const heads = writes.map(({ item, objectId, head }) => [item.storeId, item.productId, objectId, head]);
      const raised = jsonLists(heads).map((list) =>
        db
          .prepare(
            `INSERT INTO items (store_id, product_id, object_id, inputs_version, sales)
             SELECT value ->> 0, value ->> 1, value ->> 2, 1, nullif(value -> 3, 'null') FROM json_each(?) WHERE true
             ON CONFLICT DO UPDATE SET inputs_version = inputs_version + 1, sales = excluded.sales
             RETURNING store_id, product_id, inputs_version, terms`,
          )
          .bind(list),
      );
      const checks = jsonLists(based).map((list) =>
        db
          .prepare(
            `SELECT json(CASE WHEN count(*) = 0 THEN '0' ELSE '${STALE}' END)
             FROM json_each(?) AS based
             LEFT JOIN items ON items.store_id = based.value ->> 0 AND items.product_id = based.value ->> 1
             WHERE coalesce(items.inputs_version, 0) <> based.value ->> 2`,
          )
          .bind(list),
      );
      const changes = [
        ...jsonLists(dropped).map((list) =>
          db
            .prepare(
              `DELETE FROM sales WHERE (store_id, product_id, year) IN
               (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))`,
            )
            .bind(list),
        ),
        ...jsonLists(years).map((list) =>
          db
            .prepare(
              `INSERT OR REPLACE INTO sales (store_id, product_id, year, packed)
               SELECT value ->> 0, value ->> 1, value ->> 2, value -> 3 FROM json_each(?)`,
            )
            .bind(list),
        ),
      ];
      try {
        const results = await db.batch<WrittenRow>([...checks, ...changes, ...raised]);
        return results
          .slice(checks.length + changes.length)
          .flatMap(({ results: rows }) => rows)
          .map((row) => ({
            item: { storeId: row.store_id, productId: row.product_id },
            inputsVersion: row.inputs_version,
            terms: toStoredTerms(row.terms),
          }));
      } catch (error) {
        if (error instanceof Error && /malformed JSON/i.test(error.message)) return null;
        throw error;
      }
    },

    async complete(storeId, through) {
      const { meta } = await db
        .prepare(
          `UPDATE items SET sales = json_set(sales, '$.completeThrough', ?2), inputs_version = inputs_version + 1
           WHERE store_id = ?1 AND sales IS NOT NULL AND coalesce(sales ->> 'completeThrough', ?2 - 1) < ?2`,
        )
        .bind(storeId, through)
        .run();
      return meta.changes;
    },

    async products(storeId, limit, after) {
      const { results } = await db
        .prepare(
          `SELECT product_id FROM items WHERE store_id = ? AND product_id > ? AND sales IS NOT NULL
           ORDER BY product_id LIMIT ?`,
        )
        .bind(storeId, after ?? "", limit)
        .all<{ product_id: string }>();
      return results.map((row) => row.product_id);
    },
  };
}
