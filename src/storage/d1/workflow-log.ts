/** The decision log in D1. */
import {
  DUE_GRACE_MS,
  OBJECT_ID_LENGTH,
  sweepTurn,
  newestShelves,
  FROM_NEWEST,
  type Projection,
  type Shelved,
  type WorkflowLog,
} from "../workflow-log.ts";
import { parseWorkflow } from "../record/workflow-record.ts";
import { counterStatements } from "./counters.ts";

export function d1WorkflowLog(db: D1Database): WorkflowLog {
  return {
    async project(batch) {
      await db.batch(projectionStatements(db, batch));
    },

    async get(workflowId) {
      const row = await db
        .prepare("SELECT record FROM workflows WHERE workflow_id = ?")
        .bind(workflowId)
        .first<{ record: string }>();
      return row === null ? null : parseWorkflow(row.record, workflowId);
    },

    async overdue(now, limit) {
      const { results } = await db
        .prepare(
          `WITH late AS (
             SELECT workflow_id, expires_at AS at FROM workflows WHERE review_status = 'pending' AND expires_at <= ?1
             UNION ALL
             SELECT workflow_id, json_extract(metrics, '$.due') FROM workflows
             WHERE json_extract(metrics, '$.due') > 0 AND json_extract(metrics, '$.due') <= ?2
           ), numbered AS (
             SELECT workflow_id, min(at) AS at, row_number() OVER (ORDER BY min(at), workflow_id) - 1 AS place,
                    count(*) OVER () AS n
             FROM late GROUP BY workflow_id
           )
           SELECT workflow_id AS workflowId FROM numbered
           WHERE n <= ?3 OR (place + n - (?4 * ?3) % n) % n < ?3 ORDER BY at, workflow_id`,
        )
        .bind(now, now - DUE_GRACE_MS, limit, sweepTurn(now))
        .all<{ workflowId: string }>();
      return results.map(({ workflowId }) => ({ workflowId }));
    },

    async parked(after, limit) {
      const { results } = await db
        .prepare(
          `SELECT workflow_id FROM workflows WHERE json_extract(metrics, '$.parked') > 0 AND workflow_id > ?
           ORDER BY workflow_id LIMIT ?`,
        )
        .bind(after, limit)
        .all<{ workflow_id: string }>();
      return results.map((row) => row.workflow_id);
    },

    async toPlace(since, stores, after, limit) {
      const { results } = await db
        .prepare(
          `SELECT workflow_id, record FROM workflows
           WHERE json_extract(metrics, '$.toPlace') > 0 AND json_extract(metrics, '$.toPlace') >= ?1
             AND json_extract(metrics, '$.toPlace') <= ?4
             AND (json_extract(metrics, '$.toPlace') < ?4 OR workflow_id < ?5)
             AND (?2 IS NULL OR store_id IN (SELECT value FROM json_each(?2)))
           ORDER BY json_extract(metrics, '$.toPlace') DESC, workflow_id DESC LIMIT ?3`,
        )
        .bind(since, stores === null ? null : JSON.stringify(stores), limit, ...(after ?? FROM_NEWEST))
        .all<{ workflow_id: string; record: string }>();
      return results.map((row) => parseWorkflow(row.record, row.workflow_id));
    },

    async registerAgain() {
      await db
        .prepare(
          `INSERT INTO items (store_id, product_id, object_id)
           SELECT DISTINCT store_id, product_id, substr(workflow_id, 1, ${OBJECT_ID_LENGTH}) FROM workflows WHERE true
           ON CONFLICT DO NOTHING`,
        )
        .run();
    },

    async registered(after, limit) {
      const { results } = await db
        .prepare(
          `SELECT store_id AS storeId, product_id AS productId, object_id AS objectId FROM items
           WHERE (store_id, product_id) > (?1, ?2) ORDER BY store_id, product_id LIMIT ?3`,
        )
        .bind(after?.storeId ?? "", after?.productId ?? "", limit)
        .all<{ storeId: string; productId: string; objectId: string }>();
      return results;
    },
  };
}

/** One D1 batch for many items' workflows: the rows, and the registry entry of an item's first workflow. */
function projectionStatements(db: D1Database, rows: readonly Projection[]): D1PreparedStatement[] {
  return [
    // The counters read the rows that the upsert is about to replace, so they come before it.
    ...counterStatements(
      db,
      rows.map(({ id, version, product, metrics }) => ({ id, version, product_id: product, metrics })),
    ),
    db
      .prepare(
        `INSERT INTO workflows (workflow_id, version, store_id, product_id, status, review_status, expires_at,
           decided_at, created_at, record, metrics, listed)
         SELECT value ->> 'id', value ->> 'version', value ->> 'store', value ->> 'product', value ->> 'status',
                value ->> 'review', value ->> 'expires', value ->> 'decided', value ->> 'created', value ->> 'record',
                  value ->> 'metrics', value ->> 'listed'
         FROM json_each(?1) WHERE true
         ON CONFLICT DO UPDATE SET version = excluded.version, status = excluded.status,
           review_status = excluded.review_status,
           expires_at = excluded.expires_at, decided_at = excluded.decided_at, record = excluded.record,
             metrics = excluded.metrics, listed = excluded.listed
         WHERE excluded.version > workflows.version`,
      )
      .bind(JSON.stringify(rows)),
    ...registryStatements(
      db,
      rows.filter(({ seq }) => seq === 1),
    ),
    ...shelfStatements(db, newestShelves(rows)),
    ...outageStatements(
      db,
      newestShelves(rows).filter(({ outages }) => outages !== undefined),
    ),
  ];
}

/**
 * Writes the rows of items whose known count is too old, and of those sold out too early by the known count or the new
 * one, if the days differ. An item of the previous release says no `renewBefore`.
 */
function shelfStatements(db: D1Database, rows: readonly Shelved[]): D1PreparedStatement[] {
  if (rows.length === 0) return [];
  return [
    db
      .prepare(
        `UPDATE items SET counted_at = shelf.at, sold_out_on = shelf.sold_out, arrives_on = shelf.arrives
         FROM (SELECT value ->> 0 AS store, value ->> 1 AS product, value ->> 2 AS at, value ->> 3 AS sold_out,
           value ->> 4 AS arrives, value ->> 5 AS renew FROM json_each(?1)) AS shelf
         WHERE items.store_id = shelf.store AND items.product_id = shelf.product
           AND (items.counted_at IS NULL OR shelf.at >= items.counted_at)
           AND (items.counted_at, items.sold_out_on, items.arrives_on) IS NOT (shelf.at, shelf.sold_out, shelf.arrives)
           AND (items.counted_at IS NULL OR shelf.renew IS NULL OR items.counted_at < shelf.renew
             OR ((items.sold_out_on < items.arrives_on OR shelf.sold_out < shelf.arrives)
               AND (items.sold_out_on, items.arrives_on) IS NOT (shelf.sold_out, shelf.arrives)))`,
      )
      .bind(
        JSON.stringify(
          rows.map(({ store, product, shelf }) => [
            store,
            product,
            shelf.countedAt,
            shelf.soldOutOn,
            shelf.arrivesOn,
            shelf.renewBefore,
          ]),
        ),
      ),
  ];
}

/** When an outage began or ended: what a store learns leaves those days out. Most batches carry none. */
function outageStatements(db: D1Database, rows: readonly Shelved[]): D1PreparedStatement[] {
  if (rows.length === 0) return [];
  return [
    db
      .prepare(
        `UPDATE items SET outages = known.outages
         FROM (
           SELECT value ->> 0 AS store, value ->> 1 AS product, value ->> 2 AS at, value ->> 3 AS outages
           FROM json_each(?1)
         ) AS known
         WHERE items.store_id = known.store AND items.product_id = known.product
           AND (items.counted_at IS NULL OR known.at >= items.counted_at) AND items.outages IS NOT known.outages`,
      )
      .bind(
        JSON.stringify(rows.map(({ store, product, shelf, outages }) => [store, product, shelf.countedAt, outages])),
      ),
  ];
}

/** An item is registered with its first workflow, so that most batches carry none. */
function registryStatements(db: D1Database, firsts: readonly Projection[]): D1PreparedStatement[] {
  if (firsts.length === 0) return [];
  return [
    db
      .prepare(
        `INSERT INTO items (store_id, product_id, object_id)
         SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1) WHERE true
         ON CONFLICT DO NOTHING`,
      )
      .bind(JSON.stringify(firsts.map(({ store, product, object }) => [store, product, object]))),
  ];
}
