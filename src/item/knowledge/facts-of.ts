/** The facts of a decision: the item's inputs and world, its order book and its records. */
import { newerNo, noOf, noOfOrders } from "../../workflow/standing-no.ts";
import type { StandingNo } from "../../workflow/no.ts";
import type { Facts, ItemInputs } from "../../workflow/facts.ts";
import type { ReviewPolicy } from "../../workflow/review.ts";
import type { Snapshot } from "../../workflow/types/snapshot.ts";
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import { zoneOfStore } from "../../world/opening.ts";
import type { WorldSlice } from "../../world/types.ts";
import { leadObservations } from "../orders/lead-observation.ts";
import type { Journal } from "../store/journal.ts";
import type { OrderBook } from "../store/order-book.ts";
import { orderKey, type OrderRow } from "../../workflow/orders/order-row.ts";
import { ordersBesidePlanned } from "../../workflow/orders/purchased-orders.ts";

/** Orders from which the usual quantity is taken: enough for a median, few enough to follow a change. */
const USUAL_ORDERS = 10;

export function factsOf(
  journal: Journal,
  inputs: ItemInputs,
  world: WorldSlice,
  snapshot: Pick<Snapshot, "occurredAt">,
  policy: ReviewPolicy,
): Facts {
  const { openOrders, leadTimes, receivedOrders, recentOrders } = orderFactsOf(
    journal.orders,
    zoneOfStore(world.store),
  );
  return {
    inputs,
    world,
    openOrders,
    leadTimes,
    receivedOrders,
    recentOrders,
    outages: journal.workflows.newestCount?.outages ?? [],
    standingNo: standingNo(journal),
    receivedSince: journal.orders.receivedAfter(snapshot.occurredAt),
    policy,
  };
}

type OrderFacts = Pick<Facts, "openOrders" | "leadTimes" | "receivedOrders" | "recentOrders">;

/** By the rows that they were made of: an item's orders change less often than its stock. */
const known = new WeakMap<readonly OrderRow[], { readonly timeZone: string; readonly made: OrderFacts }>();

function orderFactsOf(orders: OrderBook, timeZone: string): OrderFacts {
  const before = known.get(orders.rows);
  if (before?.timeZone === timeZone) return before.made;
  const made = madeOf(orders, timeZone);
  known.set(orders.rows, { timeZone, made });
  return made;
}

function madeOf({ rows, open }: OrderBook, timeZone: string): OrderFacts {
  const orderedOf = new Map(rows.map(({ order, ordered }) => [orderKey(order), ordered]));
  return {
    openOrders: ordersBesidePlanned(open).map((order) => ({ ...order, ordered: orderedOf.get(orderKey(order)) ?? 0 })),
    leadTimes: leadObservations(rows, timeZone),
    receivedOrders: rows.flatMap(({ order, ordered, closedBy, closedAt }) =>
      closedBy === "received" && closedAt !== null
        ? [{ workflowId: order.workflowId, quantity: ordered, receivedAt: closedAt }]
        : [],
    ),
    recentOrders: recentOrdersOf(rows),
  };
}

/** Quantities of the newest few, oldest first. */
export function recentOrdersOf(rows: readonly OrderRow[]): number[] {
  return (
    rows
      // An order that a newer plan replaced was never placed.
      .filter((row) => row.closedBy !== "replanned" && row.ordered > 0)
      .slice(-USUAL_ORDERS)
      .map((row) => row.ordered)
  );
}

/** What a person last refused: as a question, or as a line of a purchase order. */
function standingNo(journal: Journal): StandingNo | null {
  const { workflows, orders } = journal;
  const ofLine = noOfOrders(orders.rows, (workflowId) => {
    const seq = parseWorkflowId(workflowId)?.seq;
    return seq === undefined ? null : (workflows.read(seq)?.recommendation?.quantity ?? null);
  });
  return newerNo(ofQuestion(journal), ofLine);
}

/** The No of the newest count: it was refused itself, points to a refused one, or carries a No along. */
function ofQuestion({ workflows }: Journal): StandingNo | null {
  const newest = workflows.newestCount;
  if (newest === null) return null;
  if (newest.supersededBy === null) {
    if (newest.isAnswered) return newest.no;
  } else {
    const decided = workflows.read(parseWorkflowId(newest.supersededBy)?.seq ?? 0);
    if (decided?.review?.decidedAt != null) return noOf(decided);
  }
  // A No by removal from a purchase order is read from the order itself, since the units may have been put back.
  return newest.carriedNo?.kind === "removed" ? null : newest.carriedNo;
}
