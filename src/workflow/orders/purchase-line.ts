/**
 * What an item and the object of its supplier's purchase orders say to each other. Both sides keep these shapes and may
 * be of neighbouring releases, so new fields are optional (I12).
 *
 * A line is a fact of its item first (I16): the item writes its open order with `poId`, then sends the purchase order
 * the whole line as it now is. A fact carries a version and replaces any older one, so that it may be repeated and may
 * arrive in any order. What the purchase order wants of an item is a command, which the item applies once and answers
 * by a fact.
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

/** What a supplier and a buyer read of a product. */
export interface LineProduct {
  readonly name: string | null;
  readonly supplierSku: string | null;
  readonly gtin: string | null;
  readonly orderUnit: { readonly name: string; readonly units: number } | null;
  /** In the supplier's currency; null = unknown. */
  readonly unitCost: number | null;
}

/** An item's line, whole. A quantity of 0 says that the item has no line there (any more). */
export interface LineFact {
  readonly productId: string;
  /** Raised by every change at the item, over all its purchase orders. */
  readonly version: number;
  /** Revision of the last command of this purchase order that the item had applied. */
  readonly seenRevision: number;
  readonly quantity: number;
  /** Of these units, what a person set: the service never lowers them (I18). */
  readonly firmQuantity: number;
  /** Of these units, what the item does not know to be sent. */
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
  /** Units of a sent line that the item received or lost without the purchase order's doing. */
  readonly receivedElsewhere: number;
  /** The day on which what was sent and is outstanding is expected; absent = nothing of it is. */
  readonly expectedOn?: number;
  /** Why somebody changed the line at the item, the last time. */
  readonly why?: string;
  /** Under which number it was sent, when, and what has come of it: an order that was lost is rebuilt from this. */
  readonly sent?: { readonly number: string; readonly at: number; readonly received: number };
  /** The item has another supplier since, and nobody has said whether the firm units stay. */
  readonly otherSupplier?: boolean;
}

export type LineAnswer =
  /** The purchase order holds this fact, or a newer one of the item. */
  | { readonly kind: "taken" }
  /** A command is on its way that the fact does not know; the item's next fact will. */
  | { readonly kind: "crossed" }
  /** It is being closed: the item will be asked for what it has. */
  | { readonly kind: "closing" }
  /** It takes no more lines: plan for this opportunity. */
  /**
   * `lost`: the purchase order is unknown, so what the item committed to it was never placed as far as anybody knows.
   */
  | { readonly kind: "closed"; readonly next: PurchaseSlot; readonly lost?: boolean };

/** Applied in order, each once: a command whose revision was seen changes nothing. */
export type ItemCommand =
  /** A person set the line: this many units, no more and no fewer. */
  | { readonly kind: "set_firm"; readonly revision: number; readonly quantity: number; readonly by: SetBy }
  /** A person approved or sent this many units: they become firm, what the item plans beside them stays planned. */
  | { readonly kind: "firm_up"; readonly revision: number; readonly quantity: number; readonly by: SetBy }
  | { readonly kind: "moved"; readonly revision: number; readonly to: PurchaseSlot }
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

/** An item's answer to the closing of its purchase order: from here on its units there are as if placed. */
export interface CommitAnswer {
  /** The line as it is now committed; quantity 0 = withdrawn. */
  readonly fact: LineFact;
}

/** The id names the object of the store and supplier, and the opportunity within it. */
export function purchaseOrderId(objectId: string, orderBy: number): string {
  return `${objectId}-po${Math.floor(orderBy / 1_000).toString(36)}`;
}

const PURCHASE_ORDER_ID = /^([0-9a-f]{64})-po([0-9a-z]{1,10})$/;

/** The parts of an id; null when it is none. */
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
  /** Only units that a person set are placed; what is planned beside them goes to `next`. */
  readonly firmOnly: boolean;
  readonly next: PurchaseSlot;
}

/** A purchase order speaks to an item. Without commands and closing it asks what the line is, and writes nothing. */
export interface PurchaseCall {
  readonly schema: 1;
  readonly storeId: string;
  readonly productId: string;
  readonly supplierId: string;
  readonly slot: PurchaseSlot;
  readonly commands: readonly ItemCommand[];
  readonly closing: Closing | null;
}
