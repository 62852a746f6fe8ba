/** Why an order takes no more edits, approvals or sendings. */
import type { SetBy } from "../../workflow/orders/purchase-line.ts";
import type { PurchaseRefusal } from "./record.ts";
import { isOpen, liveLines } from "./totals.ts";
import { PLACED, type PurchaseOrder } from "./types.ts";

/** Past its cut-off an order counts as closed, whether or not its alarm has run (I8). Null = it is open. */
export function closedRefusal(order: PurchaseOrder, now: number): PurchaseRefusal | null {
  if (order.status === "closing") return { reason: "closing" };
  if (PLACED.has(order.status)) return { reason: "already_sent" };
  if (!isOpen(order)) return { reason: "already_cancelled" };
  return now >= order.orderBy ? { reason: "past_cut_off" } : null;
}

/** What somebody does to an order, at the revision that they saw. */
export interface Act {
  readonly revision: number;
  readonly by: SetBy;
}

/** Null = the order is as they saw it, and not empty. */
export function unseenRefusal(order: PurchaseOrder, { revision }: Act): PurchaseRefusal | null {
  if (revision !== order.revision) return { reason: "revision_changed" };
  return liveLines(order).length === 0 ? { reason: "empty" } : null;
}
