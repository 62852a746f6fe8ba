/**
 * An item's open order as it is kept: a stored contract of the item's SQLite. `order.quantity` is what is outstanding. New
 * fields are optional (I12).
 */
import type { ItemOrder } from "./item-order.ts";

export type OrderEnding = "received" | "cancelled" | "gone" | "replanned";

/** An order's row. */
export interface OrderRow {
  readonly schema: 1;
  readonly ordered: number;
  readonly order: ItemOrder;
  readonly closedAt: number | null;
  readonly closedBy: OrderEnding | null;
}

/** What an order is found by: its workflow, unless a part of it went to another purchase order. */
export function orderKey(order: ItemOrder): string {
  return order.key ?? order.workflowId;
}
