/** When the object next has something to do: plain data in, one moment out. */
import { askAt } from "./order/approval.ts";
import { isLive, isOpen } from "./order/totals.ts";
import type { PurchaseOrder } from "./order/types.ts";

/** Lists show a change within this time; a burst of lines makes one projection. */
const PROJECT_AFTER_MS = 1_000;
/** Items are called right after the commit; the alarm covers a crash in between. */
const BACKSTOP_MS = 5_000;

/** True when something about the order is left to do, now or later. */
export function isActive(order: PurchaseOrder, projected: number): boolean {
  return (
    isLive(order) ||
    order.lines.some((line) => line.tell.length > 0) ||
    order.deliveries.some((delivery) => delivery.status === "pending") ||
    projected < order.version
  );
}

/** Null = nothing is due. Commands and projections are retried at `retryAt` after a failure. */
export function nextDue(order: PurchaseOrder, projected: number, retryAt: number | null, now: number): number | null {
  const times: number[] = order.deliveries
    .filter((delivery) => delivery.status === "pending")
    .map((delivery) => delivery.dueAt);
  if (isOpen(order)) {
    times.push(order.orderBy);
    // After that moment every change of the order checks by itself whether to ask.
    const toAsk = askAt(order);
    if (order.askedAt === null && order.status !== "approved" && toAsk > now) times.push(toAsk);
    if (order.status === "awaiting_approval" && order.remindAt !== null) times.push(order.remindAt);
  }
  if (order.status === "closing" || order.lines.some((line) => line.tell.length > 0)) {
    times.push(retryAt ?? now + BACKSTOP_MS);
  }
  if (projected < order.version) times.push(retryAt ?? now + PROJECT_AFTER_MS);
  return times.length === 0 ? null : Math.min(...times);
}
