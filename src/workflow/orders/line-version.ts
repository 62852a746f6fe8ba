/**
 * Versions that keep an item and a purchase order in agreement about a line. Every change raises the line's version, so
 * the purchase order keeps the newest fact in whatever order facts arrive. Pure.
 */
import type { OrderRow } from "./order-row.ts";
import { isPurchased, rowsOf } from "./purchased-row.ts";

/** Raised by every change of any line. It is at least the clock, so it keeps rising after rows are forgotten. */
export function nextLineVersion(rows: readonly OrderRow[], now: number): number {
  return rows.filter(isPurchased).reduce((max, row) => Math.max(max, row.order.purchase.version + 1), now);
}

/** Purchase orders that do not hold the item's newest line yet. */
export function untold(rows: readonly OrderRow[]): readonly { readonly poId: string; readonly version: number }[] {
  const newest = new Map<string, { version: number; told: number }>();
  for (const { order } of rows.filter(isPurchased)) {
    const { poId, version, told } = order.purchase;
    const known = newest.get(poId) ?? { version: 0, told: 0 };
    newest.set(poId, { version: Math.max(known.version, version), told: Math.max(known.told, told) });
  }
  return [...newest]
    .filter(([, { version, told }]) => version > told)
    .map(([poId, { version }]) => ({ poId, version }));
}

/** The purchase order holds this version of the line; one row remembers that. */
export function toldRow(rows: readonly OrderRow[], poId: string, version: number): readonly OrderRow[] {
  const row = rowsOf(rows, poId).toSorted((a, b) => b.order.purchase.version - a.order.purchase.version)[0];
  if (row === undefined || row.order.purchase.told >= version) return [];
  return [{ ...row, order: { ...row.order, purchase: { ...row.order.purchase, told: version } } }];
}

export function seenRevisionOf(rows: readonly OrderRow[], poId: string): number {
  return rows.filter(isPurchased).reduce((max, { order: { purchase } }) => {
    const there = purchase.poId === poId ? purchase.seenRevision : 0;
    const left = purchase.left?.find((each) => each.poId === poId)?.revision ?? 0;
    return Math.max(max, there, left);
  }, 0);
}
