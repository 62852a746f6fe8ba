/**
 * Planned units that moved to another purchase order, because theirs missed its cut-off or was sent without them, are
 * planned anew at once for its opportunity, from the last count.
 */
import { isOpenRow, rowsOf } from "../../workflow/orders/purchased-row.ts";
import type { PurchaseCall } from "../../workflow/orders/purchase-line.ts";
import { decideAgain } from "../again/decide-again.ts";
import type { Item } from "../item.ts";
import type { Triggers } from "../triggers.ts";

/** Runs once, however often the command is repeated. */
export async function planMovedAnew(item: Item, triggers: Triggers, { commands, slot }: PurchaseCall): Promise<void> {
  const moved = commands.findLast(({ kind }) => kind === "moved");
  if (moved?.kind !== "moved") return;
  await planAnew(item, triggers, slot.poId, moved.to.poId);
}

/** Runs once per purchase order that was left. Without a recent count the units stay as they were. */
export async function planAnew(item: Item, triggers: Triggers, from: string, to: string): Promise<void> {
  const { identity, orders } = item.journal;
  const hasPlanned = rowsOf(orders.rows, to).some(
    (row) => isOpenRow(row) && row.order.purchase.firmQuantity < row.order.quantity,
  );
  if (identity === null || !hasPlanned) return;
  const { storeId, productId } = identity;
  await decideAgain(
    item,
    triggers,
    { schema: 1, item: { storeId, productId }, runId: `moved-${from}` },
    "a cut-off that passed",
  );
}
