/** Stores, suppliers, events and seasons in PostgreSQL. */
import type { Run } from "./client.ts";
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

export function postgresWorldStore(run: Run): WorldStore {
  /** True when there was none before. */
  async function put<K extends WorldKind>(kind: K, id: string, facts: WorldKinds[K]): Promise<boolean> {
    const [row] = await run(
      (sql) => sql<{ created: boolean }[]>`
        INSERT INTO world (kind, id, facts) VALUES (${kind}, ${id}, ${worldText(facts)}::text::json)
        ON CONFLICT (kind, id) DO UPDATE SET facts = excluded.facts RETURNING (xmax = 0) AS created`,
    );
    return row?.created === true;
  }

  return {
    put,

    putPerson: (person) => outcomeOfPutting(put("person", person.personId, person)),

    async get(kind, id) {
      const [row] = await run(
        (sql) =>
          sql<Pick<WorldRow, "facts">[]>`SELECT facts::text AS facts FROM world WHERE kind = ${kind} AND id = ${id}`,
      );
      return row === undefined ? null : toWorldFacts(row.facts);
    },

    async delete(kind, id) {
      const rows = await run((sql) => sql`DELETE FROM world WHERE kind = ${kind} AND id = ${id} RETURNING id`);
      return rows.length > 0;
    },

    async list(kind, limit, after) {
      const rows = await run(
        (sql) => sql<Pick<WorldRow, "facts">[]>`
          SELECT facts::text AS facts FROM world WHERE kind = ${kind} AND id > ${after ?? ""}
          ORDER BY id LIMIT ${limit}`,
      );
      return rows.map((row) => toWorldFacts(row.facts));
    },

    async measured(eventId) {
      const [above, below] = measureRange(eventId);
      const rows = await run(
        (sql) => sql<Pick<WorldRow, "facts">[]>`
          SELECT facts::text AS facts FROM world WHERE kind = 'measure' AND id > ${above} AND id < ${below}`,
      );
      return measureOf(rows.map((row) => toWorldFacts<"measure">(row.facts)));
    },

    async dropMeasures(eventId) {
      const [above, below] = measureRange(eventId);
      await run((sql) => sql`DELETE FROM world WHERE kind = 'measure' AND id > ${above} AND id < ${below}`);
    },

    async ofStore(storeId) {
      const rows = await run(
        (sql) => sql<WorldRow[]>`
          SELECT kind, id, facts::text AS facts FROM world
            WHERE kind IN ('supplier', 'event', 'measure', 'webhook', 'person')
          UNION ALL SELECT kind, id, facts::text AS facts FROM world
            WHERE kind IN ('store', 'season', 'learned') AND id = ${storeId}`,
      );
      return toStoreWorld(storeId, rows);
    },

    async storeIds() {
      const rows = await run(
        (sql) => sql<{ store_id: string }[]>`
          SELECT DISTINCT store_id FROM items
          UNION SELECT id FROM world WHERE kind IN ('store', 'season', 'learned', 'seen')`,
      );
      return rows.map((row) => row.store_id);
    },

    async hasItems(storeId) {
      const rows = await run((sql) => sql`SELECT 1 FROM items WHERE store_id = ${storeId} LIMIT 1`);
      return rows.length > 0;
    },

    async productIds(storeId, supplierId, limit, after) {
      const rows = await run(
        (sql) => sql<{ product_id: string }[]>`
          SELECT product_id FROM items WHERE store_id = ${storeId} AND product_id > ${after ?? ""}
            AND (${supplierId}::text IS NULL OR terms ->> 'supplierId' = ${supplierId}::text)
          ORDER BY product_id LIMIT ${limit}`,
      );
      return rows.map((row) => row.product_id);
    },

    async trades(storeId, supplierId) {
      return run(
        (sql) => sql<Trade[]>`
          SELECT DISTINCT store_id AS "storeId", terms ->> 'supplierId' AS "supplierId" FROM items
          WHERE (${storeId}::text IS NULL OR store_id = ${storeId}::text) AND terms ->> 'supplierId' IS NOT NULL
            AND (${supplierId}::text IS NULL OR terms ->> 'supplierId' = ${supplierId}::text)`,
      );
    },

    async isWaitedFor(kind, id) {
      const rows = await run((sql) =>
        kind === "store"
          ? sql`SELECT 1 FROM workflows WHERE review_status = 'pending' AND store_id = ${id} LIMIT 1`
          : sql`SELECT 1 FROM workflows JOIN items USING (store_id, product_id)
                WHERE workflows.review_status = 'pending' AND items.terms ->> 'supplierId' = ${id} LIMIT 1`,
      );
      return rows.length > 0;
    },
  };
}
