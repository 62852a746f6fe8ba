/**
 * The messages between an item and the object of its supplier's purchase orders. Both sides store these shapes and may
 * run neighbouring releases, so new fields are optional (I12).
 *
 * A line is a fact of its item first (I16): the item writes its open order with `poId`, then sends the purchase order
 * the whole line as it now is. A fact carries a version and replaces any older one, so it may be repeated and arrive in
 * any order. A purchase order changes an item's line by a command, which the item applies once and answers with a
 * fact.
 */
import type { OrderConstraints } from "../../replenishment/types.ts";

/**
 * An opportunity to order: when it closes, and when the goods arrive. It names its purchase order; see
 * `purchaseOrderId`.
 */
export interface PurchaseSlot {
  readonly poId: string;
  /** Epoch ms of the cut-off. */
  readonly orderBy: number;
  /** Days since 1970-01-01. */
  readonly arrivesOn: number;
}

/** Who set a quantity; null = the service alone. */
export interface SetBy {
  readonly principal: string;
  readonly label: string;
  readonly channel: string;
}

/** What a supplier and a buyer see of a product. */
export interface LineProduct {
  readonly name: string | null;
  readonly supplierSku: string | null;
  readonly gtin: string | null;
  readonly orderUnit: { readonly name: string; readonly units: number } | null;
  /** In the supplier's currency; null = unknown. */
  readonly unitCost: number | null;
}

/** An item's line, whole. A quantity of 0 means that the item has no line there. */
export interface LineFact {
  readonly productId: string;
  /** Raised by every change at the item, over all its purchase orders. */
  readonly version: number;
  /** Revision of the last command of this purchase order that the item had applied. */
  readonly seenRevision: number;
  readonly quantity: number;
  /** Units of these that a person set: the service never lowers them (I18). */
  readonly firmQuantity: number;
  /** Units of these that the item does not know to be sent. */
  readonly unsentQuantity: number;
  /** A person at the item changed the units: only then may firm ones become fewer. */
  readonly setBy: SetBy | null;
  /** The newest decision behind the line. */
  readonly workflowId: string | null;
  readonly confidence: number | null;
  readonly reason: string | null;
  readonly product: LineProduct;
  readonly constraints: OrderConstraints;
  /** Inventory position without this line: what a typed quantity is checked against. */
  readonly positionWithout: number;
  /** When the stock behind it was counted; null = no count. */
  readonly countedAt: number | null;
  /** Without this line the item would more likely than not run out before the opportunity after this one arrives. */
  readonly runsOut: boolean;
  /** Units of a sent line that the item received or lost by itself, not through the purchase order. */
  readonly receivedElsewhere: number;
  /** References of its receipts that were taken back at the item, and not booked again since. */
  readonly takenBack?: readonly string[];
  /** Day on which the sent and outstanding units are expected; absent = none are. */
  readonly expectedOn?: number;
  /** Reason given for the last change of the line at the item. */
  readonly why?: string;
  /** Number, time and received units of the sent order, from which a lost order is rebuilt. */
  readonly sent?: { readonly number: string; readonly at: number; readonly received: number };
  /** The item now has another supplier, and nobody has decided yet whether the firm units stay. */
  readonly otherSupplier?: boolean;
}

export type LineAnswer =
  /** The purchase order holds this fact, or a newer one of the item. */
  | { readonly kind: "taken" }
  /** The fact does not include a command that is still on its way; the item's next fact will. */
  | { readonly kind: "crossed" }
  /** The order is being closed: it will ask the item for its line. */
  | { readonly kind: "closing" }
  /**
   * The order takes no more lines: plan for `next` instead. `lost`: the purchase order is unknown, so as far as anybody
   * knows the item's committed units were never placed. `isGone`: see the command `moved`.
   */
  | { readonly kind: "closed"; readonly next: PurchaseSlot; readonly lost?: boolean; readonly isGone?: boolean };

/** Applied in order and only once: a command whose revision was already seen changes nothing. */
export type ItemCommand =
  /** A person set the line to exactly this many units. */
  | { readonly kind: "set_firm"; readonly revision: number; readonly quantity: number; readonly by: SetBy }
  /** A person approved or sent this many units: they become firm, and further units of the item stay planned. */
  | { readonly kind: "firm_up"; readonly revision: number; readonly quantity: number; readonly by: SetBy }
  /** `isGone`: the calendar no longer has the cut-off, so it has not passed: `to` may come before it. */
  | { readonly kind: "moved"; readonly revision: number; readonly to: PurchaseSlot; readonly isGone?: boolean }
  | {
      readonly kind: "sent";
      readonly revision: number;
      readonly number: string;
      readonly at: number;
      readonly arrivesOn: number;
    }
  | {
      readonly kind: "confirmed";
      readonly revision: number;
      readonly quantity: number | null;
      /** Units that had come by receipts of the purchase order, more than was ordered included. */
      readonly receivedHere: number;
      readonly expectedOn: number | null;
    }
  | {
      readonly kind: "received";
      readonly revision: number;
      readonly reference: string;
      readonly quantity: number;
      readonly receivedAt: number;
    }
  | { readonly kind: "cancelled"; readonly revision: number; readonly by: SetBy; readonly reason: string | null };

/** The id contains the object of the store and supplier, and the opportunity within it. */
export function purchaseOrderId(objectId: string, orderBy: number): string {
  return `${objectId}-po${Math.floor(orderBy / 1_000).toString(36)}`;
}

const PURCHASE_ORDER_ID = /^([0-9a-f]{64})-po([0-9a-z]{1,10})$/;

/** The parts of an id; null for other text. */
export function partsOfPurchaseOrderId(poId: string): { readonly objectId: string; readonly orderBy: number } | null {
  const match = PURCHASE_ORDER_ID.exec(poId);
  return match === null ? null : { objectId: match[1]!, orderBy: Number.parseInt(match[2]!, 36) * 1_000 };
}

/** An item sends a purchase order its line. */
export interface LineCall {
  readonly schema: 1;
  readonly storeId: string;
  readonly supplierId: string;
  readonly slot: PurchaseSlot;
  /** Where links point when `PUBLIC_URL` is not set. */
  readonly origin: string;
  readonly fact: LineFact;
}

/** How a purchase order closes with an item's line. */
export interface Closing {
  readonly revision: number;
  /** Only units that a person set are placed; other planned units go to `next`. */
  readonly firmOnly: boolean;
  readonly next: PurchaseSlot;
}

/** A purchase order's call to an item. Without commands and closing it only reads the line and writes nothing. */
export interface PurchaseCall {
  readonly schema: 1;
  readonly storeId: string;
  readonly productId: string;
  readonly supplierId: string;
  readonly slot: PurchaseSlot;
  readonly commands: readonly ItemCommand[];
  readonly closing: Closing | null;
}
