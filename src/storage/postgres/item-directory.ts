/** The registry of items in PostgreSQL. */
import type { Sql } from "postgres";
import { toEntry, type DirectoryRow, type ItemDirectory } from "../items/item-directory.ts";
import type { Run } from "./client.ts";

export function postgresItemDirectory(run: Run): ItemDirectory {
  return {
    async find({ store, search, stores }, after, limit) {
      const rows = await run((sql) => {
        const part = search.toLowerCase();
        return sql<DirectoryRow[]>`
          SELECT ${columns(sql)} FROM items
          WHERE (store_id, product_id) > (${after?.storeId ?? ""}, ${after?.productId ?? ""}) ${seen(sql, stores)}
            ${store === "" ? sql`` : sql`AND store_id = ${store}`}
            ${
              search === ""
                ? sql``
                : sql`AND (strpos(lower(product_id), (${part}::text) COLLATE "C") > 0
                  OR strpos(lower(coalesce(terms ->> 'name', '')), ${part}::text) > 0 OR terms ->> 'gtin' = ${search})`
            }
          ORDER BY store_id, product_id LIMIT ${limit}`;
      });
      return rows.map(toEntry);
    },

    async silentSince(day, stores, limit) {
      const rows = await run(
        (sql) => sql<DirectoryRow[]>`
          SELECT ${columns(sql)} FROM items
          WHERE (sales ->> 'completeThrough')::int < ${day} ${seen(sql, stores)}
          ORDER BY (sales ->> 'completeThrough')::int, store_id, product_id LIMIT ${limit}`,
      );
      return rows.map(toEntry);
    },
  };
}

function columns(sql: Sql) {
  return sql`store_id, product_id, terms::text AS terms, sales ->> 'completeThrough' AS through`;
}

function seen(sql: Sql, stores: readonly string[] | null) {
  return stores === null
    ? sql``
    : sql`AND store_id IN (SELECT json_array_elements_text(${JSON.stringify([...stores])}::text::json))`;
}
