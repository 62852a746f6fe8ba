/**
 * The five-minute sweep: pokes the objects of reviews that are overdue and undecided, and of purchase orders past their
 * cut-off. Their own alarms should have run; this catches one that the platform lost (I3, I8).
 */
import type { Env } from "../env.ts";
import { storageOf } from "../storage/storage.ts";
import { concurrently } from "../shared/concurrently.ts";
import { CLOSING_GRACE_MS } from "../storage/purchase-log.ts";
import { partsOfPurchaseOrderId } from "../workflow/orders/purchase-line.ts";
import { parseWorkflowId } from "../workflow/workflow-id.ts";

/** Objects poked a sweep: a longer backlog is worked off by the next ones. */
const MOST_POKED = 200;
const POKED_AT_ONCE = 10;

/** Orders that are still open after their cut-off; their own alarms should have closed them. */
export async function sweepPurchases(env: Env, now: number): Promise<{ poked: number; failed: number }> {
  const overdue = await storageOf(env).purchases.overdue(now - CLOSING_GRACE_MS, MOST_POKED);
  const objectIds = [...new Set(overdue.flatMap((poId) => partsOfPurchaseOrderId(poId)?.objectId ?? []))];
  const succeeded = await concurrently(objectIds, POKED_AT_ONCE, (objectId) =>
    isReached(env.PURCHASE_ORDERS.get(env.PURCHASE_ORDERS.idFromString(objectId)).poke()),
  );
  return { poked: objectIds.length, failed: succeeded.filter((isPoked) => !isPoked).length };
}

export async function sweep(env: Env, now: number): Promise<{ poked: number; failed: number }> {
  const overdue = await storageOf(env).workflows.overdue(now, MOST_POKED);
  const byObject = Map.groupBy(overdue, ({ workflowId }) => parseWorkflowId(workflowId)?.objectId ?? "");
  byObject.delete("");
  const succeeded = await concurrently([...byObject], POKED_AT_ONCE, ([objectId, rows]) =>
    isReached(env.ITEM.get(env.ITEM.idFromString(objectId)).poke(rows.map(({ workflowId }) => workflowId))),
  );
  return { poked: byObject.size, failed: succeeded.filter((isPoked) => !isPoked).length };
}

function isReached(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  );
}
