/** Receipts that were booked at a purchase order: the item keeps them under the order's id and their reference. */
import { partsOfPurchaseOrderId } from "../../workflow/orders/purchase-line.ts";
import type { OrderBook, ReceiptRow } from "../store/order-book.ts";

export function purchaseReceipt(poId: string, reference: string): string {
  return `${poId}/${reference}`;
}

/** Whether a receipt, by the reference that the item keeps it under, was booked at a purchase order. */
export function isBookedAtPurchase(kept: string): boolean {
  return partsOfPurchaseOrderId(kept.slice(0, Math.max(0, kept.indexOf("/")))) !== null;
}

/** Whether a receipt, by the reference that the item keeps it under, was booked at this purchase order. */
export function isReceiptOf(poId: string | undefined, kept: string): boolean {
  return poId !== undefined && kept.startsWith(purchaseReceipt(poId, ""));
}

/** The reference that the purchase order knows the receipt by. */
export function referenceAt(poId: string, kept: string): string {
  return kept.slice(purchaseReceipt(poId, "").length);
}

/**
 * Found by what the delivery note says; of several purchase orders with it, the newest. Once that one's is taken back,
 * a repetition of the call finds none: an older order's receipt of the same number is another delivery.
 */
export function receiptOfPurchase(book: OrderBook, reference: string): ReceiptRow | null {
  for (const { order } of book.rows.toReversed()) {
    if (order.purchase === undefined) continue;
    const { poId, takenBack } = order.purchase;
    const receipt = book.receipt(purchaseReceipt(poId, reference));
    if (receipt !== null || takenBack?.includes(reference)) return receipt;
  }
  return null;
}
