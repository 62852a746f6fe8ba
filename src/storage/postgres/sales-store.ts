/**
 * Books of sales in PostgreSQL: many rows a statement, bound as one JSON list; items are locked in the order of their
 * keys.
 */
import type { Run } from "./client.ts";
import { toStoredTerms } from "../item-inputs.ts";
import {
  jsonLists,
  toStoredSales,
  type HeadRow,
  type SalesStore,
  type WrittenSales,
  type YearRow,
} from "../sales-store.ts";

interface WrittenRow {
  readonly store_id: string;
  readonly product_id: string;
  readonly inputs_version: number;
  readonly terms: string | null;
}

export function postgresSalesStore(run: Run): SalesStore {
  return {
    async read(items, years) {
      const keys = JSON.stringify(items.map(({ storeId, productId }) => [storeId, productId]));
      return run(async (sql) => {
        // Reads the heads first: if a write comes in between, the older version makes the caller read again.
        const heads = await sql<HeadRow[]>`
          SELECT items.store_id, items.product_id, inputs_version, sales::text AS sales,
            terms ->> 'supplierId' AS supplier_id, outages
          FROM json_array_elements(${keys}::text::json) AS asked(value)
          JOIN items ON items.store_id = asked.value ->> 0 AND items.product_id = asked.value ->> 1`;
        const rows = await sql<YearRow[]>`
          SELECT sales.store_id, sales.product_id, packed::text AS packed
          FROM json_array_elements(${keys}::text::json) AS asked(value)
          JOIN sales ON sales.store_id = asked.value ->> 0 AND sales.product_id = asked.value ->> 1
          WHERE year BETWEEN ${years?.from ?? -1_000_000} AND ${years?.to ?? 1_000_000} ORDER BY year`;
        return toStoredSales(heads, rows);
      });
    },

    async write(writes) {
      return run((client) =>
        client.begin(async (sql) => {
          const heads = writes
            .map(
              ({ item, objectId, head, basedOn }) => [item.storeId, item.productId, objectId, head, basedOn] as const,
            )
            .toSorted(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1));
          const written: WrittenSales[] = [];
          for (const list of jsonLists(heads)) {
            const rows = await sql<WrittenRow[]>`
              INSERT INTO items (store_id, product_id, object_id, inputs_version, sales)
              SELECT value ->> 0, value ->> 1, value ->> 2, 1, nullif(value ->> 3, 'null')::json
              FROM json_array_elements(${list}::text::json) AS given(value)
              ON CONFLICT (store_id, product_id) DO UPDATE SET inputs_version = items.inputs_version + 1,
                sales = excluded.sales
              RETURNING store_id, product_id, inputs_version, terms::text AS terms`;
            written.push(
              ...rows.map((row) => ({
                item: { storeId: row.store_id, productId: row.product_id },
                inputsVersion: row.inputs_version,
                terms: toStoredTerms(row.terms),
              })),
            );
          }
          const basedOn = new Map(writes.map(({ item, basedOn }) => [`${item.storeId}\n${item.productId}`, basedOn]));
          const isStale = written.some(
            ({ item, inputsVersion }) => basedOn.get(`${item.storeId}\n${item.productId}`) !== inputsVersion - 1,
          );
          if (isStale) throw new StaleRead();
          const dropped = writes.flatMap(({ item, droppedYears }) =>
            droppedYears.map((year) => [item.storeId, item.productId, year]),
          );
          for (const list of jsonLists(dropped)) {
            await sql`
              DELETE FROM sales USING json_array_elements(${list}::text::json) AS gone(value)
              WHERE store_id = gone.value ->> 0 AND product_id = gone.value ->> 1
                AND year = (gone.value ->> 2)::bigint`;
          }
          const years = writes.flatMap(({ item, years }) =>
            years.map((packed) => [item.storeId, item.productId, packed.year, packed]),
          );
          for (const list of jsonLists(years)) {
            await sql`
              INSERT INTO sales (store_id, product_id, year, packed)
              SELECT value ->> 0, value ->> 1, (value ->> 2)::bigint, value -> 3
              FROM json_array_elements(${list}::text::json) AS given(value)
              ON CONFLICT (store_id, product_id, year) DO UPDATE SET packed = excluded.packed`;
          }
          return written;
        }),
      ).catch((error: unknown) => {
        if (error instanceof Error && error.cause instanceof StaleRead) return null;
        throw error;
      });
    },

    async complete(storeId, through) {
      const rows = await run(
        (sql) => sql`
          UPDATE items SET sales = (sales::jsonb || jsonb_build_object('completeThrough', ${through}::bigint))::json,
            inputs_version = inputs_version + 1
          WHERE store_id = ${storeId} AND sales IS NOT NULL
            AND coalesce((sales ->> 'completeThrough')::bigint, ${through - 1}::bigint) < ${through}::bigint
          RETURNING product_id`,
      );
      return rows.length;
    },

    async products(storeId, limit, after) {
      const rows = await run(
        (sql) => sql<{ product_id: string }[]>`
          SELECT product_id FROM items WHERE store_id = ${storeId} AND product_id > ${after ?? ""} AND sales IS NOT NULL
          ORDER BY product_id LIMIT ${limit}`,
      );
      return rows.map((row) => row.product_id);
    },
  };
}

/** Rolls the transaction back; never leaves this file. */
class StaleRead extends Error {}
