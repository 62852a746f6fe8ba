/**
 * Planned units that went on to another purchase order are planned anew for its opportunity at once, from the last
 * count: the order they were on was not sent by its cut-off, or was sent before them.
 */
import type { ItemIdentity } from "../../storage/identity.ts";
import { isOpenRow, rowsOf } from "../../workflow/orders/purchased-row.ts";
import type { PurchaseCall } from "../../workflow/orders/purchase-line.ts";
import { decideAgain } from "../again/decide-again.ts";
import type { Item } from "../item.ts";
import type { Triggers } from "../triggers.ts";

/** However often the command is repeated, once. */
export async function planMovedAnew(
  item: Item,
  triggers: Triggers,
  { commands, slot, storeId, productId }: PurchaseCall,
): Promise<void> {
  const moved = commands.findLast(({ kind }) => kind === "moved");
  if (moved?.kind !== "moved") return;
  await planAnew(item, triggers, { storeId, productId }, slot.poId, moved.to.poId);
}

/** Once an order that was left. Without a recent count the units stay as they were. */
export async function planAnew(
  item: Item,
  triggers: Triggers,
  identity: ItemIdentity,
  from: string,
  to: string,
): Promise<void> {
  const hasPlanned = rowsOf(item.journal.orders.rows, to).some(
    (row) => isOpenRow(row) && row.order.purchase.firmQuantity < row.order.quantity,
  );
  if (!hasPlanned) return;
  await decideAgain(item, triggers, { schema: 1, item: identity, runId: `moved-${from}` }, "a cut-off that passed");
}
