/** What is uploaded about an item, in D1. */
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

export function d1ItemInputs(db: D1Database): ItemInputStore {
  const selectItem = (item: ItemIdentity) =>
    db
      .prepare("SELECT inputs_version, terms, sales FROM items WHERE store_id = ? AND product_id = ?")
      .bind(...key(item));
  const selectYears = (item: ItemIdentity) =>
    db
      .prepare("SELECT packed FROM sales WHERE store_id = ? AND product_id = ? ORDER BY year DESC LIMIT ?")
      .bind(...key(item), YEARS_READ);
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

    async loadForDecision(item, use = "own") {
      const [items, years] = await db.batch<unknown>([selectItem(item), selectYears(item)]);
      const row = items?.results[0] as ItemRow | undefined;
      const packed = (years?.results ?? []) as { readonly packed: string }[];
      return {
        stored: toStoredItem(row),
        history: historyOnce(
          use === "lent" ? null : item,
          row?.sales,
          packed.map((year) => year.packed),
        ),
      };
    },

    async loadMany(storeId, productIds) {
      const asked = JSON.stringify(productIds);
      const [items, years] = await db.batch<unknown>([
        db
          .prepare(
            `SELECT items.product_id, inputs_version, terms, sales, EXISTS (
               SELECT 1 FROM forecasts
               WHERE forecasts.store_id = items.store_id AND forecasts.product_id = items.product_id
             ) AS has_forecast
             FROM json_each(?1) AS asked JOIN items ON items.store_id = ?2 AND items.product_id = asked.value`,
          )
          .bind(asked, storeId),
        db
          .prepare(
            `SELECT sales.product_id, packed
             FROM json_each(?1) AS asked JOIN sales ON sales.store_id = ?2 AND sales.product_id = asked.value
             WHERE (SELECT count(*) FROM sales AS newer WHERE newer.store_id = sales.store_id
               AND newer.product_id = sales.product_id AND newer.year > sales.year) < ?3
             ORDER BY sales.year DESC`,
          )
          .bind(asked, storeId, YEARS_READ),
      ]);
      return toStoredInputs(productIds, {
        items: items!.results as ManyInputsRows["items"],
        years: years!.results as ManyInputsRows["years"],
      });
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
          .bind(...key(item), objectId, termsText(terms)),
      ]);
      return uploaded(after?.results[0], (before?.results[0]?.terms ?? null) === null);
    },

    async putCatalogue(entries, merge = replaced) {
      const known = new Map<string, string>();
      for (const list of jsonLists(entries.map((entry) => key(entry.item)))) {
        const { results } = await db
          .prepare(
            `SELECT items.store_id, items.product_id, terms
             FROM json_each(?) AS asked JOIN items ON items.store_id = asked.value ->> 0
               AND items.product_id = asked.value ->> 1
             WHERE terms IS NOT NULL`,
          )
          .bind(list)
          .all<{ store_id: string; product_id: string; terms: string }>();
        for (const row of results)
          known.set(objectName({ storeId: row.store_id, productId: row.product_id }), row.terms);
      }
      const { writes, counts } = catalogueChanges(entries, known, merge);
      const lists = jsonLists(writes.map(({ item, objectId, terms }) => [...key(item), objectId, storedTerms(terms)]));
      if (lists.length === 0) return counts;
      await db.batch(
        lists.map((list) =>
          db
            .prepare(
              `INSERT INTO items (store_id, product_id, object_id, inputs_version, terms)
               SELECT value ->> 0, value ->> 1, value ->> 2, 1, value -> 3 FROM json_each(?) WHERE true
               ON CONFLICT DO UPDATE SET inputs_version = inputs_version + 1, terms = excluded.terms`,
            )
            .bind(list),
        ),
      );
      return counts;
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

    async restore(known) {
      const rows = known.map(({ item, objectId, inputsVersion, terms }) => [
        ...key(item),
        objectId,
        inputsVersion,
        terms === null ? null : termsText(terms),
      ]);
      const statements = jsonLists(rows).map((list) =>
        db
          .prepare(
            `INSERT INTO items (store_id, product_id, object_id, inputs_version, terms)
             SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE true
             ON CONFLICT DO UPDATE SET inputs_version = excluded.inputs_version, terms = excluded.terms
             WHERE excluded.inputs_version > items.inputs_version`,
          )
          .bind(list),
      );
      if (statements.length > 0) await db.batch(statements);
    },

    async putForecast(item, objectId, days, now) {
      const results = await db.batch<unknown>([
        db.prepare("DELETE FROM forecasts WHERE store_id = ? AND product_id = ? RETURNING chunk").bind(...key(item)),
        ...forecastChunks(days).map((chunk, index) =>
          db
            .prepare("INSERT INTO forecasts VALUES (?, ?, ?, ?, ?)")
            .bind(...key(item), index, now, forecastText(chunk)),
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
