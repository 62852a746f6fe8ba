/** The bindings that the purchase orders' object uses; `Env` extends them. */
import type { StoreBindings } from "../store/bindings.ts";
import type { LineFact, PurchaseCall } from "../workflow/orders/purchase-line.ts";

/** Items as an order speaks to them; their own room is not seen from here. */
interface PurchasedItems {
  getByName(name: string): { purchase(call: PurchaseCall): Promise<LineFact | null> };
}

export interface PurchasingBindings extends StoreBindings {
  readonly ITEM: PurchasedItems;
  readonly EMAIL?: SendEmail;
}
