/** Whether a played store's orders and its items' orders are the same. */
import { outstandingOf, receivedOf } from "../../../src/purchasing/order/totals.ts";
import { isOpenRow } from "../../../src/workflow/orders/purchased-row.ts";
import type { OrderDesk } from "./order-desk.ts";
import type { Shelf } from "./shelf.ts";

/** Each live line is its item's open order, and each open order of an item is on one live purchase order. */
export function booksOf(desk: OrderDesk, shelves: readonly Shelf[]): string[] {
  const faults: string[] = [];
  for (const shelf of shelves) {
    const { productId } = shelf.item;
    const live = desk.orders.filter(({ status }) => status !== "cancelled" && status !== "received");
    for (const { order } of shelf.rows.filter(isOpenRow).filter((row) => row.order.purchase !== undefined)) {
      const holders = live.filter((each) =>
        each.lines.some((line) => line.productId === productId && line.quantity > 0),
      );
      if (!holders.some(({ id }) => id === order.purchase!.poId))
        faults.push(`${productId}: ${order.quantity} units are on no purchase order`);
    }
    for (const order of live) {
      const line = order.lines.find((each) => each.productId === productId);
      const open = shelf.rows.filter((row) => isOpenRow(row) && row.order.purchase?.poId === order.id);
      const units = open.reduce((total, row) => total + row.order.quantity, 0);
      if (line !== undefined && outstandingOf(line) !== units)
        faults.push(`${productId}: ${outstandingOf(line)} on ${order.id}, ${units} at the item`);
    }
  }
  for (const order of desk.orders.filter(({ status }) => status === "received"))
    for (const line of order.lines)
      if (receivedOf(line) !== line.quantity) faults.push(`${order.number}: ${line.productId} is not what was ordered`);
  return faults;
}
