/** Finds an open order by what callers know it by. */
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { isOpenRow } from "../../workflow/orders/purchased-row.ts";
import type { Item } from "../item.ts";

/** An open order by the workflow behind it, its reference or its purchase order's number; null when there is none. */
export function findOpen(item: Item, name: string): OrderRow | null {
  const open = item.journal.orders.rows.filter(isOpenRow);
  return (
    open.find(({ order }) => order.workflowId === name) ??
    open.find(({ order }) => order.reference === name) ??
    open.find(({ order }) => order.purchase?.number === name) ??
    null
  );
}
