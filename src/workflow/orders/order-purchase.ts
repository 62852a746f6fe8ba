/** An open order's place on a purchase order; stored within the order's row, so new fields are optional (I12). */
import type { SetBy } from "./purchase-line.ts";

/** Where an order is on its way through a purchase order. */
export type PurchaseStage =
  /** Its planned units may be planned anew. */
  | "open"
  /** The purchase order is being closed with it: as if placed. */
  | "committed"
  | "sent";

/** How an open order hangs on a purchase order. */
export interface OrderPurchase {
  readonly poId: string;
  readonly supplierId: string;
  readonly orderBy: number;
  /** Day. */
  readonly arrivesOn: number;
  readonly stage: PurchaseStage;
  /** Of the outstanding units, what a person set. */
  readonly firmQuantity: number;
  /** Of the last change of this line, over all the item's purchase orders. */
  readonly version: number;
  /** The version that the purchase order is known to hold. */
  readonly told: number;
  /** Revision of the purchase order's last command that was applied. */
  readonly seenRevision: number;
  /** Who changed it last; null = the service. */
  readonly setBy: SetBy | null;
  /** Units that a person took off the purchase order, all of the row's; absent = nobody did. */
  readonly refused?: number;
  /** Of the purchase order, once it is sent: the order's `reference` may be the supplier's own since. */
  readonly number?: string;
  /** The item has another supplier since: a person is asked about the firm units here, or has kept them. */
  readonly otherSupplier?: "asks" | "kept";
  /**
   * Units received, or found gone, without the purchase order's doing; below 0 = of what came through it, taken back
   * since.
   */
  readonly receivedElsewhere: number;
  /** Purchase orders that it left, with the last revision seen there: a repeated command of theirs changes nothing. */
  readonly left?: readonly { readonly poId: string; readonly revision: number }[];
}
