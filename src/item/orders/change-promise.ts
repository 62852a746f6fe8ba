/** A supplier's new promise for an open order, and its entry in the audit of the order's decision. */
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import type { Item } from "../item.ts";
import { followed } from "../purchase/purchase-lines.ts";
import { exactly } from "../../replenishment/words/numbers.ts";
import { findOpen } from "./find-open.ts";
import { promisedAnew, type NewPromise } from "../../workflow/orders/promise.ts";
import { audited, touch } from "../../workflow/record.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { DAY_MS } from "../../shared/durations.ts";
import { storeDay } from "../../world/opening.ts";
import type { WorldSlice } from "../../world/types.ts";

export interface PromiseChange extends NewPromise {
  readonly schema: 1;
  /** The workflow behind the order, or its reference. */
  readonly order: string;
}

/**
 * Null when there is no such open order; "taken" when another open order has the new reference, since a reference finds
 * one order; "early" when the order cannot come on that day. Who reported it and why is written to the order and to the
 * audit of its decision. Its purchase order, if any, is informed.
 */
export function changePromise(item: Item, change: PromiseChange): OrderRow | "taken" | "early" | null {
  const { journal, deps } = item;
  const row = findOpen(item, change.order);
  if (row === null) return null;
  const wrong = wrongWith(item, row, change);
  if (wrong !== null) return wrong;
  item.expireOverdue();
  const version = nextLineVersion(journal.orders.rows, deps.now());
  const promised = promisedAnew(row, withDay(change, item.world.store), version, item.itemNow());
  const [moved] = followed(journal, [promised], deps.now());
  const workflow = moved ?? item.find(row.order.workflowId);
  item.write({
    orders: [promised],
    workflows: workflow === null ? [] : [withEntry(workflow, row, promised, change, deps.now())],
  });
  return promised;
}

export function wrongWith(item: Item, row: OrderRow, change: NewPromise): "taken" | "early" | null {
  const { reference } = change;
  if (isEarly(row, change)) return "early";
  const isTaken = reference !== null && reference !== row.order.reference && (findOpen(item, reference) ?? row) !== row;
  return isTaken ? "taken" : null;
}

/** Expected days before it was placed, where anybody said when that was. */
function isEarly({ order, said }: OrderRow, { expectedAt }: NewPromise): boolean {
  return expectedAt !== null && said?.placedAt !== null && expectedAt < order.placedAt - DAY_MS;
}

/** A moment is on a day of the store, too. */
function withDay(change: PromiseChange, store: WorldSlice["store"]): PromiseChange {
  if (change.expectedAt === null || change.expectedOn !== undefined) return change;
  return { ...change, expectedOn: storeDay(change.expectedAt, store), isMoment: true };
}

export function withEntry(
  workflow: Workflow,
  { order: before }: OrderRow,
  { order: after }: OrderRow,
  { by, reason }: Pick<NewPromise, "by" | "reason">,
  now: number,
): Workflow {
  const detail = [
    ...(after.quantity === before.quantity ? [] : [`${exactly(before.quantity)} -> ${exactly(after.quantity)} units`]),
    ...(after.expectedAt === before.expectedAt ? [] : [`expected ${new Date(after.expectedAt).toISOString()}`]),
    ...(after.reference === before.reference ? [] : [`reference ${after.reference}`]),
    ...(reason === null ? [] : [reason]),
  ].join("; ");
  const audit = audited(workflow, {
    at: now,
    event: "order_changed",
    actor: by.principal,
    label: by.label,
    channel: by.channel,
    detail,
  });
  return touch(workflow, { audit }, now);
}
