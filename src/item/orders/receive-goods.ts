/** Goods arrive and close open orders, oldest first. */
import { withoutDust } from "../../shared/without-dust.ts";
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import { receivedAtItem } from "../../workflow/orders/purchased-orders.ts";
import { isUnsent } from "../../workflow/orders/purchased-row.ts";
import type { Item } from "../item.ts";
import { type ReceiptAnswer, receiptText, replayedReceipt } from "../store/receipt-answer.ts";

export interface ReceiptCall {
  readonly schema: 1;
  readonly quantity: number;
  /** The same reference counts once; null = every call counts. */
  readonly reference: string | null;
  /** Item time of the arrival; null = now. */
  readonly receivedAt: number | null;
}

export type ReceiptResult =
  | { readonly kind: "received"; readonly answer: ReceiptAnswer }
  | { readonly kind: "reference_mismatch" };

/** Null when the item is unknown: nothing was ever decided for it, so nothing can arrive. */
export function receiveGoods(item: Item, call: ReceiptCall): ReceiptResult | null {
  const { identity, orders: book } = item.journal;
  if (identity === null) return null;
  item.expireOverdue();
  const reference = call.reference ?? crypto.randomUUID();
  const known = book.receipt(reference);
  if (known !== null) {
    if (known.quantity !== call.quantity) return { kind: "reference_mismatch" };
    return { kind: "received", answer: replayedReceipt(known.answer) };
  }
  const receivedAt = call.receivedAt ?? item.itemNow();
  const orders: OrderRow[] = [];
  const closed: { workflowId: string; quantity: number }[] = [];
  let left = call.quantity;
  for (const row of book.rows) {
    // An order that is only planned has not been sent, so none of it can have arrived.
    if (row.closedAt !== null || left <= 0 || isUnsent(row.order)) continue;
    const taken = Math.min(left, row.order.quantity);
    left = withoutDust(left - taken);
    const outstanding = withoutDust(row.order.quantity - taken);
    const version = nextLineVersion(book.rows, item.deps.now());
    closed.push({ workflowId: row.order.workflowId, quantity: taken });
    orders.push({
      ...receivedAtItem({ ...row, order: { ...row.order, quantity: outstanding } }, taken, version),
      arrivals: [...(row.arrivals ?? []), { at: receivedAt, quantity: taken }],
      ...(outstanding > 0 ? {} : { closedAt: receivedAt, closedBy: "received" as const }),
    });
  }
  const applied = withoutDust(call.quantity - left);
  const answer: ReceiptAnswer = { received: call.quantity, applied, closed, replayed: false };
  item.write({ orders, receipt: { reference, quantity: call.quantity, receivedAt, answer: receiptText(answer) } });
  return { kind: "received", answer };
}
