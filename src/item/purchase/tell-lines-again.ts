/** Purchase orders that were lost are rebuilt from the lines that their items tell again (I16). */
import { purchaseOrdersName } from "../../storage/identity.ts";
import { isOpenRow, isPurchased } from "../../workflow/orders/purchased-row.ts";
import type { Item } from "../item.ts";

/** An order of which some goods may still come; what is older and whole is over. */
const LIVE_FOR_MS = 90 * 86_400_000;

/** The names of the objects of these orders. */
export async function tellLinesAgain(item: Item): Promise<readonly string[]> {
  const { identity, orders } = item.journal;
  if (identity === null) return [];
  const since = item.deps.now() - LIVE_FOR_MS;
  const rows = orders.rows
    .filter(isPurchased)
    .filter((row) => isOpenRow(row) || (row.order.purchase.stage === "sent" && row.order.purchase.orderBy > since));
  if (rows.length === 0) return [];
  await item.loadInputs(identity);
  await item.lines.tellAgain([...new Set(rows.map(({ order }) => order.purchase.poId))]);
  return [...new Set(rows.map(({ order }) => purchaseOrdersName(identity.storeId, order.purchase.supplierId)))];
}
