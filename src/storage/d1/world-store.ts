/** Stores, suppliers, events and seasons in D1. */
import { measureOf } from "../../world/event-measure.ts";
import {
  measureRange,
  outcomeOfPutting,
  toStoreWorld,
  toWorldFacts,
  type Trade,
  type WorldKind,
  type WorldKinds,
  type WorldRow,
  type WorldStore,
  worldText,
} from "../world-store.ts";

const WAITING = {
  store: "SELECT 1 AS found FROM workflows WHERE review_status = 'pending' AND store_id = ? LIMIT 1",
  supplier: `SELECT 1 AS found FROM workflows JOIN items USING (store_id, product_id)
    WHERE workflows.review_status = 'pending' AND items.terms ->> 'supplierId' = ? LIMIT 1`,
} as const;

export function d1WorldStore(db: D1Database): WorldStore {
  /** True when there was none before. */
  async function put<K extends WorldKind>(kind: K, id: string, facts: WorldKinds[K]): Promise<boolean> {
    const [before] = await db.batch([
      db.prepare("SELECT 1 FROM world WHERE kind = ? AND id = ?").bind(kind, id),
      // Not REPLACE, which would delete another person who has the same address.
      db
        .prepare("INSERT INTO world VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET facts = excluded.facts")
        .bind(kind, id, worldText(facts)),
    ]);
    return before?.results.length === 0;
  }

  return {
    put,

    putPerson: (person) => outcomeOfPutting(put("person", person.personId, person)),

    async get(kind, id) {
      const facts = await db
        .prepare("SELECT facts FROM world WHERE kind = ? AND id = ?")
        .bind(kind, id)
        .first<string>("facts");
      return facts === null ? null : toWorldFacts(facts);
    },

    async delete(kind, id) {
      const row = await db.prepare("DELETE FROM world WHERE kind = ? AND id = ? RETURNING id").bind(kind, id).first();
      return row !== null;
    },

    async list(kind, limit, after) {
      const { results } = await db
        .prepare("SELECT facts FROM world WHERE kind = ? AND id > ? ORDER BY id LIMIT ?")
        .bind(kind, after ?? "", limit)
        .all<Pick<WorldRow, "facts">>();
      return results.map((row) => toWorldFacts(row.facts));
    },

    async measured(eventId) {
      const { results } = await db
        .prepare("SELECT facts FROM world WHERE kind = 'measure' AND id > ? AND id < ?")
        .bind(...measureRange(eventId))
        .all<Pick<WorldRow, "facts">>();
      return measureOf(results.map((row) => toWorldFacts<"measure">(row.facts)));
    },

    async dropMeasures(eventId) {
      await db
        .prepare("DELETE FROM world WHERE kind = 'measure' AND id > ? AND id < ?")
        .bind(...measureRange(eventId))
        .run();
    },

    async ofStore(storeId) {
      const { results } = await db
        .prepare(
          `SELECT kind, id, facts FROM world WHERE kind IN ('supplier', 'event', 'measure', 'webhook', 'person')
           UNION ALL SELECT kind, id, facts FROM world WHERE kind IN ('store', 'season', 'learned') AND id = ?`,
        )
        .bind(storeId)
        .all<WorldRow>();
      return toStoreWorld(storeId, results);
    },

    async storeIds() {
      const { results } = await db
        .prepare(
          `SELECT DISTINCT store_id FROM items
           UNION SELECT id FROM world WHERE kind IN ('store', 'season', 'learned', 'seen')`,
        )
        .all<{ store_id: string }>();
      return results.map((row) => row.store_id);
    },

    async hasItems(storeId) {
      return (await db.prepare("SELECT 1 FROM items WHERE store_id = ? LIMIT 1").bind(storeId).first()) !== null;
    },

    async productIds(storeId, supplierId, limit, after) {
      const { results } = await db
        .prepare(
          `SELECT product_id FROM items
           WHERE store_id = ?1 AND product_id > ?2 AND (?3 IS NULL OR terms ->> '$.supplierId' = ?3)
           ORDER BY product_id LIMIT ?4`,
        )
        .bind(storeId, after ?? "", supplierId, limit)
        .all<{ product_id: string }>();
      return results.map((row) => row.product_id);
    },

    async trades(storeId, supplierId) {
      const { results } = await db
        .prepare(
          `SELECT DISTINCT store_id AS storeId, terms ->> '$.supplierId' AS supplierId FROM items
           WHERE (?1 IS NULL OR store_id = ?1) AND terms ->> '$.supplierId' IS NOT NULL
             AND (?2 IS NULL OR terms ->> '$.supplierId' = ?2)`,
        )
        .bind(storeId, supplierId)
        .all<Trade>();
      return results;
    },

    async isWaitedFor(kind, id) {
      return (await db.prepare(WAITING[kind]).bind(id).first()) !== null;
    },
  };
}
