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

/** Each supplier and what its order is worth, a line each. */
export function dueTodayText(orders: readonly PurchaseOrder[], suppliers: number): string {
  if (orders.length === 0) return "No order is due today.";
  const lines = orders.map(
    ({ supplier_id, value, currency }) =>
      `  ${supplier_id.padEnd(20)} ${value.toFixed(2).padStart(9)} ${currency ?? ""}`,
  );
  return [`Orders to ${orders.length} of ${suppliers} suppliers are due today:`, ...lines].join("\n");
}
