/**
 * Planned units of an order that was not sent are planned anew for the next opportunity at once, from the last count.
 */
import { isOpenRow, rowsOf } from "../../workflow/orders/purchased-row.ts";
import type { PurchaseCall } from "../../workflow/orders/purchase-line.ts";
import { decideAgain } from "../decide-again.ts";
import type { Item } from "../item.ts";
import type { Triggers } from "../triggers.ts";

/**
 * Once an order that was left, however often its command is repeated. Without a recent count the units stay as they
 * were.
 */
export async function planMovedAnew(
  item: Item,
  triggers: Triggers,
  { commands, slot, storeId, productId }: PurchaseCall,
): Promise<void> {
  const moved = commands.findLast(({ kind }) => kind === "moved");
  if (moved?.kind !== "moved") return;
  const hasPlanned = rowsOf(item.journal.orders.rows, moved.to.poId).some(
    (row) => isOpenRow(row) && row.order.purchase.firmQuantity < row.order.quantity,
  );
  if (!hasPlanned) return;
  const call = { schema: 1, item: { storeId, productId }, runId: `moved-${slot.poId}` } as const;
  await decideAgain(item, triggers, call, "a cut-off that passed");
}
