/**
 * What is uploaded about an item, in PostgreSQL. An upload raises the item's version first: that locks the item's row, so
 * that uploads of one item come one after another, as on D1.
 */
import type { Sql, TransactionSql } from "postgres";
import type { ItemIdentity } from "../identity.ts";
import {
  chunksOf,
  DEMAND_ROWS_PER_STATEMENT,
  FORECAST_CHUNK_POINTS,
  HISTORY_DAYS,
  toForecast,
  toHistory,
  toStoredItem,
  uploaded,
  type DemandRow,
  type ForecastRow,
  type ItemInputStore,
  type ItemRow,
} from "../item-inputs.ts";
import type { Run } from "./client.ts";

export function postgresItemInputs(run: Run): ItemInputStore {
  return {
    async item(item) {
      return toStoredItem(await run((sql) => selectItem(sql, item)));
    },

    /** The item before its history: should an upload come between them, the older version only makes the item load anew. */
    async loadForDecision(item) {
      return run(async (sql) => ({
        stored: toStoredItem(await selectItem(sql, item)),
        history: toHistory(await selectDemand(sql, item)),
      }));
    },

    async history(item) {
      return toHistory(await run((sql) => selectDemand(sql, item)));
    },

    async forecast({ storeId, productId }) {
      const rows = await run(
        (sql) => sql<ForecastRow[]>`
          SELECT uploaded_at, points::text AS points FROM forecasts WHERE store_id = ${storeId} AND product_id = ${productId} ORDER BY chunk`,
      );
      return toForecast(rows);
    },

    async putTerms(item, objectId, terms) {
      return run((client) =>
        client.begin(async (sql) => {
          const before = await raiseVersion(sql, item, objectId);
          const json = JSON.stringify(terms);
          await sql`UPDATE items SET terms = ${json}::text::json WHERE store_id = ${item.storeId} AND product_id = ${item.productId}`;
          return uploaded({ ...before, terms: json }, before.terms === null);
        }),
      );
    },

    async deleteTerms({ storeId, productId }) {
      const [row] = await run(
        (sql) => sql<ItemRow[]>`
          UPDATE items SET terms = NULL, inputs_version = inputs_version + 1
          WHERE store_id = ${storeId} AND product_id = ${productId} AND terms IS NOT NULL RETURNING inputs_version, terms::text AS terms`,
      );
      return row === undefined ? null : uploaded(row, false);
    },

    async addDemand(item, objectId, days) {
      return run((client) =>
        client.begin(async (sql) => {
          const row = await raiseVersion(sql, item, objectId);
          const known =
            await sql`SELECT 1 FROM demand WHERE store_id = ${item.storeId} AND product_id = ${item.productId} LIMIT 1`;
          // One row a day in each statement: the same day twice is one that the later line corrects.
          const newest = [...new Map(days.map((day) => [day.day, day])).values()];
          for (const chunk of chunksOf(newest, DEMAND_ROWS_PER_STATEMENT)) {
            const json = JSON.stringify(chunk.map((d) => [d.day, d.units, d.inStock ? 1 : 0]));
            await sql`
              INSERT INTO demand (store_id, product_id, day, units, in_stock)
              SELECT ${item.storeId}, ${item.productId}, (value ->> 0)::bigint, (value ->> 1)::double precision, (value ->> 2)::bigint
              FROM json_array_elements(${json}::text::json) AS uploaded(value)
              ON CONFLICT (store_id, product_id, day) DO UPDATE SET units = excluded.units, in_stock = excluded.in_stock`;
          }
          return uploaded(row, known.length === 0);
        }),
      );
    },

    async putForecast(item, objectId, days, now) {
      return run((client) =>
        client.begin(async (sql) => {
          const row = await raiseVersion(sql, item, objectId);
          const replaced =
            await sql`DELETE FROM forecasts WHERE store_id = ${item.storeId} AND product_id = ${item.productId} RETURNING chunk`;
          for (const [index, chunk] of chunksOf(days, FORECAST_CHUNK_POINTS).entries()) {
            await sql`
              INSERT INTO forecasts (store_id, product_id, chunk, uploaded_at, points)
              VALUES (${item.storeId}, ${item.productId}, ${index}, ${now}, ${JSON.stringify(chunk)}::text::json)`;
          }
          return uploaded(row, replaced.length === 0);
        }),
      );
    },
  };
}

async function selectItem(sql: Sql, { storeId, productId }: ItemIdentity): Promise<ItemRow | undefined> {
  const [row] = await sql<
    ItemRow[]
  >`SELECT inputs_version, terms::text AS terms FROM items WHERE store_id = ${storeId} AND product_id = ${productId}`;
  return row;
}

function selectDemand(sql: Sql, { storeId, productId }: ItemIdentity): Promise<DemandRow[]> {
  return sql<DemandRow[]>`
    SELECT day, units, in_stock FROM demand WHERE store_id = ${storeId} AND product_id = ${productId} ORDER BY day DESC LIMIT ${HISTORY_DAYS}`;
}

/** The item with its raised version and the terms that it has; made when it was not there. */
async function raiseVersion(
  sql: TransactionSql,
  { storeId, productId }: ItemIdentity,
  objectId: string,
): Promise<ItemRow> {
  const [row] = await sql<ItemRow[]>`
    INSERT INTO items (store_id, product_id, object_id, inputs_version) VALUES (${storeId}, ${productId}, ${objectId}, 1)
    ON CONFLICT (store_id, product_id) DO UPDATE SET inputs_version = items.inputs_version + 1
    RETURNING inputs_version, terms::text AS terms`;
  if (row === undefined) throw new Error("the upload wrote no item row");
  return row;
}
