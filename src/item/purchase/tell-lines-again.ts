/** Lost purchase orders are rebuilt from the lines that their items send again (I16). */
import { purchaseOrdersName } from "../../storage/identity.ts";
import { isOpenRow, isPurchased } from "../../workflow/orders/purchased-row.ts";
import type { Item } from "../item.ts";
import { DAY_MS } from "../../shared/durations.ts";

/** Time in which goods of an order may still come; an older, complete order is over. */
const LIVE_FOR_MS = 90 * DAY_MS;

/** The names of the objects of these orders. */
export async function tellLinesAgain(item: Item): Promise<readonly string[]> {
  const { identity, orders } = item.journal;
  if (identity === null) return [];
  const since = item.deps.now() - LIVE_FOR_MS;
  const rows = orders.rows
    .filter(isPurchased)
    .filter((row) => isOpenRow(row) || (row.order.purchase.stage === "sent" && row.order.purchase.orderBy > since));
  if (rows.length === 0) return [];
  await item.knowledge.load(identity);
  await item.lines.tellAgain([...new Set(rows.map(({ order }) => order.purchase.poId))]);
  return [...new Set(rows.map(({ order }) => purchaseOrdersName(identity.storeId, order.purchase.supplierId)))];
}
