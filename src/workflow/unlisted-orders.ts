/** Finds orders that arrived by comparing two counts, where nobody sent a receipt. */
import { elsewhereId, isNamedIn, namesOf, type ItemOrder, type ReportedOrder } from "./orders/item-order.ts";
import type { OrderRow } from "./orders/order-row.ts";
import type { Snapshot } from "./types/snapshot.ts";
import { DAY_MS } from "../shared/durations.ts";

/** Share of an order that the rise in stock must show: sales between the counts hide a part of it. */
const LEAST_SHARE_SEEN = 0.5;

type Counted = Pick<Snapshot, "onHand" | "openOrders" | "occurredAt" | "leadTimeDays">;

export interface Unlisted {
  /** Workflows of our orders that have arrived. */
  readonly ours: ReadonlySet<string>;
  /** Orders that only the sender ever named, as rows with their arrival. */
  readonly others: readonly OrderRow[];
  /** Assumed arrival of an order that was due at a moment. */
  readonly arrivalOf: (expectedAt: number) => number;
}

/**
 * The orders whose reference the sender listed at the previous count and lists no longer, where stock rose accordingly.
 * A list that vanished as a whole proves nothing about one order; without a rise an order was cancelled or renamed.
 *
 * @param gone orders of ours that the sender no longer lists.
 * @param rows every known order; their references distinguish the sender's own orders from ours.
 */
export function arrivedUnlisted(
  gone: readonly ItemOrder[],
  rows: readonly OrderRow[],
  now: Counted,
  before: Counted | null,
): Unlisted {
  // It came between the two counts; the due date is used where it lies between them.
  const arrivalOf = (expectedAt: number): number =>
    Math.min(now.occurredAt, Math.max(before?.occurredAt ?? now.occurredAt, expectedAt));
  const nothing: Unlisted = { ours: new Set(), others: [], arrivalOf };
  if (before?.openOrders == null || now.openOrders == null || now.openOrders.length === 0) return nothing;
  const named = new Set(before.openOrders.map(({ reference }) => reference));
  const ours = gone.filter((order) => isNamedIn(order, named));
  const still = new Set(now.openOrders.map(({ reference }) => reference));
  const known = new Set(rows.flatMap(({ order }) => namesOf(order)));
  const others = before.openOrders.filter(
    ({ reference }) => reference !== null && !still.has(reference) && !known.has(reference),
  );
  const units = [...ours, ...others].reduce((sum, { quantity }) => sum + quantity, 0);
  if (units <= 0 || now.onHand - before.onHand < units * LEAST_SHARE_SEEN) return nothing;
  return {
    ours: new Set(ours.map(({ workflowId }) => workflowId)),
    others: others.map((order) => rowOf(order, arrivalOf(order.expectedAt), before)),
    arrivalOf,
  };
}

/**
 * Without a placement date, the order is assumed to have been promised the lead time of that time, so only its delay
 * counts.
 */
function rowOf(order: ReportedOrder, at: number, { leadTimeDays }: Counted): OrderRow {
  const { quantity, expectedAt, placedAt } = order;
  const reference = order.reference!;
  return {
    schema: 1,
    ordered: quantity,
    order: {
      workflowId: elsewhereId(reference),
      reference,
      quantity: 0,
      placedAt: placedAt ?? expectedAt - leadTimeDays * DAY_MS,
      expectedAt,
    },
    arrivals: [{ at, quantity }],
    closedAt: at,
    closedBy: "received",
  };
}
