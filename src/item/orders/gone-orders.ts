/** Open orders that the sender no longer counts as on order. */
import { withoutDust } from "../../shared/without-dust.ts";
import type { ItemOrder } from "../../workflow/orders/item-order.ts";
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { receivedAtItem } from "../../workflow/orders/purchased-orders.ts";
import type { Unlisted } from "../../workflow/unlisted-orders.ts";

/**
 * The changed rows of orders that the sender's `on_order` no longer contains (see `CountedOrders.gone`).
 */
export function goneOrders(
  rows: readonly OrderRow[],
  gone: readonly ItemOrder[],
  /** These orders count for lead times as if a receipt had come. */
  { ours, others, arrivalOf }: Unlisted,
  itemNow: number,
): OrderRow[] {
  const closed = gone.flatMap(({ workflowId, quantity }) => {
    const row = rows.find((known) => known.order.workflowId === workflowId);
    if (row === undefined) return [];
    const outstanding = Math.max(0, withoutDust(row.order.quantity - quantity));
    const version = nextLineVersion(rows, itemNow);
    const left = receivedAtItem({ ...row, order: { ...row.order, quantity: outstanding } }, quantity, version);
    if (outstanding > 0) return [left];
    if (!ours.has(workflowId)) return [{ ...left, closedAt: itemNow, closedBy: "gone" as const }];
    const arrivals = [...(row.arrivals ?? []), { at: arrivalOf(row.order.expectedAt), quantity }];
    return [{ ...left, arrivals, closedAt: itemNow, closedBy: "received" as const }];
  });
  return [...closed, ...others];
}
