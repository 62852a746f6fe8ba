/** Orders that have come in by what two counts show, though nobody sent a receipt. */
import type { ItemOrder } from "./orders/item-order.ts";
import type { Snapshot } from "./types.ts";

/** What was sold between the counts hides a part of what came. */
const LEAST_SHARE_SEEN = 0.5;

type Counted = Pick<Snapshot, "onHand" | "openOrders">;

/**
 * The workflows of orders whose reference the sender listed at the count before and lists no longer, where stock rose
 * accordingly. A wholly vanished list says nothing of a single order, and without the rise an order was cancelled or renamed.
 *
 * @param gone orders of ours that the sender no longer lists.
 */
export function arrivedUnlisted(gone: readonly ItemOrder[], now: Counted, before: Counted | null): ReadonlySet<string> {
  const nothing = new Set<string>();
  if (before?.openOrders == null || now.openOrders == null || now.openOrders.length === 0) return nothing;
  const named = new Set(before.openOrders.map(({ reference }) => reference));
  const vanished = gone.filter(({ reference }) => reference != null && named.has(reference));
  const units = vanished.reduce((sum, { quantity }) => sum + quantity, 0);
  if (units <= 0 || now.onHand - before.onHand < units * LEAST_SHARE_SEEN) return nothing;
  return new Set(vanished.map(({ workflowId }) => workflowId));
}
