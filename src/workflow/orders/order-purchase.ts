/** An open order's place on a purchase order; stored within the order's row, so new fields are optional (I12). */
import type { SetBy } from "./purchase-line.ts";

/** Stage of an order within its purchase order. */
export type PurchaseStage =
  /** Its planned units may be planned anew. */
  | "open"
  /** The purchase order is closing with it, so it counts as placed. */
  | "committed"
  | "sent";

/** A purchase order that an order has left, with the last revision seen there. */
export interface LeftOrder {
  readonly poId: string;
  readonly revision: number;
  /** The calendar no longer has its cut-off, which has not passed. */
  readonly isGone?: boolean;
}

/** How an open order belongs to a purchase order. */
export interface OrderPurchase {
  readonly poId: string;
  readonly supplierId: string;
  readonly orderBy: number;
  /** Day. */
  readonly arrivesOn: number;
  readonly stage: PurchaseStage;
  /** Outstanding units that a person set. */
  readonly firmQuantity: number;
  /** Version of this line's last change, counted over all the item's purchase orders. */
  readonly version: number;
  /** The version that the purchase order is known to hold. */
  readonly told: number;
  /** Revision of the purchase order's last command that was applied. */
  readonly seenRevision: number;
  /** Who changed it last; null = the service. */
  readonly setBy: SetBy | null;
  /** Units that a person took off the purchase order, all of the row's; absent = nobody did. */
  readonly refused?: number;
  /** The purchase order was cancelled after it was sent: a receipt that is taken back opens nothing. */
  readonly isOver?: true;
  /** The purchase order's number once it is sent; the order's `reference` may since be the supplier's own. */
  readonly number?: string;
  /** The item has another supplier since: a person is asked about the firm units here, or has kept them. */
  readonly otherSupplier?: "asks" | "kept";
  /**
   * Units received or found gone at the item, not through the purchase order; below 0 = receipts through it that were
   * taken back.
   */
  readonly receivedElsewhere: number;
  /** Receipts through the purchase order that were taken back at the item: it may book these references again. */
  readonly takenBack?: readonly string[];
  /** Purchase orders that it left, with the last revision seen there: a command they repeat changes nothing. */
  readonly left?: readonly LeftOrder[];
}
