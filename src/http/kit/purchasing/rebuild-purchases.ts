/** Items report to their purchase orders again. Lost orders are rebuilt, and all orders project what they keep. */
import { concurrently } from "../../../shared/concurrently.ts";
import type { AppContext } from "../context.ts";

const AT_ONCE = 10;

/** The objects of items whose purchase orders could not be rebuilt. */
export async function rebuildPurchases(
  c: AppContext,
  items: readonly { readonly objectId: string }[],
): Promise<ReadonlySet<string>> {
  const failed = new Set<string>();
  const itemsOf = new Map<string, string[]>();
  await concurrently(items, AT_ONCE, async ({ objectId }) => {
    try {
      const names = await c.env.ITEM.get(c.env.ITEM.idFromString(objectId)).tellLinesAgain();
      for (const name of names) itemsOf.set(name, [...(itemsOf.get(name) ?? []), objectId]);
    } catch {
      failed.add(objectId);
    }
  });
  await concurrently([...itemsOf], AT_ONCE, async ([name, objectIds]) => {
    try {
      await c.env.PURCHASE_ORDERS.getByName(name).reproject();
    } catch {
      for (const objectId of objectIds) failed.add(objectId);
    }
  });
  return failed;
}
