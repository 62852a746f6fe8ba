/** Purchase orders in PostgreSQL. */
import { OVER, UNDECIDED } from "../../purchasing/order/types.ts";
import { CLOSING_GRACE_MS, countsOf, parsePurchase, purchaseRow, type PurchaseLog } from "../purchase-log.ts";
import type { Run } from "./client.ts";
import { andOfStores } from "./stores-condition.ts";
import { lockProjections } from "./writers.ts";

/**
 * Runs before the upsert: counts orders that are sent or ended now and were not in the stored row. Older versions count
 * nothing.
 */
const COUNT = `
  INSERT INTO counters (series, value)
  SELECT 'purchase_order|' || what, count(*) FROM (
    SELECT 'sent' AS what FROM json_array_elements($1::text::json) AS f(value)
      LEFT JOIN purchase_orders AS stored ON stored.po_id = f.value ->> 'id'
    WHERE f.value ->> 'sent' IS NOT NULL AND stored.sent_at IS NULL
      AND (f.value ->> 'version')::bigint > coalesce(stored.version, -1)
    UNION ALL
    SELECT f.value ->> 'ended' AS what FROM json_array_elements($1::text::json) AS f(value)
      LEFT JOIN purchase_orders AS stored ON stored.po_id = f.value ->> 'id'
    WHERE f.value ->> 'ended' IS NOT NULL AND stored.ended IS NULL
      AND (f.value ->> 'version')::bigint > coalesce(stored.version, -1)
  ) AS happened GROUP BY what ORDER BY what COLLATE "C"
  ON CONFLICT (series) DO UPDATE SET value = counters.value + excluded.value`;

const UPSERT = `
  INSERT INTO purchase_orders (po_id, version, store_id, supplier_id, status, order_by, sent_at, ended, parked,
    updated_at, record)
  SELECT value ->> 'id', (value ->> 'version')::bigint, value ->> 'store', value ->> 'supplier', value ->> 'status',
    (value ->> 'due')::bigint, (value ->> 'sent')::bigint, value ->> 'ended', (value ->> 'parked')::bigint,
    (value ->> 'updated')::bigint, (value ->> 'record')::json
  FROM json_array_elements($1::text::json) AS projected(value) ORDER BY 1
  ON CONFLICT (po_id) DO UPDATE SET version = excluded.version, status = excluded.status, order_by = excluded.order_by,
    sent_at = excluded.sent_at, ended = excluded.ended, parked = excluded.parked, updated_at = excluded.updated_at,
      record = excluded.record
  WHERE excluded.version > purchase_orders.version`;

export function postgresPurchaseLog(run: Run): PurchaseLog {
  return {
    async project(orders) {
      const json = JSON.stringify(orders.map(purchaseRow));
      await run((client) =>
        client.begin(async (sql) => {
          await lockProjections(sql);
          for (const statement of [COUNT, UPSERT]) await sql.unsafe(statement, [json]);
        }),
      );
    },

    async get(poId) {
      const [row] = await run(
        (sql) => sql<{ record: string }[]>`SELECT record::text AS record FROM purchase_orders WHERE po_id = ${poId}`,
      );
      return row === undefined ? null : parsePurchase(row.record);
    },

    async list({ statuses, storeId, stores, supplierId, dueBy }, after, limit) {
      const rows = await run(
        (sql) => sql<{ record: string }[]>`
          SELECT record::text AS record FROM purchase_orders
          WHERE (order_by, po_id) > (${after?.orderBy ?? -1}, ${after?.poId ?? ""})
            ${dueBy === null ? sql`` : sql`AND order_by <= ${dueBy}`}
            ${statuses === null ? sql`` : sql`AND status IN ${sql([...statuses])}`}
            ${storeId === null ? sql`` : sql`AND store_id = ${storeId}`}
            ${andOfStores(sql, stores)}
            ${supplierId === null ? sql`` : sql`AND supplier_id = ${supplierId}`}
            AND (status NOT IN ('draft', 'awaiting_approval', 'approved')
              OR EXISTS (SELECT 1 FROM json_array_elements(record -> 'lines') AS line
                WHERE (line ->> 'quantity')::float8 > 0))
          ORDER BY order_by, po_id LIMIT ${limit}`,
      );
      return rows.map(({ record }) => parsePurchase(record));
    },

    async overdue(before, limit) {
      const rows = await run(
        (sql) => sql<{ po_id: string }[]>`
          SELECT po_id FROM purchase_orders WHERE order_by <= ${before} AND status IN ${sql([...UNDECIDED])}
          ORDER BY order_by LIMIT ${limit}`,
      );
      return rows.map((row) => row.po_id);
    },

    async productsOf(storeId, supplierId, limit) {
      const rows = await run(
        (sql) => sql<{ product_id: string }[]>`
          SELECT product_id FROM items WHERE store_id = ${storeId} AND terms ->> 'supplierId' = ${supplierId}
          ORDER BY product_id LIMIT ${limit}`,
      );
      return rows.map((row) => row.product_id);
    },

    async counts(now) {
      const rows = await run(
        (sql) => sql<{ status: string; orders: number; parked: number; due: number }[]>`
          SELECT status, count(*) AS orders, coalesce(sum(parked), 0)::bigint AS parked,
            count(*) FILTER (WHERE order_by <= ${now - CLOSING_GRACE_MS}) AS due
          FROM purchase_orders GROUP BY status`,
      );
      return countsOf(rows);
    },

    async aged(cutoff, limit) {
      const rows = await run(
        (sql) => sql<{ po_id: string }[]>`
          SELECT po_id FROM purchase_orders WHERE updated_at < ${cutoff} AND status IN ${sql([...OVER])}
          ORDER BY order_by LIMIT ${limit}`,
      );
      return rows.map((row) => row.po_id);
    },

    async remove(poIds) {
      if (poIds.length === 0) return;
      await run((sql) => sql`DELETE FROM purchase_orders WHERE po_id IN ${sql([...poIds])}`);
    },
  };
}
