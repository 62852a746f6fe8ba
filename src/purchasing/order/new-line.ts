/** A new line, from nothing but its item's fact. */
import type { LineFact } from "../../workflow/orders/purchase-line.ts";
import type { PurchaseLine } from "./types.ts";

export function newLine(fact: LineFact): PurchaseLine {
  return {
    productId: fact.productId,
    fact,
    quantity: 0,
    firmQuantity: 0,
    toldRevision: 0,
    tell: [],
    committed: false,
    receivedHere: 0,
    expectedOn: null,
  };
}
