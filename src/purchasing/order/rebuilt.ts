/**
 * Rebuilds an order that its object lost, from what its items still hold (I16). It keeps the number under which it was
 * sent, and is not sent again (I17).
 */
import { withoutDust } from "../../shared/without-dust.ts";
import type { LineFact } from "../../workflow/orders/purchase-line.ts";
import { newLine } from "./new-line.ts";
import { audited, changed, SERVICE, touch, type PurchaseTransition } from "./record.ts";
import type { PurchaseOrder } from "./types.ts";

export type SentFact = LineFact & { readonly sent: NonNullable<LineFact["sent"]> };

/** True when the item holds units sent with this order that the order does not know. */
export function isMissing(order: PurchaseOrder | null, fact: LineFact): fact is SentFact {
  if (fact.sent === undefined || fact.quantity === 0) return false;
  if (order === null) return true;
  return order.number === fact.sent.number && !order.lines.some(({ productId }) => productId === fact.productId);
}

/** Adds the line of an item that was sent with the order; `order` has no lines yet, or those of other items. */
export function rebuildLine(order: PurchaseOrder, fact: SentFact, now: number): PurchaseTransition {
  const { number, at, received } = fact.sent;
  const line = {
    ...newLine(fact),
    quantity: fact.quantity,
    firmQuantity: fact.quantity,
    receivedHere: Math.max(0, withoutDust(received - fact.receivedElsewhere)),
    expectedOn: fact.expectedOn === order.arrivesOn ? null : (fact.expectedOn ?? null),
  };
  // The item would ignore commands with a revision that it has already seen.
  const revision = Math.max(order.revision, fact.seenRevision) + 1;
  const lines = [...order.lines, line];
  if (order.number !== null) return changed(touch(order, { lines, revision }, now));
  const rebuilt = audited({ ...order, audit: [] }, "rebuilt", SERVICE, now, `${number}, from its items`);
  return changed(touch(rebuilt, { lines, revision, status: "sent", number, sentAt: at }, now));
}
