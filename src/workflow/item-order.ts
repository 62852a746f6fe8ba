/** Orders of an item as decisions and plans see them. Dates are in item time (see `itemTime`). */
import type { OrderPurchase } from "./order-purchase.ts";

/** An open order that this service decided. `quantity` is what is still outstanding. */
export interface ItemOrder {
  /** The decision behind it; of an order that a person added to a purchase order, that order's id. */
  readonly workflowId: string;
  readonly quantity: number;
  readonly placedAt: number;
  readonly expectedAt: number;
  /** See `orderKey`. */
  readonly key?: string;
  /** The number under which the supplier knows it. */
  readonly reference?: string | null;
  /** Its place on a purchase order; absent = an order at once. */
  readonly purchase?: OrderPurchase;
}

/** An order that has come in whole. */
export interface ReceivedOrder {
  readonly workflowId: string;
  readonly quantity: number;
  readonly receivedAt: number;
}
