/**
 * A purchase order's log lines, made from its committed audit: nothing is logged that was not stored.
 */
import { orderValue } from "./order/totals.ts";
import type { PurchaseDelivery, PurchaseOrder } from "./order/types.ts";
import type { Log } from "../telemetry/log.ts";
import { logEffect } from "../telemetry/workflow-lines.ts";

export function logPurchase(log: Log, before: PurchaseOrder | null, after: PurchaseOrder): void {
  for (const { event, detail } of after.audit.slice(before?.audit.length ?? 0)) {
    const line = { ...about(after), status: after.status, value: orderValue(after), detail };
    if (event === "missed") log.warn("purchase_order_missed", line);
    else log.info(`purchase_order_${event}`, line);
  }
}

/** One attempt at a delivery, timed. The log does not contain recipients. */
export function logPurchaseAttempt(log: Log, order: PurchaseOrder, after: PurchaseDelivery, latencyMs: number): void {
  const { channel, purpose, attempts, error } = after;
  logEffect(log, after, { ...about(order), channel, purpose, attempts, latency_ms: latencyMs, error });
}

function about({ id, storeId, supplierId, revision, number }: PurchaseOrder) {
  return { po_id: id, store_id: storeId, supplier_id: supplierId, revision, number };
}
