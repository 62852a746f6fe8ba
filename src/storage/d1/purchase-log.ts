/** Purchase orders in D1. */
import { OVER, UNDECIDED } from "../../purchasing/order/types.ts";
import { CLOSING_GRACE_MS, countsOf, parsePurchase, purchaseRow, type PurchaseLog } from "../purchase-log.ts";

/**
 * Runs before the upsert: counts orders that are sent or ended now and were not in the stored row. Older versions count
 * nothing.
 */
const COUNT = `
  INSERT INTO counters (series, value)
  SELECT 'purchase_order|' || what, count(*) FROM (
    SELECT 'sent' AS what FROM json_each(?1) AS f LEFT JOIN purchase_orders AS stored ON stored.po_id = f.value ->> 'id'
    WHERE f.value ->> 'sent' IS NOT NULL AND stored.sent_at IS NULL
      AND f.value ->> 'version' > ifnull(stored.version, -1)
    UNION ALL
    SELECT f.value ->> 'ended' AS what FROM json_each(?1) AS f
      LEFT JOIN purchase_orders AS stored ON stored.po_id = f.value ->> 'id'
    WHERE f.value ->> 'ended' IS NOT NULL AND stored.ended IS NULL
      AND f.value ->> 'version' > ifnull(stored.version, -1)
  ) WHERE true GROUP BY what
  ON CONFLICT (series) DO UPDATE SET value = value + excluded.value`;

const UPSERT = `
  INSERT INTO purchase_orders (po_id, version, store_id, supplier_id, status, order_by, sent_at, ended, parked,
    updated_at, record)
  SELECT value ->> 'id', value ->> 'version', value ->> 'store', value ->> 'supplier', value ->> 'status',
    value ->> 'due',
    value ->> 'sent', value ->> 'ended', value ->> 'parked', value ->> 'updated', value ->> 'record'
  FROM json_each(?1) WHERE true
  ON CONFLICT DO UPDATE SET version = excluded.version, status = excluded.status, order_by = excluded.order_by,
    sent_at = excluded.sent_at, ended = excluded.ended, parked = excluded.parked, updated_at = excluded.updated_at,
      record = excluded.record
  WHERE excluded.version > purchase_orders.version`;

export function d1PurchaseLog(db: D1Database): PurchaseLog {
  return {
    async project(orders) {
      const json = JSON.stringify(orders.map(purchaseRow));
      await db.batch([COUNT, UPSERT].map((sql) => db.prepare(sql).bind(json)));
    },

    async get(poId) {
      const record = await db
        .prepare("SELECT record FROM purchase_orders WHERE po_id = ?")
        .bind(poId)
        .first<string>("record");
      return record === null ? null : parsePurchase(record);
    },

    async list({ statuses, storeId, stores, supplierId, dueBy }, after, limit) {
      const { results } = await db
        .prepare(
          `SELECT record FROM purchase_orders
           WHERE (order_by, po_id) > (?1, ?2) AND order_by <= ?3
             AND (?4 IS NULL OR status IN (SELECT value FROM json_each(?4)))
             AND (?5 IS NULL OR store_id = ?5) AND (?6 IS NULL OR supplier_id = ?6)
             AND (?8 IS NULL OR store_id IN (SELECT value FROM json_each(?8)))
             AND (status NOT IN ('draft', 'awaiting_approval', 'approved')
               OR EXISTS (SELECT 1 FROM json_each(record, '$.lines') WHERE value ->> 'quantity' > 0))
           ORDER BY order_by, po_id LIMIT ?7`,
        )
        .bind(
          after?.orderBy ?? -1,
          after?.poId ?? "",
          dueBy ?? Number.MAX_SAFE_INTEGER,
          statuses === null ? null : JSON.stringify(statuses),
          storeId,
          supplierId,
          limit,
          stores === null ? null : JSON.stringify(stores),
        )
        .all<{ record: string }>();
      return results.map(({ record }) => parsePurchase(record));
    },

    async overdue(before, limit) {
      const { results } = await db
        .prepare(
          `SELECT po_id FROM purchase_orders WHERE order_by <= ?1 AND status IN (SELECT value FROM json_each(?2))
           ORDER BY order_by LIMIT ?3`,
        )
        .bind(before, JSON.stringify(UNDECIDED), limit)
        .all<{ po_id: string }>();
      return results.map((row) => row.po_id);
    },

    async productsOf(storeId, supplierId, limit) {
      const { results } = await db
        .prepare(
          "SELECT product_id FROM items WHERE store_id = ?1 AND terms ->> 'supplierId' = ?2 " +
            "ORDER BY product_id LIMIT ?3",
        )
        .bind(storeId, supplierId, limit)
        .all<{ product_id: string }>();
      return results.map((row) => row.product_id);
    },

    async counts(now) {
      const { results } = await db
        .prepare(
          `SELECT status, count(*) AS orders, total(parked) AS parked, count(*) FILTER (WHERE order_by <= ?1) AS due
           FROM purchase_orders GROUP BY status`,
        )
        .bind(now - CLOSING_GRACE_MS)
        .all<{ status: string; orders: number; parked: number; due: number }>();
      return countsOf(results);
    },

    async aged(cutoff, limit) {
      const { results } = await db
        .prepare(
          `SELECT po_id FROM purchase_orders WHERE updated_at < ?1 AND status IN (SELECT value FROM json_each(?2))
           ORDER BY order_by LIMIT ?3`,
        )
        .bind(cutoff, JSON.stringify(OVER), limit)
        .all<{ po_id: string }>();
      return results.map((row) => row.po_id);
    },

    async remove(poIds) {
      await db
        .prepare("DELETE FROM purchase_orders WHERE po_id IN (SELECT value FROM json_each(?))")
        .bind(JSON.stringify(poIds))
        .run();
    },
  };
}
