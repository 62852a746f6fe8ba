/** Goods arrive, or an order is called off: what closes open orders beside a decision. */
import type { Desk } from "./item.ts";
import type { OrderRow } from "./store/order-book.ts";

export interface ReceiptCall {
  readonly schema: 1;
  readonly quantity: number;
  /** The same reference counts once; null = every call counts. */
  readonly reference: string | null;
  /** Item time of the arrival; null = now. */
  readonly receivedAt: number | null;
}

export interface ReceiptAnswer {
  readonly received: number;
  /** Units that closed open orders, oldest first; the rest was not on order here. */
  readonly applied: number;
  readonly closed: readonly { readonly workflowId: string; readonly quantity: number }[];
  readonly replayed: boolean;
}

export type ReceiptResult =
  | { readonly kind: "received"; readonly answer: ReceiptAnswer }
  | { readonly kind: "reference_mismatch" };

/** Null when the item is unknown: nothing was ever decided for it, so nothing can arrive. */
export function receiveGoods(desk: Desk, call: ReceiptCall): ReceiptResult | null {
  const { journal } = desk;
  if (journal.identity === null) return null;
  desk.expireOverdue();
  const reference = call.reference ?? crypto.randomUUID();
  const known = journal.receipt(reference);
  if (known !== null) {
    if (known.quantity !== call.quantity) return { kind: "reference_mismatch" };
    return { kind: "received", answer: { ...(JSON.parse(known.answer) as ReceiptAnswer), replayed: true } };
  }
  const receivedAt = call.receivedAt ?? desk.itemNow();
  const orders: OrderRow[] = [];
  let left = call.quantity;
  for (const row of journal.orders) {
    if (row.closedAt !== null || left <= 0) continue;
    const taken = Math.min(left, row.order.quantity);
    left -= taken;
    const outstanding = row.order.quantity - taken;
    orders.push({
      ...row,
      order: { ...row.order, quantity: outstanding },
      ...(outstanding > 0 ? {} : { closedAt: receivedAt, closedBy: "received" as const }),
    });
  }
  const closed = orders.map((row) => ({
    workflowId: row.order.workflowId,
    quantity:
      journal.openOrders.find((order) => order.workflowId === row.order.workflowId)!.quantity - row.order.quantity,
  }));
  const answer: ReceiptAnswer = { received: call.quantity, applied: call.quantity - left, closed, replayed: false };
  desk.commit({ orders, receipt: { reference, quantity: call.quantity, receivedAt, answer: JSON.stringify(answer) } });
  return { kind: "received", answer };
}

/** Cancels an order that nobody placed. False = there is no such open order. */
export function cancelOrder(desk: Desk, workflowId: string): boolean {
  const row = desk.journal.orders.find((known) => known.order.workflowId === workflowId && known.closedAt === null);
  if (row === undefined) return false;
  desk.commit({
    orders: [{ ...row, order: { ...row.order, quantity: 0 }, closedAt: desk.itemNow(), closedBy: "cancelled" }],
  });
  return true;
}
