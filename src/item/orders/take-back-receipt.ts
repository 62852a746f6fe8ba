/** A receipt is taken back: what it closed is open again, unless others brought more than was on order. */
import { withoutDust } from "../../shared/without-dust.ts";
import { orderKey, type OrderRow } from "../../workflow/orders/order-row.ts";
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import { receivedAtItem, takenBackAtItem } from "../../workflow/orders/purchased-orders.ts";
import type { Item } from "../item.ts";
import { replayedReceipt } from "../store/receipt-answer.ts";
import { isBookedAtPurchase, isReceiptOf, receiptOfPurchase, referenceAt } from "../purchase/purchase-receipt.ts";
import type { ReceiptRow } from "../store/order-book.ts";
import { surplusOf, withSurplus } from "./surplus-receipts.ts";
import { sum, withChanges } from "../../workflow/orders/purchased-row.ts";

/** False = there is no such receipt. */
export function takeBackReceipt(item: Item, reference: string): boolean {
  const { orders: book } = item.journal;
  const receipt = book.receipt(reference) ?? receiptOfPurchase(book, reference);
  if (receipt === null) return false;
  item.expireOverdue();
  const { closed } = replayedReceipt(receipt.answer);
  const version = nextLineVersion(book.rows, item.deps.now());
  const rest = new Set(book.rows);
  const reopened: OrderRow[] = [];
  const ended: OrderRow[] = [];
  for (const { workflowId, quantity } of closed) {
    const arrivalIn = (row: OrderRow): number =>
      (row.arrivals ?? []).findIndex(({ at, quantity: came }) => at === receipt.receivedAt && came === quantity);
    // A decision has several orders once a part of its units moved to another purchase order.
    const own = [...rest].filter(({ order }) => order.workflowId === workflowId);
    const row = own.find((each) => arrivalIn(each) >= 0) ?? own[0];
    const { purchase } = row?.order ?? {};
    const isShortened = purchase !== undefined && row?.closedBy === "cancelled";
    // One that has since been cancelled is not reopened; one whose purchase order waits for it is. So is one that a
    // sender no longer listed: the list was about what had not come.
    const isAwaited = row?.closedBy === "received" || row?.closedBy === "gone" || isShortened;
    if (row === undefined || (row.closedAt !== null && !isAwaited)) continue;
    rest.delete(row);
    const gone = arrivalIn(row);
    const without = { ...row, arrivals: (row.arrivals ?? []).filter((_, index) => index !== gone) };
    if (purchase?.isOver === true)
      ended.push(receivedAtItem({ ...without, ordered: withoutDust(row.ordered - quantity) }, -quantity, version));
    else {
      const order = { ...row.order, quantity: withoutDust(row.order.quantity + quantity) };
      reopened.push(receivedAtItem({ ...without, order, closedAt: null, closedBy: null }, -quantity, version));
    }
  }
  // What came through a purchase order counts there before what came to the item for whatever is on order.
  const others = [false, true].flatMap((isItems) =>
    book
      .receipts()
      .filter((each) => each.reference !== receipt.reference && isBookedAtPurchase(each.reference) !== isItems),
  );
  const counted = withSurplus(withinOrdered(book.rows, reopened), others, version);
  item.write({
    orders: followedByPurchase(book.rows, [...counted.orders, ...ended], receipt, version),
    droppedReceipt: receipt,
    recountedReceipts: counted.recounted,
  });
  return true;
}

/** No more of a purchase order is open than it orders beyond what came: its supplier may have confirmed less since. */
function withinOrdered(rows: readonly OrderRow[], reopened: readonly OrderRow[]): readonly OrderRow[] {
  const left = new Map<string, number>();
  for (const { order, ordered, arrivals = [] } of withChanges(rows, reopened)) {
    if (order.purchase?.stage !== "sent") continue;
    const { poId } = order.purchase;
    left.set(poId, withoutDust((left.get(poId) ?? 0) + ordered - sum(arrivals.map(({ quantity }) => quantity))));
  }
  return reopened.map((row) => {
    const { poId } = row.order.purchase ?? {};
    const most = poId === undefined ? undefined : left.get(poId);
    if (most === undefined) return row;
    const open = Math.max(0, Math.min(row.order.quantity, most));
    left.set(poId!, withoutDust(most - open));
    const { closedAt, closedBy } = open > 0 ? row : rows.find(({ order }) => orderKey(order) === orderKey(row.order))!;
    return { ...row, order: { ...row.order, quantity: open }, closedAt, closedBy };
  });
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
