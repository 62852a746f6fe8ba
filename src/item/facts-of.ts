/** What an item knows when it decides: its inputs, and what its own order book says. */
import { DAY_MS, type Facts, type ItemInputs } from "../workflow/facts.ts";
import type { ReviewPolicy } from "../workflow/review.ts";
import type { Snapshot } from "../workflow/types.ts";
import type { Journal } from "./store/journal.ts";

/** Orders that say what is usual here: enough for a median, few enough to follow a change. */
const USUAL_ORDERS = 10;

export function factsOf({ orders }: Journal, inputs: ItemInputs, snapshot: Snapshot, policy: ReviewPolicy): Facts {
  const { rows, open } = orders;
  const received = rows.flatMap(({ order, ordered, closedBy, closedAt }) =>
    closedBy === "received" && closedAt !== null
      ? [{ workflowId: order.workflowId, quantity: ordered, placedAt: order.placedAt, receivedAt: closedAt }]
      : [],
  );
  return {
    inputs,
    openOrders: open,
    observedLeadDays: received.map(({ placedAt, receivedAt }) =>
      Math.max(0, Math.round((receivedAt - placedAt) / DAY_MS)),
    ),
    receivedSince: orders.receivedAfter(snapshot.occurredAt),
    receivedOrders: received.map(({ placedAt: _placedAt, ...order }) => order),
    recentOrders: rows.slice(-USUAL_ORDERS).map((row) => row.ordered),
    policy,
  };
}
