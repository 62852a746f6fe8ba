/**
 * What an item itself does with its orders on purchase orders, as pure steps: each returns the changed rows. A newer
 * plan replaces planned units, but never firm, committed or sent ones (I18).
 */
import { withoutDust } from "../../shared/without-dust.ts";
import type { ItemOrder } from "./item-order.ts";
import { nextLineVersion, seenRevisionOf } from "./line-version.ts";
import type { OrderRow } from "./order-row.ts";
import type { Closing, PurchaseSlot, SetBy } from "./purchase-line.ts";
import {
  closed,
  isOpenRow,
  isUncommitted,
  isPurchased,
  movedTo,
  refusedBy,
  rowsOf,
  withPurchase,
  type PurchasedRow,
} from "./purchased-row.ts";

/** Actor of a cancellation through the item's own route, which does not ask for a name. */
export const AT_ITEM: SetBy = { principal: "api", label: "somebody at the item", channel: "api" };

/** The orders that planning may count: without planned units, which are about to be planned anew. */
export function ordersBesidePlanned(orders: readonly ItemOrder[]): readonly ItemOrder[] {
  return orders.flatMap((order) => {
    const { purchase } = order;
    if (purchase === undefined || purchase.stage !== "open" || purchase.firmQuantity >= order.quantity) return [order];
    return purchase.firmQuantity > 0 ? [{ ...order, quantity: purchase.firmQuantity }] : [];
  });
}

/** A newer decision replaces planned units. */
export function replan(rows: readonly OrderRow[], now: number): readonly OrderRow[] {
  const version = nextLineVersion(rows, now);
  return rows
    .filter(isPurchased)
    .filter(isUncommitted)
    .filter(({ order }) => order.purchase.firmQuantity < order.quantity)
    .map((row) => {
      const { firmQuantity } = row.order.purchase;
      const changed = withPurchase(row, { version, setBy: null }, firmQuantity);
      return firmQuantity > 0 ? { ...changed, ordered: firmQuantity } : closed(changed, "replanned", now);
    });
}

/** The purchase order is closed: units that are not committed to it move to another opportunity. */
export function moveOn(
  rows: readonly OrderRow[],
  poId: string,
  to: PurchaseSlot,
  now: number,
  {
    isLost = false,
    isGone = false,
  }: { readonly isLost?: boolean | undefined; readonly isGone?: boolean | undefined } = {},
): readonly OrderRow[] {
  const isMovable = ({ order }: PurchasedRow): boolean =>
    order.purchase.stage === "open" || (isLost && order.purchase.stage === "committed");
  return moved(rows, poId, { to, revision: seenRevisionOf(rows, poId), isGone, isMoving: isMovable }, now);
}

interface Move {
  readonly to: PurchaseSlot;
  /** Of the purchase order that wants it. */
  readonly revision: number;
  readonly isGone?: boolean | undefined;
  readonly isMoving: (row: PurchasedRow) => boolean;
}

export function moved(
  rows: readonly OrderRow[],
  poId: string,
  { to, revision, isGone, isMoving }: Move,
  now: number,
): readonly OrderRow[] {
  const version = nextLineVersion(rows, now);
  return rowsOf(rows, poId)
    .filter((row) => isOpenRow(row) && isMoving(row))
    .map((row) => movedTo(row, to, version, { revision, ...(isGone === true ? { isGone } : {}) }));
}

/** Commits the rows when a purchase order closes. With `firmOnly`, planned units move to `next`. */
export function commitRows(
  rows: readonly OrderRow[],
  poId: string,
  closing: Closing,
  now: number,
): readonly OrderRow[] {
  if (closing.revision <= seenRevisionOf(rows, poId)) return [];
  const { revision } = closing;
  const version = nextLineVersion(rows, now);
  return rowsOf(rows, poId).flatMap((row): PurchasedRow[] => {
    if (!isUncommitted(row)) return [];
    const { firmQuantity } = row.order.purchase;
    const planned = withoutDust(row.order.quantity - firmQuantity);
    if (!closing.firmOnly || planned <= 0)
      return [withPurchase(row, { version, seenRevision: revision, stage: "committed" }, row.order.quantity)];
    if (firmQuantity === 0) return [movedTo(row, closing.next, version, { revision })];
    const kept = withPurchase(row, { version, seenRevision: revision, stage: "committed" }, firmQuantity);
    const part = { ...row, ordered: planned, order: { ...row.order, quantity: planned } };
    const rest = movedTo(withPurchase(part, { firmQuantity: 0 }, planned), closing.next, version, { revision });
    const key = `${row.order.workflowId}@${closing.next.poId}`;
    return [
      { ...kept, ordered: firmQuantity },
      { ...rest, order: { ...rest.order, key } },
    ];
  });
}

/** Goods received at the item itself (below 0: a receipt taken back), of which the purchase order must be informed. */
export function receivedAtItem(row: OrderRow, quantity: number, version: number): OrderRow {
  if (!isPurchased(row) || quantity === 0) return row;
  const { receivedElsewhere } = row.order.purchase;
  return withPurchase(
    row,
    { version, setBy: null, receivedElsewhere: withoutDust(receivedElsewhere + quantity) },
    row.order.quantity,
  );
}

/** A receipt through the purchase order was taken back at the item. */
export function takenBackAtItem(row: OrderRow, reference: string, version: number): OrderRow {
  if (!isPurchased(row)) return row;
  const others = (row.order.purchase.takenBack ?? []).filter((each) => each !== reference);
  return withPurchase(row, { version, setBy: null, takenBack: [...others, reference] }, row.order.quantity);
}

/** A person cancels an open order at its item. */
export function cancelledAtItem(row: OrderRow, version: number, now: number): OrderRow {
  if (!isPurchased(row)) return { ...row, order: { ...row.order, quantity: 0 }, closedAt: now, closedBy: "cancelled" };
  const rest = { ...row, ordered: withoutDust(row.ordered - row.order.quantity) };
  const refused = refusedBy(row, AT_ITEM);
  return closed(withPurchase(rest, { version, ...refused, firmQuantity: 0 }, 0), "cancelled", now);
}

/** The order ends because its answer was taken back. That refuses nothing: people are asked about the item again. */
export function withdrawnAtItem(row: PurchasedRow, version: number, { principal, label, channel }: SetBy, now: number) {
  const rest = { ...row, ordered: withoutDust(row.ordered - row.order.quantity) };
  const setBy = { principal, label, channel };
  return closed(withPurchase(rest, { version, setBy, firmQuantity: 0 }, 0), "cancelled", now);
}
