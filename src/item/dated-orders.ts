/** Changes of open orders by hand: orders made elsewhere, new promises of the supplier, receipts taken back. */
import { withoutDust } from "../shared/without-dust.ts";
import { exactly } from "../replenishment/words/numbers.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import { elsewhereId, type ItemOrder } from "../workflow/orders/item-order.ts";
import type { Item } from "./item.ts";
import { findOpen } from "./orders.ts";
import { followed } from "./purchase/purchase-lines.ts";
import { isReceiptOf, receiptOfPurchase, referenceAt } from "./purchase/purchase-receipt.ts";
import type { ReceiptRow } from "./store/order-book.ts";
import { replayedReceipt } from "./store/receipt-answer.ts";
import type { OrderRow } from "../workflow/orders/order-row.ts";
import { promisedAnew } from "../workflow/orders/promise.ts";
import { withChanges } from "../workflow/orders/purchased-row.ts";
import { receivedAtItem, takenBackAtItem } from "../workflow/orders/purchased-orders.ts";
import type { SetBy } from "../workflow/orders/purchase-line.ts";
import { nextLineVersion } from "../workflow/orders/line-version.ts";
import { audited, touch } from "../workflow/record.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import { storeDay } from "../world/opening.ts";
import type { WorldSlice } from "../world/types.ts";
import { newIdentity } from "./store/identity-row.ts";

export interface PlacedElsewhere {
  readonly schema: 1;
  readonly item: ItemIdentity;
  readonly reference: string;
  readonly quantity: number;
  readonly expectedAt: number;
  /** The store's day of it, where a day was named. */
  readonly expectedOn?: number;
  /** Null = now; a repetition is then recognised by the other fields. */
  readonly placedAt: number | null;
}

export interface PlacedAnswer {
  readonly kind: "created" | "known" | "differs";
  readonly order: ItemOrder;
}

/** Repeating the call with the same reference and fields changes nothing. */
export function placeElsewhere(item: Item, call: PlacedElsewhere): PlacedAnswer {
  const { journal } = item;
  const known =
    journal.orders.rows.find(({ order }) => order.workflowId === elsewhereId(call.reference)) ??
    findOpen(item, call.reference);
  if (known !== null) {
    const said = known.said;
    const isSame =
      said?.quantity === call.quantity && said.expectedAt === call.expectedAt && said.placedAt === call.placedAt;
    return { kind: isSame ? "known" : "differs", order: known.order };
  }
  item.expireOverdue();
  const order: ItemOrder = {
    workflowId: elsewhereId(call.reference),
    reference: call.reference,
    quantity: call.quantity,
    placedAt: call.placedAt ?? item.itemNow(),
    expectedAt: call.expectedAt,
    ...(call.expectedOn === undefined ? {} : { expectedOn: call.expectedOn }),
  };
  const { quantity, expectedAt, placedAt } = call;
  item.write({
    ...(journal.identity === null ? { identity: newIdentity(call.item) } : {}),
    orders: [
      { schema: 1, ordered: quantity, order, said: { quantity, expectedAt, placedAt }, closedAt: null, closedBy: null },
    ],
  });
  return { kind: "created", order };
}

export interface PromiseChange {
  readonly schema: 1;
  /** The workflow behind the order, or its reference. */
  readonly order: string;
  readonly expectedAt: number | null;
  /** The store's day of it, where a day was named. */
  readonly expectedOn?: number;
  /** Units still outstanding; 0 = it will not come. */
  readonly quantity: number | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly by: SetBy;
}

/**
 * Null when there is no such open order; "taken" when another open order has the new reference, since a reference finds
 * one order. Who reported it and why is written to the order and to the audit of its decision. Its purchase order, if
 * any, is informed.
 */
export function changePromise(item: Item, change: PromiseChange): OrderRow | "taken" | null {
  const { journal, deps } = item;
  const row = findOpen(item, change.order);
  if (row === null) return null;
  const { reference } = change;
  if (reference !== null && reference !== row.order.reference && (findOpen(item, reference) ?? row) !== row)
    return "taken";
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

/** A moment is on a day of the store, too. */
function withDay(change: PromiseChange, store: WorldSlice["store"]): PromiseChange {
  if (change.expectedAt === null || change.expectedOn !== undefined) return change;
  return { ...change, expectedOn: storeDay(change.expectedAt, store) };
}

function withEntry(
  workflow: Workflow,
  { order: before }: OrderRow,
  { order: after }: OrderRow,
  { by, reason }: PromiseChange,
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

/** Takes a receipt back: what it closed is open again. False = there is no such receipt. */
export function takeBackReceipt(item: Item, reference: string): boolean {
  const { orders: book } = item.journal;
  const receipt = book.receipt(reference) ?? receiptOfPurchase(book, reference);
  if (receipt === null) return false;
  item.expireOverdue();
  const { closed } = replayedReceipt(receipt.answer);
  const version = nextLineVersion(book.rows, item.deps.now());
  const rest = new Set(book.rows);
  const orders = closed.flatMap(({ workflowId, quantity }): OrderRow[] => {
    const arrivalIn = (row: OrderRow): number =>
      (row.arrivals ?? []).findIndex(({ at, quantity: came }) => at === receipt.receivedAt && came === quantity);
    // A decision has several orders once a part of its units moved to another purchase order.
    const own = [...rest].filter(({ order }) => order.workflowId === workflowId);
    const row = own.find((each) => arrivalIn(each) >= 0) ?? own[0];
    // An order that has since been cancelled or forgotten is not reopened.
    if (row === undefined || (row.closedAt !== null && row.closedBy !== "received")) return [];
    rest.delete(row);
    const arrivals = row.arrivals ?? [];
    const gone = arrivalIn(row);
    const open: OrderRow = {
      ...row,
      order: { ...row.order, quantity: withoutDust(row.order.quantity + quantity) },
      arrivals: arrivals.filter((_, index) => index !== gone),
      closedAt: null,
      closedBy: null,
    };
    return [receivedAtItem(open, -quantity, version)];
  });
  item.write({ orders: followedByPurchase(book.rows, orders, receipt, version), droppedReceipt: receipt });
  return true;
}

/**
 * The purchase order must know which of its receipts was taken back. Units beyond its open orders closed none of them,
 * so the newest one carries both.
 */
function followedByPurchase(
  rows: readonly OrderRow[],
  reopened: readonly OrderRow[],
  { reference, quantity, answer }: ReceiptRow,
  version: number,
): readonly OrderRow[] {
  const newest = withChanges(rows, reopened).findLast((row) => isReceiptOf(row.order.purchase?.poId, reference));
  const poId = newest?.order.purchase?.poId;
  if (newest === undefined || poId === undefined) return reopened;
  const closed = replayedReceipt(answer).closed.reduce((sum, each) => sum + each.quantity, 0);
  const surplus = Math.max(0, withoutDust(quantity - closed));
  const received = receivedAtItem(newest, -surplus, version);
  return withChanges(reopened, [takenBackAtItem(received, referenceAt(poId, reference), version)]);
}
