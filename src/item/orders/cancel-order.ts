/** An order that nobody placed is called off. */
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import { cancelledAtItem } from "../../workflow/orders/purchased-orders.ts";
import type { Item } from "../item.ts";
import { followed } from "../purchase/purchase-lines.ts";
import { findOpen } from "./find-open.ts";

/** Cancels an order that nobody placed. False = there is no such open order. */
export function cancelOrder(item: Item, name: string): boolean {
  const row = findOpen(item, name);
  if (row === null) return false;
  const { journal, deps } = item;
  const orders = [cancelledAtItem(row, nextLineVersion(journal.orders.rows, deps.now()), item.itemNow())];
  item.write({ orders, workflows: followed(journal, orders, deps.now()) });
  return true;
}
