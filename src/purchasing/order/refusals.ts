/** Why an order takes no more edits, approvals or sendings. */
import type { PurchaseRefusal } from "./record.ts";
import { isOpen } from "./totals.ts";
import { PLACED, type PurchaseOrder } from "./types.ts";

/** Past its cut-off an order counts as closed, whether or not its alarm has run (I8). Null = it is open. */
export function closedRefusal(order: PurchaseOrder, now: number): PurchaseRefusal | null {
  if (order.status === "closing") return { reason: "closing" };
  if (PLACED.has(order.status)) return { reason: "already_sent" };
  if (!isOpen(order)) return { reason: "already_cancelled" };
  return now >= order.orderBy ? { reason: "past_cut_off" } : null;
}
