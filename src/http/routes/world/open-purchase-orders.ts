/** The purchase orders of a store or a supplier that are not over. */
import { OPEN, PLACED, type PurchaseOrder, type PurchaseStatus } from "../../../purchasing/order/types.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { AppContext } from "../../kit/context.ts";
import { objectOfPurchaseOrder } from "../../kit/purchasing/purchase-stubs.ts";

const NOT_OVER: readonly PurchaseStatus[] = [
  ...OPEN,
  "closing",
  ...[...PLACED].filter((status) => status !== "received"),
];
/** Far more stores than one supplier has here. */
const MOST_WOKEN = 500;
const AT_ONCE = 25;

type Of = { readonly storeId: string } | { readonly supplierId: string };

export async function hasOpenOrder(c: AppContext, of: Of): Promise<boolean> {
  return (await ordersOf(c, of, NOT_OVER, 1)).length > 0;
}

/** The supplier changed: an order that now needs a person asks at once, also when its time to ask is over. */
export async function wakeOrders(c: AppContext, supplierId: string): Promise<void> {
  const open = await ordersOf(c, { supplierId }, [...OPEN], MOST_WOKEN);
  // One that cannot be reached now is asked about when it changes or closes.
  await concurrently(open, AT_ONCE, ({ id }) =>
    objectOfPurchaseOrder(c, id)
      .poke()
      .catch(() => undefined),
  );
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
