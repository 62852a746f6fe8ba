/** What an item knows when it decides: its inputs and world, and what its own order book and records say. */
import { isRemoved, noOf, noOfRemoved } from "../../workflow/standing-no.ts";
import type { StandingNo } from "../../workflow/no.ts";
import type { Facts, ItemInputs } from "../../workflow/facts.ts";
import type { ReviewPolicy } from "../../workflow/review.ts";
import type { Snapshot } from "../../workflow/types.ts";
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import type { WorldSlice } from "../../world/types.ts";
import { leadObservation } from "../lead-observation.ts";
import type { Journal } from "../store/journal.ts";
import { ordersBesidePlanned } from "../../workflow/orders/purchased-orders.ts";

/** Orders that say what is usual here: enough for a median, few enough to follow a change. */
const USUAL_ORDERS = 10;

export function factsOf(
  journal: Journal,
  inputs: ItemInputs,
  world: WorldSlice,
  snapshot: Snapshot,
  policy: ReviewPolicy,
): Facts {
  const { rows, open } = journal.orders;
  return {
    inputs,
    world,
    openOrders: ordersBesidePlanned(open),
    leadTimes: rows.flatMap(leadObservation),
    outages: journal.workflows.newestCount?.outages ?? [],
    standingNo: standingNo(journal),
    receivedSince: journal.orders.receivedAfter(snapshot.occurredAt),
    receivedOrders: rows.flatMap(({ order, ordered, closedBy, closedAt }) =>
      closedBy === "received" && closedAt !== null
        ? [{ workflowId: order.workflowId, quantity: ordered, receivedAt: closedAt }]
        : [],
    ),
    recentOrders: rows
      // An order that gave way to a newer plan was never one.
      .filter((row) => row.closedBy !== "replanned")
      .slice(-USUAL_ORDERS)
      .map((row) => row.ordered),
    policy,
  };
}

/** What a person last refused: at a question, or by taking it off a purchase order. */
function standingNo(journal: Journal): StandingNo | null {
  const { workflows, orders } = journal;
  const taken = orders.rows
    .filter(isRemoved)
    .toSorted((a, b) => a.closedAt - b.closedAt)
    .at(-1);
  const workflow = taken === undefined ? null : workflows.read(parseWorkflowId(taken.order.workflowId)?.seq ?? 0);
  const removed = taken === undefined || workflow === null ? null : noOfRemoved(taken, workflow);
  const asked = noToQuestion(journal);
  return removed !== null && removed.at > (asked?.at ?? -Infinity) ? removed : asked;
}

/** The newest count was refused itself, points to what was, or carries it along. */
function noToQuestion({ workflows }: Journal): StandingNo | null {
  const count = workflows.newestCount;
  const newest = count === null ? null : workflows.read(count.seq);
  if (newest === null) return null;
  const decided =
    newest.supersededBy === null ? newest : workflows.read(parseWorkflowId(newest.supersededBy)?.seq ?? 0);
  if (decided?.review?.decidedAt != null) return noOf(decided);
  return newest.carriedNo ?? null;
}
