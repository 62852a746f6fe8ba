/** The stored row of an item's order that is part of a purchase order, and the basic changes to such rows. Pure. */
import type { ItemOrder } from "./item-order.ts";
import type { LeftOrder, OrderPurchase } from "./order-purchase.ts";
import { orderKey, type OrderRow } from "./order-row.ts";
import type { PurchaseSlot, SetBy } from "./purchase-line.ts";
import { DAY_MS } from "../../shared/durations.ts";
import { withoutDust } from "../../shared/without-dust.ts";

/** Most left purchase orders that an order remembers. It moves once per missed cut-off, so few are enough. */
const REMEMBERED = 4;

/** A row that belongs to a purchase order. */
export interface PurchasedRow extends OrderRow {
  readonly order: ItemOrder & { readonly purchase: OrderPurchase };
}

export function isPurchased(row: OrderRow): row is PurchasedRow {
  return row.order.purchase !== undefined;
}

/** Rows of a purchase order, oldest first. */
export function rowsOf(rows: readonly OrderRow[], poId: string): readonly PurchasedRow[] {
  return rows.filter(isPurchased).filter((row) => row.order.purchase.poId === poId);
}

export function isOpenRow(row: OrderRow): boolean {
  return row.closedAt === null;
}

/** Open, and its purchase order is not closing yet: its units may still change and move. */
export function isUncommitted(row: PurchasedRow): boolean {
  return isOpenRow(row) && row.order.purchase.stage === "open";
}

/** Decided but not with the supplier yet, so no sender counts it as on order. */
export function isUnsent({ purchase }: Pick<ItemOrder, "purchase">): boolean {
  return purchase !== undefined && purchase.stage !== "sent";
}

export function withPurchase(row: PurchasedRow, changes: Partial<OrderPurchase>, quantity: number): PurchasedRow {
  return { ...row, order: { ...row.order, quantity, purchase: { ...row.order.purchase, ...changes } } };
}

export function closed(row: PurchasedRow, closedBy: NonNullable<OrderRow["closedBy"]>, closedAt: number): PurchasedRow {
  return { ...row, order: { ...row.order, quantity: 0 }, closedAt, closedBy };
}

/** Records who took the row's units off its purchase order; this No applies to the item's next recommendation. */
export function refusedBy({ order }: PurchasedRow, setBy: SetBy): Pick<OrderPurchase, "setBy" | "refused"> {
  return { setBy, refused: order.quantity };
}

export function movedTo(
  row: PurchasedRow,
  to: PurchaseSlot,
  version: number,
  from: Omit<LeftOrder, "poId">,
): PurchasedRow {
  const { purchase } = row.order;
  const left = [{ poId: purchase.poId, ...from }, ...(purchase.left ?? [])].slice(0, REMEMBERED);
  return {
    ...row,
    order: {
      ...row.order,
      ...promisedFor(to.arrivesOn),
      purchase: { ...purchase, ...to, stage: "open", version, told: 0, seenRevision: 0, setBy: null, left },
    },
  };
}

/** `rows` with their changed versions from `changes` in place, and new ones at the end. */
export function withChanges<Row extends OrderRow>(rows: readonly Row[], changes: readonly Row[]): Row[] {
  const byKey = new Map(rows.map((row) => [orderKey(row.order), row]));
  for (const row of changes) byKey.set(orderKey(row.order), row);
  return [...byKey.values()];
}

export function sum(values: readonly number[]): number {
  return withoutDust(values.reduce((total, value) => total + value, 0));
}

/** What is promised of an order for a day, whatever was promised before. */
export function promisedFor(day: number): Pick<ItemOrder, "expectedAt" | "isMoment"> {
  return { expectedAt: dayStart(day), isMoment: undefined };
}

/** Midnight UTC of the day, which is precise enough: arrivals are compared in days. */
export function dayStart(day: number): number {
  return day * DAY_MS;
}
