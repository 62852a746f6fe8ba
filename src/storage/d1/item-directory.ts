/** The registry of items in D1. */
import {
  attentionTimes,
  toEntry,
  type DirectoryFilter,
  type DirectoryRow,
  type ItemDirectory,
} from "../items/item-directory.ts";
import { spellings } from "../items/spellings.ts";
import type { Attention } from "../../workflow/asking/shelf.ts";

const FROM_ITEMS = `SELECT store_id, product_id, terms, sales ->> '$.completeThrough' AS through, counted_at,
    sold_out_on, arrives_on, world.facts AS store_facts
  FROM items LEFT JOIN world ON world.kind = 'store' AND world.id = items.store_id`;

/** ?1 stores, ?2 store, ?3 spellings, ?4 what is searched for. */
const PASSING = `(?1 IS NULL OR store_id IN (SELECT value FROM json_each(?1))) AND (?2 = '' OR store_id = ?2)
  AND (?4 = '' OR terms ->> '$.gtin' = ?4 OR EXISTS (SELECT 1 FROM json_each(?3)
    WHERE instr(lower(product_id), value) > 0 OR instr(lower(coalesce(terms ->> '$.name', '')), value) > 0))`;

const RECENT_HOURS = "coalesce(world.facts ->> '$.facts.countMaxAgeHours', ?7)";
const THROUGH = "CAST(sales ->> '$.completeThrough' AS INTEGER)";

/**
 * ?6 the hour of now, ?7 the usual age of a count, ?8 the day that sales should be known to, ?9 and ?10 what is given
 * up.
 */
const ATTENTION: Readonly<Record<Attention, { readonly where: string; readonly order: string }>> = {
  short: {
    where: `sold_out_on < arrives_on AND counted_at / 3600000.0 >= ?6 - ${RECENT_HOURS}`,
    order: "sold_out_on",
  },
  uncounted: {
    where:
      `((counted_at IS NULL AND sales IS NOT NULL) OR (counted_at / 3600000.0 < ?6 - ${RECENT_HOURS} ` +
      "AND counted_at > ?10))",
    order: "counted_at",
  },
  silent: { where: `${THROUGH} < ?8 AND ${THROUGH} > ?9`, order: THROUGH },
};

export function d1ItemDirectory(db: D1Database): ItemDirectory {
  return {
    async find(filter, after, limit) {
      const { results } = await db
        .prepare(
          `${FROM_ITEMS} WHERE (store_id, product_id) > (?6, ?7) AND ${PASSING} ORDER BY store_id, product_id LIMIT ?5`,
        )
        .bind(...passed(filter), limit, after?.storeId ?? "", after?.productId ?? "")
        .all<DirectoryRow>();
      return results.map(toEntry);
    },

    async attention(what, filter, now, limit) {
      const { hour, usualAge, silentBefore, givenUpDay, givenUpAt } = attentionTimes(now);
      const { where, order } = ATTENTION[what];
      // D1 refuses parameters that the statement does not name, so each condition names some of them.
      const { results } = await db
        .prepare(
          `${FROM_ITEMS} WHERE ${where} AND ${PASSING}
             AND ?6 + ?7 + ?8 + ?9 + ?10 IS NOT NULL ORDER BY ${order}, store_id, product_id LIMIT ?5`,
        )
        .bind(...passed(filter), limit, hour, usualAge, silentBefore, givenUpDay, givenUpAt)
        .all<DirectoryRow>();
      return results.map(toEntry);
    },
  };
}

function passed({ store, search, stores }: DirectoryFilter): (string | null)[] {
  const spelled = spellings(search);
  return [stores === null ? null : JSON.stringify(stores), store, JSON.stringify(spelled), search.trim()];
}
