/** Open orders as dated facts: made elsewhere, promised anew by the supplier, and receipts that were a mistake. */
import type { ItemIdentity } from "../storage/identity.ts";
import { elsewhereId, type ItemOrder } from "../workflow/orders/item-order.ts";
import type { Item } from "./item.ts";
import { findOpen, StoredReceiptAnswer } from "./orders.ts";
import type { OrderRow } from "../workflow/orders/order-row.ts";

export interface PlacedElsewhere {
  readonly schema: 1;
  readonly item: ItemIdentity;
  readonly reference: string;
  readonly quantity: number;
  readonly expectedAt: number;
  /** Null = now, and then a repetition is told by the rest. */
  readonly placedAt: number | null;
}

export interface PlacedAnswer {
  readonly kind: "created" | "known" | "differs";
  readonly order: ItemOrder;
}

/** The same reference and words again change nothing. */
export function placeElsewhere(item: Item, call: PlacedElsewhere): PlacedAnswer {
  const { journal } = item;
  const known = journal.orders.rows.find(({ order }) => order.workflowId === elsewhereId(call.reference));
  if (known !== undefined) {
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
  };
  const { quantity, expectedAt, placedAt } = call;
  item.write({
    ...(journal.identity === null ? { identity: { schema: 1, ...call.item, inputsVersion: 0, terms: null } } : {}),
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
  /** Units still outstanding; 0 = it will not come. */
  readonly quantity: number | null;
  readonly reference: string | null;
}

/** Null when there is no such open order. What was first promised is kept: lead times are measured against it. */
export function changePromise(item: Item, change: PromiseChange): ItemOrder | null {
  const row = findOpen(item, change.order);
  if (row === null) return null;
  item.expireOverdue();
  const quantity = change.quantity ?? row.order.quantity;
  const order: ItemOrder = {
    ...row.order,
    quantity,
    ...(change.reference === null ? {} : { reference: change.reference }),
    ...(change.expectedAt === null
      ? {}
      : { expectedAt: change.expectedAt, promisedAt: row.order.promisedAt ?? row.order.expectedAt }),
  };
  const ending = quantity > 0 ? {} : { closedAt: item.itemNow(), closedBy: "cancelled" as const };
  // What was ordered follows, so that half of it is half of what comes.
  const ordered = Math.max(0, row.ordered + quantity - row.order.quantity);
  item.write({ orders: [{ ...row, ordered, order, ...ending }] });
  return order;
}

/** Takes a receipt back: what it closed is open again. False = there is no such receipt. */
export function takeBackReceipt(item: Item, reference: string): boolean {
  const { orders: book } = item.journal;
  const receipt = book.receipt(reference);
  if (receipt === null) return false;
  item.expireOverdue();
  const { closed } = StoredReceiptAnswer.parse(JSON.parse(receipt.answer));
  const orders = closed.flatMap(({ workflowId, quantity }): OrderRow[] => {
    const row = book.rows.find(({ order }) => order.workflowId === workflowId);
    // An order that was cancelled since, or forgotten, does not come back.
    if (row === undefined || (row.closedAt !== null && row.closedBy !== "received")) return [];
    const arrivals = row.arrivals ?? [];
    const gone = arrivals.findIndex((arrival) => arrival.at === receipt.receivedAt && arrival.quantity === quantity);
    return [
      {
        ...row,
        order: { ...row.order, quantity: row.order.quantity + quantity },
        arrivals: arrivals.filter((_, index) => index !== gone),
        closedAt: null,
        closedBy: null,
      },
    ];
  });
  item.write({ orders, droppedReceipt: receipt });
  return true;
}
