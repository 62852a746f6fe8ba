/** A receipt is taken back: what it closed is open again, unless others brought more than was on order. */
import { withoutDust } from "../../shared/without-dust.ts";
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import { receivedAtItem, takenBackAtItem } from "../../workflow/orders/purchased-orders.ts";
import type { Item } from "../item.ts";
import { replayedReceipt } from "../store/receipt-answer.ts";
import { isReceiptOf, receiptOfPurchase, referenceAt } from "../purchase/purchase-receipt.ts";
import type { ReceiptRow } from "../store/order-book.ts";
import { surplusOf, withSurplus } from "./surplus-receipts.ts";
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
    // An order that has since been cancelled or forgotten is not reopened; one that the supplier ended as it is, is.
    const isShortened = row?.closedBy === "cancelled" && row.order.purchase?.refused === undefined;
    const mayReopen = row?.closedBy === "received" || (isShortened && row.order.purchase !== undefined);
    if (row === undefined || (row.closedAt !== null && !mayReopen)) return [];
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
  const others = book.receipts().filter((each) => each.reference !== receipt.reference);
  const counted = withSurplus(orders, others, version);
  item.write({
    orders: followedByPurchase(book.rows, counted.orders, receipt, version),
    droppedReceipt: receipt,
    recountedReceipts: counted.recounted,
  });
  return true;
}

/**
 * The purchase order must know which of its receipts was taken back. Units beyond its open orders closed none of them,
 * so the newest one carries both.
 */
function followedByPurchase(
  rows: readonly OrderRow[],
  reopened: readonly OrderRow[],
  receipt: ReceiptRow,
  version: number,
): readonly OrderRow[] {
  const { reference } = receipt;
  const newest = withChanges(rows, reopened).findLast((row) => isReceiptOf(row.order.purchase?.poId, reference));
  const poId = newest?.order.purchase?.poId;
  if (newest === undefined || poId === undefined) return reopened;
  const received = receivedAtItem(newest, -surplusOf(receipt), version);
  return withChanges(reopened, [takenBackAtItem(received, referenceAt(poId, reference), version)]);
}
