/** The purchase orders of a store or a supplier that are not over. */
import { NOT_OVER, OPEN, type PurchaseOrder, type PurchaseStatus } from "../../../purchasing/order/types.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { AppContext } from "../../kit/context.ts";
import { objectOfPurchaseOrder } from "../../kit/purchasing/purchase-stubs.ts";

/** Far more stores than one supplier has here. */
const MOST_WOKEN = 500;
const AT_ONCE = 25;

type Of = { readonly storeId: string } | { readonly supplierId: string };

export async function hasOpenOrder(c: AppContext, of: Of): Promise<boolean> {
  return (await ordersOf(c, of, NOT_OVER, 1)).length > 0;
}

/**
 * Before a supplier or a store changes: its open orders will look at it by their alarm, whatever becomes of this
 * request. The answer has them look at once, when the change is written.
 */
export async function ordersFollow(c: AppContext, of: Of): Promise<() => Promise<void>> {
  const open = await ordersOf(c, of, [...OPEN], MOST_WOKEN);
  const objects = [...new Map(open.map(({ id, storeId, supplierId }) => [`${storeId} ${supplierId}`, id])).values()];
  await concurrently(objects, AT_ONCE, (id) => objectOfPurchaseOrder(c, id).wakeSoon());
  return async () => void (await concurrently(objects, AT_ONCE, (id) => looksNow(c, id)));
}

/** One that cannot be reached looks by its alarm. */
function looksNow(c: AppContext, poId: string): Promise<void> {
  return objectOfPurchaseOrder(c, poId)
    .poke()
    .catch(() => undefined);
}

function ordersOf(
  c: AppContext,
  of: Of,
  statuses: readonly PurchaseStatus[],
  limit: number,
): Promise<readonly PurchaseOrder[]> {
  const filter = { statuses, storeId: null, stores: null, supplierId: null, dueBy: null, ...of };
  return storageOf(c.env).purchases.list(filter, null, limit);
}
