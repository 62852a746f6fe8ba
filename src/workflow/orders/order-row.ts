/**
 * An item's open order as stored: a contract of the item's SQLite. `order.quantity` is what is outstanding.
 * New fields are optional (I12).
 */
import type { ItemOrder } from "./item-order.ts";
import type { OrderPurchase } from "./order-purchase.ts";
import type { SetBy } from "./purchase-line.ts";

/**
 * What closed an order; `gone`: the sender no longer counts it as on order; `replanned`: a newer decision replaced it.
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

/** Somebody said that they placed an order themselves that is on no purchase order. */
export interface PlacedByHand {
  /** By the service's clock. */
  readonly at: number;
  readonly by: SetBy;
  /** The order before that, for who takes it back. */
  readonly was: ItemOrder;
}

/** An order's row. */
export interface OrderRow {
  readonly schema: 1;
  readonly ordered: number;
  readonly order: ItemOrder;
  /** For an order made elsewhere: what the call said, to recognise a repetition. */
  readonly said?: { readonly quantity: number; readonly expectedAt: number; readonly placedAt: number | null };
  /** The newest few of the supplier's changes, newest last. */
  readonly changes?: readonly PromiseEntry[];
  /** What arrived and when, in item time; absent in older rows. */
  readonly arrivals?: readonly { readonly at: number; readonly quantity: number }[];
  readonly placed?: PlacedByHand | undefined;
  readonly closedAt: number | null;
  readonly closedBy: OrderEnding | null;
}

/** An order's key: its workflow, unless a part of it moved to another purchase order. */
export function orderKey(order: ItemOrder): string {
  return order.key ?? order.workflowId;
}

/** How far an open order has come, as people see it. */
export function orderStatusOf({ stage, firmQuantity }: OrderPurchase): "planned" | "firm" | "sent" {
  return stage === "sent" ? "sent" : firmQuantity > 0 ? "firm" : "planned";
}
