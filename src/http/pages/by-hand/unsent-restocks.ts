/** Restocks that are on no purchase order, for the pages that say what is to be ordered. */
import { formatsOf } from "../../../shared/formats.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { ToPlaceCursor } from "../../../storage/workflow-log.ts";
import type { PlacedRow, RowToPlace } from "../../../ui/order/to-place.tsx";
import type { ShownAs } from "../../../workflow/asking/shown-as.ts";
import { promisedDayOf, type ItemOrder } from "../../../workflow/orders/item-order.ts";
import type { OrderRow } from "../../../workflow/orders/order-row.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { localDay } from "../../../world/zones.ts";
import type { Session } from "../../auth/inbox-session.ts";
import { storesOf } from "../../auth/store-bounds.ts";
import type { AppContext } from "../../kit/context.ts";
import { objectOfWorkflow } from "../../kit/item-stubs.ts";

/** Of an older one nobody says any more whether it was placed. */
const LISTED_FOR_MS = 7 * DAY_MS;
const AT_ONCE = 8;
/** Items that a page asks; further ones are on the next. */
const MOST_ASKED = 200;

export interface UnsentRestocks {
  readonly rows: readonly RowToPlace[];
  /** Placed by hand, and not here yet. */
  readonly placed: readonly PlacedRow[];
  /** Where the next page begins; null = this is the last. */
  readonly next: ToPlaceCursor | null;
}

/** The newest first. What was received or cancelled, or has a supplier's number, is left out, as its item says. */
export async function unsentRestocks(
  c: AppContext,
  session: Session,
  most: number,
  now: number,
  after: ToPlaceCursor | null = null,
): Promise<UnsentRestocks> {
  const stores = storesOf(session.principal);
  const rows: RowToPlace[] = [];
  const placed: PlacedRow[] = [];
  let next = after;
  for (let asked = 0; asked < MOST_ASKED && rows.length < most; asked += most) {
    const decided = await storageOf(c.env).workflows.toPlace(now - LISTED_FOR_MS, stores, next, most);
    const found = await concurrently(decided, AT_ONCE, async (workflow) => {
      const overview = await objectOfWorkflow(c, workflow.id).overview();
      return overview?.openOrders.find(({ order }) => order.workflowId === workflow.id);
    });
    for (const [at, row] of found.entries()) {
      const workflow = decided[at]!;
      if (row?.placed !== undefined) placed.push(placedRow(workflow, row, now));
      else if (row !== undefined && row.order.reference == null && !(row.arrivals?.length ?? 0))
        rows.push(rowToPlace(workflow, row, now));
    }
    if (decided.length < most) return { rows, placed, next: null };
    const last = decided.at(-1)!;
    next = [Math.round(decidedAt(last)), last.id];
  }
  return { rows, placed, next };
}

function decidedAt({ review, createdAt }: Workflow): number {
  return review?.decidedAt ?? createdAt;
}

function rowToPlace(workflow: Workflow, { order }: OrderRow, now: number): RowToPlace {
  const { id: workflowId, storeId, productId, shownAs = {} } = workflow;
  const formats = formatsOf(shownAs);
  return {
    workflowId,
    storeId,
    productId,
    shownAs,
    quantity: formats.quantity(order.quantity),
    decided: formats.time(decidedAt(workflow), now),
    expected: formats.date(expectedDay(order, shownAs), now),
  };
}

export function placedRow(workflow: Workflow, row: OrderRow, now: number): PlacedRow {
  const { at, by } = row.placed!;
  return {
    ...rowToPlace(workflow, row, now),
    at,
    by: by.label,
    when: formatsOf(workflow.shownAs ?? {}).time(at, now),
    reference: row.order.reference ?? null,
  };
}

/** The store's day on which it is expected. */
export function expectedDay(order: ItemOrder, { timeZone }: ShownAs): number {
  return promisedDayOf(order) ?? localDay(order.expectedAt, timeZone ?? "UTC");
}
