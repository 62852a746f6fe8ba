/** The registry of items in PostgreSQL. */
import type { Sql } from "postgres";
import { spellings } from "../items/spellings.ts";
import type { Attention } from "../../workflow/asking/shelf.ts";
import {
  attentionTimes,
  toEntry,
  type DirectoryFilter,
  type DirectoryRow,
  type ItemDirectory,
} from "../items/item-directory.ts";
import type { Run } from "./client.ts";
import { andOfStores } from "./stores-condition.ts";

export function postgresItemDirectory(run: Run): ItemDirectory {
  return {
    async find(filter, after, limit) {
      const rows = await run(
        (sql) => sql<DirectoryRow[]>`
          ${fromItems(sql)} WHERE (store_id, product_id) > (${after?.storeId ?? ""}, ${after?.productId ?? ""})
            ${passing(sql, filter)}
          ORDER BY store_id, product_id LIMIT ${limit}`,
      );
      return rows.map(toEntry);
    },

    async attention(what, filter, now, limit) {
      const rows = await run(
        (sql) => sql<DirectoryRow[]>`
          ${fromItems(sql)} WHERE ${needing(sql, what, now)} ${passing(sql, filter)}
          ORDER BY ${orderOf(sql, what)}, store_id, product_id LIMIT ${limit}`,
      );
      return rows.map(toEntry);
    },
  };
}

function fromItems(sql: Sql) {
  return sql`
    SELECT store_id, product_id, terms::text AS terms, sales ->> 'completeThrough' AS through, counted_at, sold_out_on,
      arrives_on,
      world.facts::text AS store_facts
    FROM items LEFT JOIN world ON world.kind = 'store' AND world.id = items.store_id`;
}

function needing(sql: Sql, what: Attention, now: number) {
  const { hour, usualAge, silentBefore, givenUpDay, givenUpAt } = attentionTimes(now);
  const recentHours = sql`coalesce((world.facts -> 'facts' ->> 'countMaxAgeHours')::float8, ${usualAge}::float8)`;
  const through = sql`(sales ->> 'completeThrough')::int`;
  switch (what) {
    case "short":
      return sql`sold_out_on < arrives_on AND counted_at / 3600000.0 >= ${hour}::float8 - ${recentHours}`;
    case "uncounted":
      return sql`((counted_at IS NULL AND sales IS NOT NULL)
        OR (counted_at / 3600000.0 < ${hour}::float8 - ${recentHours} AND counted_at > ${givenUpAt}))`;
    case "silent":
      return sql`${through} < ${silentBefore} AND ${through} > ${givenUpDay}`;
  }
}

function orderOf(sql: Sql, what: Attention) {
  switch (what) {
    case "short":
      return sql`sold_out_on`;
    case "uncounted":
      return sql`counted_at NULLS FIRST`;
    case "silent":
      return sql`(sales ->> 'completeThrough')::int`;
  }
}

function passing(sql: Sql, { store, search, stores }: DirectoryFilter) {
  const spelled = JSON.stringify(spellings(search));
  const text = search.trim();
  return sql`
    ${andOfStores(sql, stores)}
    ${store === "" ? sql`` : sql`AND store_id = ${store}`}
    ${
      text === ""
        ? sql``
        : sql`AND (terms ->> 'gtin' = ${text} OR EXISTS (
            SELECT 1 FROM json_array_elements_text(${spelled}::text::json) AS spelled(value)
            WHERE strpos(lower(product_id), value COLLATE "C") > 0
              OR strpos(lower(coalesce(terms ->> 'name', '') COLLATE "C"), value COLLATE "C") > 0))`
    }`;
}
