/** Restocks that are on no purchase order, for the pages and the list that say what is to be ordered. */
import { concurrently } from "../../../shared/concurrently.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { ToPlaceCursor } from "../../../storage/workflow-log.ts";
import type { ShownAs } from "../../../workflow/asking/shown-as.ts";
import { promisedDayOf, type ItemOrder } from "../../../workflow/orders/item-order.ts";
import type { OrderRow } from "../../../workflow/orders/order-row.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { localDay } from "../../../world/zones.ts";
import type { AppContext } from "../context.ts";
import { objectOfWorkflow } from "../item-stubs.ts";

/** Of an older one nobody says any more whether it was placed. */
const LISTED_FOR_MS = 7 * DAY_MS;
const AT_ONCE = 8;
/** Items that a list asks; further ones are on the next page. */
const MOST_ASKED = 200;

export interface OwnRestock {
  readonly workflow: Workflow;
  readonly row: OrderRow;
}

export interface OwnRestocks {
  /** To be placed, and those that somebody placed by hand and that are not here yet. */
  readonly found: readonly OwnRestock[];
  /** Where the next page begins; null = this is the last. */
  readonly next: ToPlaceCursor | null;
}

/**
 * The newest first, until `most` of them are to be placed. What was received or cancelled, or has a supplier's number,
 * is left out, as its item says.
 */
export async function ownRestocks(
  c: AppContext,
  stores: readonly string[] | null,
  most: number,
  now: number,
  after: ToPlaceCursor | null = null,
): Promise<OwnRestocks> {
  const found: OwnRestock[] = [];
  let next = after;
  // A short page reads on past what has come: several at a time, not one after the other.
  const atATime = Math.max(most, AT_ONCE);
  for (let asked = 0; asked < MOST_ASKED && found.filter(isToPlace).length < most; asked += atATime) {
    const decided = await storageOf(c.env).workflows.toPlace(now - LISTED_FOR_MS, stores, next, atATime);
    const rows = await concurrently(decided, AT_ONCE, async (workflow) => {
      const overview = await objectOfWorkflow(c, workflow.id).overview();
      return overview?.openOrders.find(({ order }) => order.workflowId === workflow.id);
    });
    for (const [at, row] of rows.entries())
      if (row !== undefined && (row.placed !== undefined || isUntouched(row)))
        found.push({ workflow: decided[at]!, row });
    if (decided.length < atATime) return { found, next: null };
    next = placeOf(decided.at(-1)!);
  }
  return { found, next };
}

export function isToPlace({ row }: OwnRestock): boolean {
  return row.placed === undefined;
}

/** Where the list goes on behind this one. */
export function placeOf(workflow: Workflow): ToPlaceCursor {
  return [Math.round(decidedAt(workflow)), workflow.id];
}

export function decidedAt({ review, createdAt }: Workflow): number {
  return review?.decidedAt ?? createdAt;
}

/** The store's day on which it is expected. */
export function expectedDay(order: ItemOrder, { timeZone }: ShownAs): number {
  return promisedDayOf(order) ?? localDay(order.expectedAt, timeZone ?? "UTC");
}

function isUntouched({ order, arrivals = [] }: OrderRow): boolean {
  return order.reference == null && arrivals.length === 0;
}
