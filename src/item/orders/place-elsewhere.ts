/** An order that was made elsewhere becomes one of the item's open orders. */
import type { Item } from "../item.ts";
import type { ItemIdentity } from "../../storage/identity.ts";
import { type ItemOrder, elsewhereId } from "../../workflow/orders/item-order.ts";
import { findOpen } from "./find-open.ts";
import { newIdentity } from "../store/identity-row.ts";

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
    toldAt: item.itemNow(),
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
