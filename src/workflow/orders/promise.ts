/** Changes that the supplier reports for an open order. Pure. */
import { withoutDust } from "../../shared/without-dust.ts";
import type { OrderRow } from "./order-row.ts";
import type { SetBy } from "./purchase-line.ts";
import { isPurchased, type PurchasedRow } from "./purchased-row.ts";
import { DAY_MS } from "../../shared/durations.ts";

export interface NewPromise {
  readonly expectedAt: number | null;
  /** The store's day of it, where a day was named. */
  readonly expectedOn?: number;
  /** A moment was named, and `expectedOn` is the day that it is on. */
  readonly isMoment?: boolean;
  /** Units still outstanding; 0 = it will not come. */
  readonly quantity: number | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly by: SetBy;
}

const KEPT_ENTRIES = 10;

/**
 * The row with the supplier's change. The first promise is kept, since lead times are measured against it. A new
 * quantity on a purchase order counts as set by a person (I18), and the line's version rises so that the purchase order
 * is informed.
 */
export function promisedAnew(row: OrderRow, said: NewPromise, version: number, now: number): OrderRow {
  const { order } = row;
  const quantity = said.quantity ?? order.quantity;
  const expectedAt = said.expectedAt ?? order.expectedAt;
  const reference = said.reference ?? order.reference ?? null;
  const entry = { at: now, by: said.by.label, reason: said.reason, quantity, expectedAt, reference };
  const changed: OrderRow = {
    ...row,
    // `ordered` changes too, since shares of arrivals are measured against it.
    ordered: Math.max(0, withoutDust(row.ordered + quantity - order.quantity)),
    order: {
      ...order,
      quantity,
      expectedAt,
      ...(said.reference === null ? {} : { reference }),
      ...(said.expectedAt === null
        ? {}
        : { promisedAt: order.promisedAt ?? order.expectedAt, isMoment: said.isMoment === true ? true : undefined }),
      ...(said.expectedOn === undefined ? {} : { expectedOn: said.expectedOn }),
    },
    changes: [...(row.changes ?? []), entry].slice(-KEPT_ENTRIES),
    ...(quantity > 0 ? {} : { closedAt: now, closedBy: "cancelled" as const }),
  };
  return isPurchased(changed) ? onItsPurchaseOrder(changed, row, said, version) : changed;
}

function onItsPurchaseOrder(
  changed: PurchasedRow,
  { order: before }: OrderRow,
  said: NewPromise,
  version: number,
): OrderRow {
  const { order } = changed;
  const isSet = order.quantity !== before.quantity;
  return {
    ...changed,
    order: {
      ...order,
      purchase: {
        ...order.purchase,
        version,
        ...(isSet ? { setBy: said.by, firmQuantity: order.quantity } : {}),
        // The arrival of an unsent order follows from its cut-off, whatever a supplier says beforehand.
        ...(said.expectedAt !== null && order.purchase.stage === "sent"
          ? { arrivesOn: said.expectedOn ?? Math.floor(said.expectedAt / DAY_MS) }
          : {}),
      },
    },
  };
}
