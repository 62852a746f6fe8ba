/** The bindings that the purchase orders' object uses; `Env` extends them. */
import type { StoreBindings } from "../store/bindings.ts";
import type { LineFact, PurchaseCall } from "../workflow/orders/purchase-line.ts";

/** The part of an item that an order calls; this room does not import the item's. */
interface PurchasedItems {
  getByName(name: string): { purchase(call: PurchaseCall): Promise<LineFact | null> };
}

export interface PurchasingBindings extends StoreBindings {
  readonly ITEM: PurchasedItems;
  readonly EMAIL?: SendEmail;
}
