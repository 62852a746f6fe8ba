/** What is uploaded about an item, in D1. */
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

export function d1ItemInputs(db: D1Database): ItemInputStore {
  const selectItem = (item: ItemIdentity) =>
    db.prepare("SELECT inputs_version, terms FROM items WHERE store_id = ? AND product_id = ?").bind(...key(item));
  const selectDemand = (item: ItemIdentity) =>
    db
      .prepare(
        "SELECT day, units, in_stock FROM demand WHERE store_id = ? AND product_id = ? ORDER BY day DESC LIMIT ?",
      )
      .bind(...key(item), HISTORY_DAYS);
  const raiseVersion = (item: ItemIdentity, objectId: string) =>
    db
      .prepare(
        `INSERT INTO items (store_id, product_id, object_id, inputs_version) VALUES (?, ?, ?, 1)
         ON CONFLICT DO UPDATE SET inputs_version = inputs_version + 1 RETURNING inputs_version, terms`,
      )
      .bind(...key(item), objectId);

  return {
    async item(item) {
      return toStoredItem(await selectItem(item).first<ItemRow>());
    },

    async loadForDecision(item) {
      const [items, demand] = await db.batch<unknown>([selectItem(item), selectDemand(item)]);
      return {
        stored: toStoredItem(items?.results[0] as ItemRow | undefined),
        history: toHistory((demand?.results ?? []) as DemandRow[]),
      };
    },

    async history(item) {
      return toHistory((await selectDemand(item).all<DemandRow>()).results);
    },

    async forecast(item) {
      const { results } = await db
        .prepare("SELECT uploaded_at, points FROM forecasts WHERE store_id = ? AND product_id = ? ORDER BY chunk")
        .bind(...key(item))
        .all<ForecastRow>();
      return toForecast(results);
    },

    async putTerms(item, objectId, terms) {
      const [before, after] = await db.batch<ItemRow>([
        selectItem(item),
        db
          .prepare(
            `INSERT INTO items (store_id, product_id, object_id, inputs_version, terms) VALUES (?, ?, ?, 1, ?)
             ON CONFLICT DO UPDATE SET inputs_version = inputs_version + 1, terms = excluded.terms
             RETURNING inputs_version, terms`,
          )
          .bind(...key(item), objectId, JSON.stringify(terms)),
      ]);
      return uploaded(after?.results[0], (before?.results[0]?.terms ?? null) === null);
    },

    async deleteTerms(item) {
      const row = await db
        .prepare(
          `UPDATE items SET terms = NULL, inputs_version = inputs_version + 1
           WHERE store_id = ? AND product_id = ? AND terms IS NOT NULL RETURNING inputs_version, terms`,
        )
        .bind(...key(item))
        .first<ItemRow>();
      return row === null ? null : uploaded(row, false);
    },

    async addDemand(item, objectId, days) {
      const chunks = chunksOf(days, DEMAND_ROWS_PER_STATEMENT);
      const results = await db.batch<unknown>([
        db.prepare("SELECT 1 FROM demand WHERE store_id = ? AND product_id = ? LIMIT 1").bind(...key(item)),
        ...chunks.map((chunk) =>
          db
            .prepare(
              `INSERT INTO demand (store_id, product_id, day, units, in_stock)
               SELECT ?1, ?2, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?3) WHERE true
               ON CONFLICT DO UPDATE SET units = excluded.units, in_stock = excluded.in_stock`,
            )
            .bind(...key(item), JSON.stringify(chunk.map((d) => [d.day, d.units, d.inStock ? 1 : 0]))),
        ),
        raiseVersion(item, objectId),
      ]);
      return uploaded(results.at(-1)?.results[0] as ItemRow | undefined, results[0]?.results.length === 0);
    },

    async putForecast(item, objectId, days, now) {
      const results = await db.batch<unknown>([
        db.prepare("DELETE FROM forecasts WHERE store_id = ? AND product_id = ? RETURNING chunk").bind(...key(item)),
        ...chunksOf(days, FORECAST_CHUNK_POINTS).map((chunk, index) =>
          db
            .prepare("INSERT INTO forecasts VALUES (?, ?, ?, ?, ?)")
            .bind(...key(item), index, now, JSON.stringify(chunk)),
        ),
        raiseVersion(item, objectId),
      ]);
      return uploaded(results.at(-1)?.results[0] as ItemRow | undefined, results[0]?.results.length === 0);
    },
  };
}

function key(item: ItemIdentity): [string, string] {
  return [item.storeId, item.productId];
}
