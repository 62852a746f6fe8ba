/**
 * An order that its object lost, from what its items still hold (I16). It was sent under a number: it is that order
 * again, and is not sent again (I17).
 */
import type { LineFact } from "../../workflow/orders/purchase-line.ts";
import { newLine } from "./new-line.ts";
import { audited, changed, SERVICE, touch, type PurchaseTransition } from "./record.ts";
import type { PurchaseOrder } from "./types.ts";

export type SentFact = LineFact & { readonly sent: NonNullable<LineFact["sent"]> };

/** The item holds units that were sent with this order, which the order knows nothing of. */
export function isMissing(order: PurchaseOrder | null, fact: LineFact): fact is SentFact {
  if (fact.sent === undefined || fact.quantity === 0) return false;
  if (order === null) return true;
  return order.number === fact.sent.number && !order.lines.some(({ productId }) => productId === fact.productId);
}

/** The order with a line of an item that was sent with it; `order` has no lines yet, or those of other items. */
export function rebuildLine(order: PurchaseOrder, fact: SentFact, now: number): PurchaseTransition {
  const { number, at, received } = fact.sent;
  const line = {
    ...newLine(fact),
    quantity: fact.quantity,
    firmQuantity: fact.quantity,
    receivedHere: Math.max(0, received - fact.receivedElsewhere),
    expectedOn: fact.expectedOn === order.arrivesOn ? null : (fact.expectedOn ?? null),
  };
  // Commands of a revision that the item has seen would change nothing there.
  const revision = Math.max(order.revision, fact.seenRevision) + 1;
  const lines = [...order.lines, line];
  if (order.number !== null) return changed(touch(order, { lines, revision }, now));
  const rebuilt = audited({ ...order, audit: [] }, "rebuilt", SERVICE, now, `${number}, from its items`);
  return changed(touch(rebuilt, { lines, revision, status: "sent", number, sentAt: at }, now));
}
