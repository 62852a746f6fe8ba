/**
 * Which open orders count (I9): an order counts from the moment it is decided until it is received, cancelled, or
 * overdue beyond its grace. A sender who knows its own orders is believed for all but the youngest of ours.
 */
import { DAY_MS } from "./facts.ts";
import type { ItemOrder } from "./item-order.ts";
import type { Snapshot } from "./types.ts";

/** Half the lead time, a day at least: a supplier this late has more likely lost the order than delayed it. */
const GRACE_FRACTION = 0.5;

export interface CountedOrders {
  /** Orders that will arrive, with the days since each was placed. */
  readonly counted: readonly { readonly quantity: number; readonly ageDays: number }[];
  readonly total: number;
  /** Too late to count; still listed as open until somebody receives or cancels them. */
  readonly overdue: readonly ItemOrder[];
  /** Orders of ours that the sender's `on_order` no longer contains: received or cancelled without telling us. */
  readonly gone: readonly ItemOrder[];
}

export function countOrders(
  orders: readonly ItemOrder[],
  snapshot: Pick<Snapshot, "onOrder" | "leadTimeDays">,
  orderSyncMs: number,
  itemNow: number,
): CountedOrders {
  const ageDays = (order: ItemOrder): number => Math.max(0, (itemNow - order.placedAt) / DAY_MS);
  const oldestFirst = orders.toSorted((a, b) => a.placedAt - b.placedAt);
  if (snapshot.onOrder === null) {
    const overdue = oldestFirst.filter((order) => isOverdue(order, snapshot.leadTimeDays, itemNow));
    const counted = oldestFirst
      .filter((order) => !overdue.includes(order))
      .map((order) => ({ quantity: order.quantity, ageDays: ageDays(order) }));
    return { counted, total: sum(counted), overdue, gone: [] };
  }
  const young = oldestFirst.filter((order) => itemNow - order.placedAt < orderSyncMs);
  const old = oldestFirst.filter((order) => !young.includes(order));
  const { kept, gone, unknown } = matchToSender(old, snapshot.onOrder);
  const counted = [
    ...kept.map((order) => ({ quantity: order.quantity, ageDays: ageDays(order) })),
    // Orders of the sender's that we did not place: their age is unknown, half way is the least wrong guess.
    ...(unknown > 0 ? [{ quantity: unknown, ageDays: snapshot.leadTimeDays / 2 }] : []),
    ...young.map((order) => ({ quantity: order.quantity, ageDays: ageDays(order) })),
  ];
  return { counted, total: sum(counted), overdue: [], gone };
}

function isOverdue(order: ItemOrder, leadTimeDays: number, itemNow: number): boolean {
  const grace = Math.max(DAY_MS, leadTimeDays * GRACE_FRACTION * DAY_MS);
  return itemNow > order.expectedAt + grace;
}

/** Takes the newest of our older orders until the sender's total is reached; what is older than that is gone. */
function matchToSender(oldestFirst: readonly ItemOrder[], total: number) {
  const kept: ItemOrder[] = [];
  const gone: ItemOrder[] = [];
  let unknown = total;
  for (const order of oldestFirst.toReversed()) {
    const quantity = Math.min(order.quantity, unknown);
    if (quantity > 0) kept.unshift({ ...order, quantity });
    if (quantity < order.quantity) gone.unshift({ ...order, quantity: order.quantity - quantity });
    unknown -= quantity;
  }
  return { kept, gone, unknown };
}

function sum(orders: readonly { readonly quantity: number }[]): number {
  return orders.reduce((total, order) => total + order.quantity, 0);
}
