/**
 * The item has another supplier now: units planned with the old one are dropped, and people are asked about firm ones.
 * Committed and sent units are not touched. Pure.
 */
import type { OrderRow } from "./order-row.ts";
import { nextLineVersion } from "./line-version.ts";
import { closed, isPurchased, isUncommitted, withPurchase, type PurchasedRow } from "./purchased-row.ts";

/** The rows that change. `supplierId`: the item's present one; null = it has none. */
export function leaveSupplier(rows: readonly OrderRow[], supplierId: string | null, now: number): readonly OrderRow[] {
  const version = nextLineVersion(rows, now);
  return rows
    .filter(isPurchased)
    .filter(isUncommitted)
    .flatMap((row) =>
      row.order.purchase.supplierId === supplierId ? returned(row, version) : left(row, version, now),
    );
}

function left(row: PurchasedRow, version: number, now: number): readonly OrderRow[] {
  const { firmQuantity, otherSupplier, setBy } = row.order.purchase;
  const hasPlanned = firmQuantity < row.order.quantity;
  if (!hasPlanned && otherSupplier !== undefined) return [];
  if (firmQuantity === 0) return [closed(withPurchase(row, { version, setBy: null }, 0), "replanned", now)];
  const changes = { version, setBy: hasPlanned ? null : setBy, otherSupplier: otherSupplier ?? "asks" } as const;
  return [{ ...withPurchase(row, changes, firmQuantity), ordered: firmQuantity }];
}

/** The item has this supplier again, so the question about its firm units is dropped. */
function returned(row: PurchasedRow, version: number): readonly OrderRow[] {
  const { otherSupplier, ...purchase } = row.order.purchase;
  return otherSupplier === undefined ? [] : [{ ...row, order: { ...row.order, purchase: { ...purchase, version } } }];
}
