/** The decision log in PostgreSQL. */
import {
  DUE_GRACE_MS,
  FROM_NEWEST,
  OBJECT_ID_LENGTH,
  sweepTurn,
  newestShelves,
  type WorkflowLog,
} from "../workflow-log.ts";
import { parseWorkflow } from "../record/workflow-record.ts";
import type { Run } from "./client.ts";
import { raiseCounters } from "./counters.ts";
import { andOfStores } from "./stores-condition.ts";
import { lockProjections } from "./writers.ts";

export function postgresWorkflowLog(run: Run): WorkflowLog {
  return {
    async project(rows) {
      const json = JSON.stringify(rows);
      await run((client) =>
        client.begin(async (sql) => {
          await lockProjections(sql);
          // The counters read the rows that the upsert is about to replace, so they come before it.
          await raiseCounters(
            sql,
            rows.map(({ id, version, product, metrics }) => ({ id, version, product_id: product, metrics })),
          );
          await sql`
            INSERT INTO workflows (workflow_id, version, store_id, product_id, status, review_status, expires_at,
              decided_at, created_at, record, metrics, listed)
            SELECT DISTINCT ON (value ->> 'id') value ->> 'id', (value ->> 'version')::bigint, value ->> 'store',
              value ->> 'product', value ->> 'status',
              value ->> 'review', (value ->> 'expires')::bigint, (value ->> 'decided')::bigint,
                (value ->> 'created')::bigint,
              (value ->> 'record')::json, value -> 'metrics', value ->> 'listed'
            FROM json_array_elements(${json}::text::json) AS projected(value)
            ORDER BY value ->> 'id', (value ->> 'version')::bigint DESC
            ON CONFLICT (workflow_id) DO UPDATE SET version = excluded.version, status = excluded.status,
              review_status = excluded.review_status,
              expires_at = excluded.expires_at, decided_at = excluded.decided_at, record = excluded.record,
                metrics = excluded.metrics, listed = excluded.listed
            WHERE excluded.version > workflows.version`;
          await sql`
            INSERT INTO items (store_id, product_id, object_id)
            SELECT value ->> 'store', value ->> 'product', value ->> 'object'
            FROM json_array_elements(${json}::text::json) AS projected(value) WHERE (value ->> 'seq')::bigint = 1
            ORDER BY 1, 2
            ON CONFLICT DO NOTHING`;
          const shelves = newestShelves(rows).map(({ store, product, shelf }) => ({ store, product, ...shelf }));
          await sql`
            UPDATE items SET counted_at = shelf."countedAt", sold_out_on = shelf."soldOutOn",
              arrives_on = shelf."arrivesOn"
            FROM json_to_recordset(${JSON.stringify(shelves)}::text::json)
              AS shelf(store text, product text, "countedAt" bigint, "soldOutOn" bigint, "arrivesOn" bigint,
                "renewBefore" bigint)
            WHERE items.store_id = shelf.store AND items.product_id = shelf.product
              AND (items.counted_at IS NULL OR shelf."countedAt" >= items.counted_at)
              AND (items.counted_at, items.sold_out_on, items.arrives_on)
                IS DISTINCT FROM (shelf."countedAt", shelf."soldOutOn", shelf."arrivesOn")
              AND (items.counted_at IS NULL OR shelf."renewBefore" IS NULL OR items.counted_at < shelf."renewBefore"
                OR ((items.sold_out_on < items.arrives_on OR shelf."soldOutOn" < shelf."arrivesOn")
                  AND (items.sold_out_on, items.arrives_on) IS DISTINCT FROM (shelf."soldOutOn", shelf."arrivesOn")))`;
          const outages = newestShelves(rows).flatMap(({ store, product, shelf, outages: known }) =>
            known === undefined ? [] : [{ store, product, countedAt: shelf.countedAt, outages: known }],
          );
          if (outages.length > 0)
            await sql`
              UPDATE items SET outages = known.outages
              FROM json_to_recordset(${JSON.stringify(outages)}::text::json)
                AS known(store text, product text, "countedAt" bigint, outages text)
              WHERE items.store_id = known.store AND items.product_id = known.product
                AND (items.counted_at IS NULL OR known."countedAt" >= items.counted_at)
                AND items.outages IS DISTINCT FROM known.outages`;
        }),
      );
    },

    async get(workflowId) {
      const [row] = await run(
        (sql) =>
          sql<{ record: string }[]>`SELECT record::text AS record FROM workflows WHERE workflow_id = ${workflowId}`,
      );
      return row === undefined ? null : parseWorkflow(row.record, workflowId);
    },

    async overdue(now, limit) {
      const rows = await run(
        (sql) => sql<{ workflowId: string }[]>`
          WITH late AS (
            SELECT workflow_id, expires_at AS at FROM workflows WHERE review_status = 'pending' AND expires_at <= ${now}
            UNION ALL
            SELECT workflow_id, (metrics ->> 'due')::bigint FROM workflows
            WHERE (metrics ->> 'due')::bigint > 0 AND (metrics ->> 'due')::bigint <= ${now - DUE_GRACE_MS}
          ), numbered AS (
            SELECT workflow_id, min(at) AS at, row_number() OVER (ORDER BY min(at), workflow_id) - 1 AS place,
                   count(*) OVER () AS n
            FROM late GROUP BY workflow_id
          )
          SELECT workflow_id AS "workflowId" FROM numbered
          WHERE n <= ${limit}::bigint OR (place + n - (${sweepTurn(now)}::bigint * ${limit}::bigint) % n) % n <
            ${limit}::bigint
          ORDER BY at, workflow_id`,
      );
      return rows.map(({ workflowId }) => ({ workflowId }));
    },

    async parked(after, limit) {
      const rows = await run(
        (sql) => sql<{ workflow_id: string }[]>`
          SELECT workflow_id FROM workflows WHERE (metrics ->> 'parked')::bigint > 0 AND workflow_id > ${after}
          ORDER BY workflow_id LIMIT ${limit}`,
      );
      return rows.map((row) => row.workflow_id);
    },

    async toPlace(since, stores, after, limit) {
      const [at, id] = after ?? FROM_NEWEST;
      const rows = await run(
        (sql) => sql<{ workflow_id: string; record: string }[]>`
          SELECT workflow_id, record::text AS record FROM workflows
          WHERE (metrics ->> 'toPlace')::bigint > 0 AND (metrics ->> 'toPlace')::bigint >= ${since}
            AND (metrics ->> 'toPlace')::bigint <= ${at}
            AND ((metrics ->> 'toPlace')::bigint < ${at} OR workflow_id < ${id})
            ${andOfStores(sql, stores)}
          ORDER BY (metrics ->> 'toPlace')::bigint DESC, workflow_id DESC LIMIT ${limit}`,
      );
      return rows.map((row) => parseWorkflow(row.record, row.workflow_id));
    },

    async registerAgain() {
      await run(
        (sql) => sql`
          INSERT INTO items (store_id, product_id, object_id)
          SELECT DISTINCT store_id, product_id, left(workflow_id, ${OBJECT_ID_LENGTH}) FROM workflows
          ON CONFLICT DO NOTHING`,
      );
    },

    async registered(after, limit) {
      return run(
        (sql) => sql<{ storeId: string; productId: string; objectId: string }[]>`
          SELECT store_id AS "storeId", product_id AS "productId", object_id AS "objectId" FROM items
          WHERE (store_id, product_id) > (${after?.storeId ?? ""}, ${after?.productId ?? ""})
          ORDER BY store_id, product_id LIMIT ${limit}`,
      );
    },
  };
}
