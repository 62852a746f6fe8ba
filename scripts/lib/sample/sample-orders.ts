/** Today's orders for the sample's suppliers, read from the running server. */
import { setTimeout as sleep } from "node:timers/promises";
import type { PurchaseOrder, Stockwarden } from "../../../src/client/client.ts";
import type { MorningLine } from "./sample-morning.ts";

/** Lines reach their orders right after the decisions. */
const WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 100;
/** Within two hours of the cut-off people have been asked already. */
const OPEN = "draft,awaiting_approval,approved";

/** Orders that close today, once every decided line is on one. */
export async function ordersDueToday(
  client: Stockwarden,
  storeId: string,
  day: string,
  lines: readonly MorningLine[],
): Promise<readonly PurchaseOrder[]> {
  const planned = lines.filter(({ workflow }) => workflow.order_status != null).length;
  for (const until = Date.now() + WAIT_MS; ; await sleep(LOOK_AGAIN_MS)) {
    const { purchase_orders: open } = await client.purchaseOrders({ store_id: storeId, status: OPEN });
    const arrived = open.reduce((sum, order) => sum + order.lines.length, 0);
    if (arrived >= planned || Date.now() >= until)
      return open.filter(({ order_by, lines: own }) => order_by.startsWith(day) && own.length > 0);
  }
}

/** `Two orders to three suppliers are due today, 214.60 and 88.20.` */
export function dueTodayText(orders: readonly PurchaseOrder[], suppliers: number): string {
  const values = orders.map(({ value }) => value.toFixed(2));
  const [last, ...others] = values.toReversed();
  const all = others.length === 0 ? last : `${others.toReversed().join(", ")} and ${last}`;
  const count = COUNTS[orders.length] ?? String(orders.length);
  if (orders.length === 0) return "No order is due today.";
  const verb = orders.length === 1 ? "order to" : "orders to";
  return (
    `${count} ${verb} ${(COUNTS[suppliers] ?? String(suppliers)).toLowerCase()} suppliers ` +
    `${orders.length === 1 ? "is" : "are"} due today, ${all}.`
  );
}

const COUNTS = ["No", "One", "Two", "Three", "Four", "Five"];
