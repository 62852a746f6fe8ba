/** Receipts that were booked at a purchase order: the item keeps them under the order's id and their reference. */
import type { OrderBook, ReceiptRow } from "../store/order-book.ts";

export function purchaseReceipt(poId: string, reference: string): string {
  return `${poId}/${reference}`;
}

/** Whether a receipt, by the reference that the item keeps it under, was booked at this purchase order. */
export function isReceiptOf(poId: string | undefined, kept: string): boolean {
  return poId !== undefined && kept.startsWith(purchaseReceipt(poId, ""));
}

/** The reference that the purchase order knows the receipt by. */
export function referenceAt(poId: string, kept: string): string {
  return kept.slice(purchaseReceipt(poId, "").length);
}

/** Found by what the delivery note says; of several purchase orders with it, the newest. */
export function receiptOfPurchase(book: OrderBook, reference: string): ReceiptRow | null {
  for (const { order } of book.rows.toReversed()) {
    const receipt = order.purchase === undefined ? null : book.receipt(purchaseReceipt(order.purchase.poId, reference));
    if (receipt !== null) return receipt;
  }
  return null;
}
