/** Restocks that are on no purchase order, for the pages that say what is to be ordered. */
import { formatsOf } from "../../../shared/formats.ts";
import type { ToPlaceCursor } from "../../../storage/workflow-log.ts";
import type { PlacedRow, RowToPlace } from "../../../ui/order/to-place.tsx";
import type { OrderRow } from "../../../workflow/orders/order-row.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import type { Session } from "../../auth/inbox-session.ts";
import { storesOf } from "../../auth/store-bounds.ts";
import type { AppContext } from "../../kit/context.ts";
import { decidedAt, expectedDay, isToPlace, ownRestocks } from "../../kit/purchasing/own-restocks.ts";

export interface UnsentRestocks {
  readonly rows: readonly RowToPlace[];
  /** Placed by hand, and not here yet. */
  readonly placed: readonly PlacedRow[];
  /** Where the next page begins; null = this is the last. */
  readonly next: ToPlaceCursor | null;
}

export async function unsentRestocks(
  c: AppContext,
  session: Session,
  most: number,
  now: number,
  after: ToPlaceCursor | null = null,
): Promise<UnsentRestocks> {
  const { found, next } = await ownRestocks(c, storesOf(session.principal), most, now, after);
  return {
    rows: found.filter(isToPlace).map(({ workflow, row }) => rowToPlace(workflow, row, now)),
    placed: found.filter((restock) => !isToPlace(restock)).map(({ workflow, row }) => placedRow(workflow, row, now)),
    next,
  };
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
