/** Receipts that brought more than was on order: the rest closes what is open again once another one is taken back. */
import { withoutDust } from "../../shared/without-dust.ts";
import { orderKey, type OrderRow } from "../../workflow/orders/order-row.ts";
import { sum } from "../../workflow/orders/purchased-row.ts";
import { receivedAtItem } from "../../workflow/orders/purchased-orders.ts";
import { isBookedAtPurchase, isReceiptOf } from "../purchase/purchase-receipt.ts";
import { receiptText, replayedReceipt, type ReceiptAnswer } from "../store/receipt-answer.ts";
import type { ReceiptRow } from "../store/order-book.ts";

type Closed = ReceiptAnswer["closed"];

/** Units of a receipt that closed no order. */
export function surplusOf({ quantity, answer }: ReceiptRow): number {
  const { closed } = replayedReceipt(answer);
  return Math.max(0, withoutDust(quantity - closed.reduce((sum, each) => sum + each.quantity, 0)));
}

/** The reopened orders after that, and the receipts that close more now. */
export function withSurplus(
  reopened: readonly OrderRow[],
  receipts: readonly ReceiptRow[],
  version: number,
): { readonly orders: readonly OrderRow[]; readonly recounted: readonly ReceiptRow[] } {
  const recounted: ReceiptRow[] = [];
  let orders = reopened;
  for (const receipt of receipts) {
    const surplus = surplusOf(receipt);
    let left = surplus;
    let { closed } = replayedReceipt(receipt.answer);
    orders = orders.map((row) => {
      const taken = wouldClose(receipt, closed, row) ? Math.min(left, row.order.quantity) : 0;
      if (taken === 0) return row;
      left = withoutDust(left - taken);
      const after = closedBy(receipt, closed, row, taken);
      closed = after.closed;
      // The purchase order counts all units of its own receipts already.
      const isCounted = isReceiptOf(row.order.purchase?.poId, receipt.reference);
      return isCounted ? after.row : receivedAtItem(after.row, taken, version);
    });
    if (left === surplus) continue;
    const { quantity } = receipt;
    const answer = receiptText({ received: quantity, applied: withoutDust(quantity - left), closed });
    recounted.push({ ...receipt, answer });
  }
  return { orders, recounted };
}

/**
 * The same for a supplier that confirms more than was ordered, of which some came already: `changes` leave it out, and
 * the receipts that brought it close it.
 */
export function withAddedSurplus(
  rows: readonly OrderRow[],
  changes: readonly OrderRow[],
  receipts: readonly ReceiptRow[],
  version: number,
): ReturnType<typeof withSurplus> {
  const added = changes.map((row) => {
    const { ordered, order } = rows.find((each) => orderKey(each.order) === orderKey(row.order)) ?? row;
    const came = Math.max(
      withoutDust(ordered - order.quantity),
      sum((row.arrivals ?? []).map((each) => each.quantity)),
    );
    const units = Math.max(0, withoutDust(row.ordered - row.order.quantity - came));
    return { ...row, order: { ...row.order, quantity: withoutDust(row.order.quantity + units) } };
  });
  const { orders, recounted } = withSurplus(added, receipts, version);
  const leftOut = changes.map(({ order, closedAt, closedBy }, at) => ({ ...orders[at]!, order, closedAt, closedBy }));
  return { orders: leftOut, recounted };
}

/** One of a purchase order closes its units; one of the item all that was on order when the goods came. */
function wouldClose({ reference, receivedAt }: ReceiptRow, closed: Closed, { order }: OrderRow): boolean {
  if (isBookedAtPurchase(reference)) return isReceiptOf(order.purchase?.poId, reference);
  return receivedAt >= order.placedAt || closed.some(({ workflowId }) => workflowId === order.workflowId);
}

/** The order and what the receipt closes, with more units of it; what it closed of the order before is one arrival. */
function closedBy({ receivedAt }: ReceiptRow, closed: Closed, row: OrderRow, units: number) {
  const { workflowId } = row.order;
  const arrivals = row.arrivals ?? [];
  const isArrival = (quantity: number) => (each: { readonly at: number; readonly quantity: number }) =>
    each.at === receivedAt && each.quantity === quantity;
  const known = closed.find((each) => each.workflowId === workflowId && arrivals.some(isArrival(each.quantity)));
  const arrival = known === undefined ? -1 : arrivals.findIndex(isArrival(known.quantity));
  const quantity = withoutDust((known?.quantity ?? 0) + units);
  const outstanding = withoutDust(row.order.quantity - units);
  const after: OrderRow = {
    ...row,
    order: { ...row.order, quantity: outstanding },
    arrivals: [...arrivals.filter((_, at) => at !== arrival), { at: receivedAt, quantity }],
    ...(outstanding > 0 ? {} : { closedAt: receivedAt, closedBy: "received" as const }),
  };
  return { row: after, closed: [...closed.filter((each) => each !== known), { workflowId, quantity }] };
}
