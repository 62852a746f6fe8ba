/** Cut-offs still ahead that count as past for an item, because its purchase order was closed or sent early. */
import { partsOfPurchaseOrderId } from "./purchase-line.ts";
import { isPurchased } from "./purchased-row.ts";
import type { OrderRow } from "./order-row.ts";

/** Epoch ms of the last of them; null = none. A decision then plans for the opportunity after it. */
export function passedCutOff(rows: readonly OrderRow[], supplierId: string, now: number): number | null {
  let last: number | null = null;
  for (const row of rows) {
    if (!isPurchased(row) || row.order.purchase.supplierId !== supplierId) continue;
    const { stage, orderBy, left = [] } = row.order.purchase;
    const passed = left
      .filter(({ isGone }) => isGone !== true)
      .map(({ poId }) => partsOfPurchaseOrderId(poId)?.orderBy ?? 0);
    if (stage !== "open") passed.push(orderBy);
    for (const at of passed) if (at >= now && at > (last ?? 0)) last = at;
  }
  return last;
}
