/**
 * An item's open order as it is kept: a stored contract of the item's SQLite. `order.quantity` is what is outstanding.
 * New fields are optional (I12).
 */
import type { ItemOrder } from "./item-order.ts";
import type { OrderPurchase } from "./order-purchase.ts";

/**
 * What closed an order; `gone`: the sender no longer counts it as on order; `replanned`: a newer decision took its
 * place.
 */
export const ORDER_ENDINGS = ["received", "cancelled", "gone", "replanned"] as const;
export type OrderEnding = (typeof ORDER_ENDINGS)[number];

/** A change of what was promised, and who reported it. */
export interface PromiseEntry {
  readonly at: number;
  readonly by: string;
  readonly reason: string | null;
  readonly quantity: number;
  readonly expectedAt: number;
  readonly reference: string | null;
}

/** An order's row. */
export interface OrderRow {
  readonly schema: 1;
  readonly ordered: number;
  readonly order: ItemOrder;
  /** Of an order made elsewhere: what was said of it, by which a repetition is known. */
  readonly said?: { readonly quantity: number; readonly expectedAt: number; readonly placedAt: number | null };
  /** What the supplier said since, newest last; the newest few. */
  readonly changes?: readonly PromiseEntry[];
  /** What came of it and when, in item time; absent in older rows. */
  readonly arrivals?: readonly { readonly at: number; readonly quantity: number }[];
  readonly closedAt: number | null;
  readonly closedBy: OrderEnding | null;
}

/** What an order is found by: its workflow, unless a part of it went to another purchase order. */
export function orderKey(order: ItemOrder): string {
  return order.key ?? order.workflowId;
}

/** How far an open order has come, as people see it. */
export function orderStatusOf({ stage, firmQuantity }: OrderPurchase): "planned" | "firm" | "sent" {
  return stage === "sent" ? "sent" : firmQuantity > 0 ? "firm" : "planned";
}
