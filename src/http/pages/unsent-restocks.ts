/** Restocks that are on no purchase order, for the pages that say what is to be ordered. */
import { formatsOf } from "../../shared/formats.ts";
import { concurrently } from "../../shared/concurrently.ts";
import { DAY_MS } from "../../shared/durations.ts";
import { storageOf } from "../../storage/storage.ts";
import type { RowToPlace } from "../../ui/order/to-place.tsx";
import type { Session } from "../auth/inbox-session.ts";
import { storesOf } from "../auth/store-bounds.ts";
import type { AppContext } from "../kit/context.ts";
import { objectOfWorkflow } from "../kit/item-stubs.ts";

/** Nobody says that an order by telephone was placed, so an older one counts as placed. */
const LISTED_FOR_MS = 7 * DAY_MS;
const AT_ONCE = 8;

/** The newest first. What was received or cancelled, or has a supplier's number, is left out, as its item says. */
export async function toPlace(
  c: AppContext,
  session: Session,
  most: number,
  now: number,
): Promise<readonly RowToPlace[]> {
  const stores = storesOf(session.principal);
  const decided = await storageOf(c.env).workflows.toPlace(now - LISTED_FOR_MS, stores, most);
  const rows = await concurrently(decided, AT_ONCE, async ({ id, storeId, productId, shownAs = {}, ...workflow }) => {
    const overview = await objectOfWorkflow(c, id).overview();
    const open = overview?.openOrders.find(({ order }) => order.workflowId === id && order.reference == null);
    if (open === undefined) return null;
    const { quantity, time } = formatsOf(shownAs);
    const decidedAt = workflow.review?.decidedAt ?? workflow.createdAt;
    return { storeId, productId, shownAs, quantity: quantity(open.order.quantity), decided: time(decidedAt, now) };
  });
  return rows.filter((row) => row !== null);
}
