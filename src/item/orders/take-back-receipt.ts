/** A receipt is taken back: what it closed is open again. */
import { withoutDust } from "../../shared/without-dust.ts";
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import { receivedAtItem, takenBackAtItem } from "../../workflow/orders/purchased-orders.ts";
import type { Item } from "../item.ts";
import { replayedReceipt } from "../store/receipt-answer.ts";
import { isReceiptOf, receiptOfPurchase, referenceAt } from "../purchase/purchase-receipt.ts";
import type { ReceiptRow } from "../store/order-book.ts";
import { withChanges } from "../../workflow/orders/purchased-row.ts";

/** False = there is no such receipt. */
export function takeBackReceipt(item: Item, reference: string): boolean {
  const { orders: book } = item.journal;
  const receipt = book.receipt(reference) ?? receiptOfPurchase(book, reference);
  if (receipt === null) return false;
  item.expireOverdue();
  const { closed } = replayedReceipt(receipt.answer);
  const version = nextLineVersion(book.rows, item.deps.now());
  const rest = new Set(book.rows);
  const orders = closed.flatMap(({ workflowId, quantity }): OrderRow[] => {
    const arrivalIn = (row: OrderRow): number =>
      (row.arrivals ?? []).findIndex(({ at, quantity: came }) => at === receipt.receivedAt && came === quantity);
    // A decision has several orders once a part of its units moved to another purchase order.
    const own = [...rest].filter(({ order }) => order.workflowId === workflowId);
    const row = own.find((each) => arrivalIn(each) >= 0) ?? own[0];
    // An order that has since been cancelled or forgotten is not reopened.
    if (row === undefined || (row.closedAt !== null && row.closedBy !== "received")) return [];
    rest.delete(row);
    const arrivals = row.arrivals ?? [];
    const gone = arrivalIn(row);
    const open: OrderRow = {
      ...row,
      order: { ...row.order, quantity: withoutDust(row.order.quantity + quantity) },
      arrivals: arrivals.filter((_, index) => index !== gone),
      closedAt: null,
      closedBy: null,
    };
    return [receivedAtItem(open, -quantity, version)];
  });
  item.write({ orders: followedByPurchase(book.rows, orders, receipt, version), droppedReceipt: receipt });
  return true;
}

/**
 * The purchase order must know which of its receipts was taken back. Units beyond its open orders closed none of them,
 * so the newest one carries both.
 */
function followedByPurchase(
  rows: readonly OrderRow[],
  reopened: readonly OrderRow[],
  { reference, quantity, answer }: ReceiptRow,
  version: number,
): readonly OrderRow[] {
  const newest = withChanges(rows, reopened).findLast((row) => isReceiptOf(row.order.purchase?.poId, reference));
  const poId = newest?.order.purchase?.poId;
  if (newest === undefined || poId === undefined) return reopened;
  const closed = replayedReceipt(answer).closed.reduce((sum, each) => sum + each.quantity, 0);
  const surplus = Math.max(0, withoutDust(quantity - closed));
  const received = receivedAtItem(newest, -surplus, version);
  return withChanges(reopened, [takenBackAtItem(received, referenceAt(poId, reference), version)]);
}
