/** Whether a store or a supplier still has a purchase order that is not over. */
import { OPEN, PLACED, type PurchaseStatus } from "../../../purchasing/order/types.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { AppContext } from "../../kit/context.ts";

const NOT_OVER: readonly PurchaseStatus[] = [
  ...OPEN,
  "closing",
  ...[...PLACED].filter((status) => status !== "received"),
];

export async function hasOpenOrder(
  c: AppContext,
  of: { readonly storeId: string } | { readonly supplierId: string },
): Promise<boolean> {
  const filter = { statuses: NOT_OVER, storeId: null, stores: null, supplierId: null, dueBy: null, ...of };
  return (await storageOf(c.env).purchases.list(filter, null, 1)).length > 0;
}
