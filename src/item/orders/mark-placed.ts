/**
 * Somebody says that they placed an order which no purchase order takes, or that they did not after all. It counts as
 * on order either way; the mark says that nobody has to place it any more, by whom and since when.
 */
import { promisedAnew, type NewPromise } from "../../workflow/orders/promise.ts";
import type { ItemOrder } from "../../workflow/orders/item-order.ts";
import { expectedWhenPlaced } from "../../workflow/orders/placed-late.ts";
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { Item } from "../item.ts";
import { withEntry, wrongWith } from "./change-promise.ts";
import { findOpen } from "./find-open.ts";

export interface PlacedCall extends Omit<NewPromise, "quantity" | "reason"> {
  readonly schema: 1;
  readonly workflowId: string;
  /** When it was marked, to take that mark back; null = mark it. */
  readonly undo: number | null;
}

const PLACED = "placed by hand";
const NOT_PLACED = "not placed after all";

/** The order as it is now, whoever marked it first. Null = it is not open, or on a purchase order. */
export function markPlaced(item: Item, call: PlacedCall): OrderRow | "taken" | "early" | null {
  item.expireOverdue();
  const row = findOpen(item, call.workflowId);
  if (row === null || row.order.purchase !== undefined) return null;
  if ((row.placed?.at ?? null) !== call.undo) return row;
  const change = { ...call, quantity: null, reason: call.undo === null ? PLACED : NOT_PLACED };
  const workflow = item.find(call.workflowId);
  const before = call.undo === null ? { ...row, order: sentNow(item, row.order, workflow) } : asBefore(row);
  const wrong = wrongWith(item, before, change);
  if (wrong !== null) return wrong;
  const now = item.deps.now();
  const placed = call.undo === null ? { at: now, by: call.by, was: row.order } : undefined;
  const marked: OrderRow = { ...promisedAnew(before, change, 0, item.itemNow()), placed };
  item.write({
    orders: [marked],
    workflows: workflow === null ? [] : [withEntry(workflow, row, marked, change, now)],
  });
  return marked;
}

/** Its age counts from the mark, since until then no sender counts it. A replayed past has only item time. */
function sentNow(item: Item, order: ItemOrder, workflow: Workflow | null): ItemOrder {
  const isReplayed = order.madeAt === undefined;
  const placedAt = isReplayed ? item.itemNow() : item.deps.now();
  const calendar = workflow?.decision?.calendar ?? workflow?.snapshot.calendar ?? null;
  return {
    ...order,
    placedAt,
    expectedAt: expectedWhenPlaced(order, calendar, placedAt),
    ...(isReplayed ? {} : { madeAt: placedAt }),
  };
}

/** Without what was said with the mark; what the supplier said since then is kept. */
function asBefore(row: OrderRow): OrderRow {
  return row.placed === undefined || row.changes?.at(-1)?.reason !== PLACED
    ? row
    : { ...row, order: { ...row.placed.was, quantity: row.order.quantity } };
}
