/**
 * What is uploaded about an item, in PostgreSQL. An upload raises the item's version first: that locks the item's row,
 * so that uploads of one item come one after another, as on D1.
 */
import type { Sql, TransactionSql } from "postgres";
import { objectName, type ItemIdentity } from "../identity.ts";
import {
  catalogueChanges,
  replaced,
  forecastText,
  storedTerms,
  termsText,
  forecastChunks,
  toForecast,
  toStoredInputs,
  toStoredItem,
  uploaded,
  type ForecastRow,
  type ItemInputStore,
  type ItemRow,
  type ManyInputsRows,
} from "../item-inputs.ts";
import { historyOnce } from "../items/kept-history.ts";
import { jsonLists, YEARS_READ } from "../sales-store.ts";
import type { Run } from "./client.ts";

export function postgresItemInputs(run: Run): ItemInputStore {
  return {
    async item(item) {
      return toStoredItem(await run((sql) => selectItem(sql, item)));
    },

    /**
     * Reads the item before its history: if an upload comes in between, the older version makes the item load again.
     */
    async loadForDecision(item, use = "own") {
      return run(async (sql) => {
        const row = await selectItem(sql, item);
        const years = await sql<{ packed: string }[]>`
          SELECT packed::text AS packed FROM sales WHERE store_id = ${item.storeId} AND product_id = ${item.productId}
          ORDER BY year DESC LIMIT ${YEARS_READ}`;
        return {
          stored: toStoredItem(row),
          history: historyOnce(
            use === "lent" ? null : item,
            row?.sales,
            years.map(({ packed }) => packed),
          ),
        };
      });
    },

    async loadMany(storeId, productIds) {
      const asked = JSON.stringify(productIds);
      return run(async (sql) => {
        const items = await sql<ManyInputsRows["items"]>`
          SELECT items.product_id, inputs_version, terms::text AS terms, sales::text AS sales, EXISTS (
            SELECT 1 FROM forecasts
            WHERE forecasts.store_id = items.store_id AND forecasts.product_id = items.product_id
          ) AS has_forecast
          FROM json_array_elements_text(${asked}::text::json) AS asked(id)
          JOIN items ON items.store_id = ${storeId} AND items.product_id = asked.id`;
        const years = await sql<ManyInputsRows["years"]>`
          SELECT sales.product_id, packed::text AS packed
          FROM json_array_elements_text(${asked}::text::json) AS asked(id)
          JOIN sales ON sales.store_id = ${storeId} AND sales.product_id = asked.id
          WHERE (SELECT count(*) FROM sales AS newer WHERE newer.store_id = sales.store_id
            AND newer.product_id = sales.product_id AND newer.year > sales.year) < ${YEARS_READ}
          ORDER BY sales.year DESC`;
        return toStoredInputs(productIds, { items, years });
      });
    },

    async forecast({ storeId, productId }) {
      const rows = await run(
        (sql) => sql<ForecastRow[]>`
          SELECT uploaded_at, points::text AS points FROM forecasts
          WHERE store_id = ${storeId} AND product_id = ${productId} ORDER BY chunk`,
      );
      return toForecast(rows);
    },

    async putTerms(item, objectId, terms) {
      return run((client) =>
        client.begin(async (sql) => {
          const before = await raiseVersion(sql, item, objectId);
          const json = termsText(terms);
          await sql`UPDATE items SET terms = ${json}::text::json WHERE store_id = ${item.storeId}
              AND product_id = ${item.productId}`;
          return uploaded({ ...before, terms: json }, before.terms === null);
        }),
      );
    },

    async putCatalogue(entries, merge = replaced) {
      return run((client) =>
        client.begin(async (sql) => {
          const sorted = entries.toSorted((a, b) => (objectName(a.item) < objectName(b.item) ? -1 : 1));
          const known = new Map<string, string>();
          for (const list of jsonLists(sorted.map(({ item }) => [item.storeId, item.productId]))) {
            const rows = await sql<{ store_id: string; product_id: string; terms: string }[]>`
              SELECT items.store_id, items.product_id, terms::text AS terms
              FROM json_array_elements(${list}::text::json) AS asked(value)
              JOIN items ON items.store_id = asked.value ->> 0 AND items.product_id = asked.value ->> 1
              WHERE terms IS NOT NULL`;
            for (const row of rows)
              known.set(objectName({ storeId: row.store_id, productId: row.product_id }), row.terms);
          }
          const { writes, counts } = catalogueChanges(sorted, known, merge);
          const rows = writes.map(({ item, objectId, terms }) => [
            item.storeId,
            item.productId,
            objectId,
            storedTerms(terms),
          ]);
          for (const list of jsonLists(rows)) {
            await sql`
              INSERT INTO items (store_id, product_id, object_id, inputs_version, terms)
              SELECT value ->> 0, value ->> 1, value ->> 2, 1, value -> 3
              FROM json_array_elements(${list}::text::json) AS given(value)
              ON CONFLICT (store_id, product_id) DO UPDATE
              SET inputs_version = items.inputs_version + 1, terms = excluded.terms`;
          }
          return counts;
        }),
      );
    },

    async deleteTerms({ storeId, productId }) {
      const [row] = await run(
        (sql) => sql<ItemRow[]>`
          UPDATE items SET terms = NULL, inputs_version = inputs_version + 1
          WHERE store_id = ${storeId} AND product_id = ${productId} AND terms IS NOT NULL
          RETURNING inputs_version, terms::text AS terms`,
      );
      return row === undefined ? null : uploaded(row, false);
    },

    async restore(known) {
      const rows = known.map(({ item, objectId, inputsVersion, terms }) => [
        item.storeId,
        item.productId,
        objectId,
        inputsVersion,
        terms === null ? null : storedTerms(terms),
      ]);
      for (const list of jsonLists(rows)) {
        await run(
          (sql) => sql`
            INSERT INTO items (store_id, product_id, object_id, inputs_version, terms)
            SELECT value ->> 0, value ->> 1, value ->> 2, (value ->> 3)::bigint,
              CASE WHEN json_typeof(value -> 4) = 'null' THEN NULL ELSE value -> 4 END
            FROM json_array_elements(${list}::text::json) AS given(value)
            ON CONFLICT (store_id, product_id) DO UPDATE
            SET inputs_version = excluded.inputs_version, terms = excluded.terms
            WHERE excluded.inputs_version > items.inputs_version`,
        );
      }
    },

    async putForecast(item, objectId, days, now) {
      return run((client) =>
        client.begin(async (sql) => {
          const row = await raiseVersion(sql, item, objectId);
          const replaced = await sql`DELETE FROM forecasts WHERE store_id = ${item.storeId}
                AND product_id = ${item.productId} RETURNING chunk`;
          for (const [index, chunk] of forecastChunks(days).entries()) {
            await sql`
              INSERT INTO forecasts (store_id, product_id, chunk, uploaded_at, points)
              VALUES (${item.storeId}, ${item.productId}, ${index}, ${now}, ${forecastText(chunk)}::text::json)`;
          }
          return uploaded(row, replaced.length === 0);
        }),
      );
    },
  };
}

async function selectItem(sql: Sql, { storeId, productId }: ItemIdentity): Promise<ItemRow | undefined> {
  const [row] = await sql<ItemRow[]>`SELECT inputs_version, terms::text AS terms, sales::text AS sales FROM items
      WHERE store_id = ${storeId} AND product_id = ${productId}`;
  return row;
}

/** The item with its raised version and the terms that it has; made when it was not there. */
async function raiseVersion(
  sql: TransactionSql,
  { storeId, productId }: ItemIdentity,
  objectId: string,
): Promise<ItemRow> {
  const [row] = await sql<ItemRow[]>`
    INSERT INTO items (store_id, product_id, object_id, inputs_version)
      VALUES (${storeId}, ${productId}, ${objectId}, 1)
    ON CONFLICT (store_id, product_id) DO UPDATE SET inputs_version = items.inputs_version + 1
    RETURNING inputs_version, terms::text AS terms`;
  if (row === undefined) throw new Error("the upload wrote no item row");
  return row;
}
