/**
 * Retention: with each sweep, some stretches of the decision log are walked and what is older than `RETENTION_DAYS`
 * goes, in the item's journal first and then in the database, so that no item sends again what the log has forgotten.
 * An item that cannot be reached keeps its rows until the walk comes by again.
 */
import type { Env } from "../env.ts";
import { requireSettings } from "../config/settings.ts";
import { storageOf } from "../storage/storage.ts";
import { partsOfPurchaseOrderId } from "../workflow/orders/purchase-line.ts";
import { parseWorkflowId } from "../workflow/workflow-id.ts";
import { concurrently } from "../shared/concurrently.ts";
import { DAY_MS } from "../shared/durations.ts";

/** Rows of one statement: short enough that others' writes do not wait behind it. */
const ROWS_A_STEP = 500;
/**
 * Steps a sweep, so that a log of a million rows is walked within a few hours, for some twenty cents a month of
 * reading.
 */
const STEPS_A_SWEEP = 40;
/** Items called per sweep: an invocation may make a limited number of calls, and the next sweep continues from here. */
const MOST_ITEMS = 400;
const ITEMS_AT_ONCE = 10;

export interface AgedOut {
  readonly aged: number;
  /** Too old, but their item could not be reached. */
  readonly kept: number;
}

export async function ageOut(env: Env, now: number, rows = ROWS_A_STEP, steps = STEPS_A_SWEEP): Promise<AgedOut> {
  const cutoff = now - requireSettings(env).retentionDays * DAY_MS;
  const total = { aged: 0, kept: 0 };
  for (let step = 0, items = 0; step < steps && items < MOST_ITEMS; step++) {
    const { aged, kept, told, isEnd } = await ageOutStretch(env, cutoff, rows);
    total.aged += aged;
    total.kept += kept;
    items += told;
    if (isEnd) break;
  }
  return total;
}

async function ageOutStretch(
  env: Env,
  cutoff: number,
  rows: number,
): Promise<AgedOut & { readonly told: number; readonly isEnd: boolean }> {
  const { retention } = storageOf(env);
  const { aged, next } = await retention.look(cutoff, rows);
  const byItem = Map.groupBy(aged, ({ workflowId }) => parseWorkflowId(workflowId)?.objectId ?? "");
  const items = [...byItem.keys()];
  const forgotten: string[] = [];
  await concurrently(items, ITEMS_AT_ONCE, async (objectId) => {
    try {
      await env.ITEM.get(env.ITEM.idFromString(objectId)).forget(cutoff);
    } catch {
      // Kept until the next walk.
      return;
    }
    forgotten.push(...byItem.get(objectId)!.map(({ workflowId }) => workflowId));
  });
  await retention.remove(forgotten, next);
  return { aged: forgotten.length, kept: aged.length - forgotten.length, told: items.length, isEnd: next === "" };
}

/** Purchase orders that are over and older: from their objects first, then from the database. */
export async function ageOutPurchases(env: Env, now: number): Promise<AgedOut> {
  const { purchases } = storageOf(env);
  const cutoff = now - requireSettings(env).retentionDays * DAY_MS;
  const aged = await purchases.aged(cutoff, ROWS_A_STEP);
  const byObject = Map.groupBy(aged, (poId) => partsOfPurchaseOrderId(poId)?.objectId ?? "");
  const forgotten = await concurrently([...byObject], ITEMS_AT_ONCE, async ([objectId, poIds]) => {
    try {
      await env.PURCHASE_ORDERS.get(env.PURCHASE_ORDERS.idFromString(objectId)).forget(cutoff);
      return poIds;
    } catch {
      return [];
    }
  });
  const gone = forgotten.flat();
  await purchases.remove(gone);
  return { aged: gone.length, kept: aged.length - gone.length };
}
