/** Sums of a purchase order; never stored, always made from its lines. */
import { inCoins } from "../../shared/formats.ts";
import { withoutDust } from "../../shared/without-dust.ts";
import { NOT_OVER, OPEN, type PurchaseLine, type PurchaseOrder } from "./types.ts";

export interface Minimum {
  readonly value: number;
  readonly met: boolean;
  readonly shortBy: number;
}

/** Lines that order something. */
export function liveLines({ lines }: Pick<PurchaseOrder, "lines">): readonly PurchaseLine[] {
  return lines.filter((line) => line.quantity > 0);
}

/** Fixed order of lines, so a repeated document is identical (I17). */
export function byProduct(a: Pick<PurchaseLine, "productId">, b: Pick<PurchaseLine, "productId">): number {
  return a.productId < b.productId ? -1 : a.productId > b.productId ? 1 : 0;
}

type Valued = Pick<PurchaseOrder, "lines" | "currency">;

/** To the currency's smallest coin, as an invoice has it. Null = the unit cost is unknown. */
export function lineValue(
  { quantity, fact }: Pick<PurchaseLine, "quantity" | "fact">,
  { currency }: Pick<PurchaseOrder, "currency">,
): number | null {
  const { unitCost } = fact.product;
  return unitCost === null ? null : inCoins(quantity * unitCost, currency);
}

/** Value of the lines whose unit cost is known: the sum of the lines as they are shown. */
export function orderValue(order: Valued): number {
  return withoutMoneyDust(order.lines.reduce((sum, line) => sum + (lineValue(line, order) ?? 0), 0));
}

export function hasUnknownValue(order: Pick<PurchaseOrder, "lines">): boolean {
  return liveLines(order).some(({ fact }) => fact.product.unitCost === null);
}

/** Null = the supplier has none. */
export function minimumOf(order: Valued & Pick<PurchaseOrder, "minimumValue">): Minimum | null {
  if (order.minimumValue === null) return null;
  const shortBy = Math.max(0, withoutMoneyDust(order.minimumValue - orderValue(order)));
  return { value: order.minimumValue, met: shortBy === 0, shortBy };
}

export function receivedOf({ receivedHere, fact }: PurchaseLine): number {
  return withoutDust(receivedHere + fact.receivedElsewhere);
}

/** Units that are still to come. */
export function outstandingOf(line: PurchaseLine): number {
  return Math.max(0, withoutDust(line.quantity - receivedOf(line)));
}

/** Units that came beyond what was ordered. */
export function overDelivered({ lines }: Pick<PurchaseOrder, "lines">): number {
  return withoutDust(lines.reduce((sum, line) => sum + Math.max(0, receivedOf(line) - line.quantity), 0));
}

/** True while the order may still bring goods: it is open or with the supplier. */
export function isLive({ status }: Pick<PurchaseOrder, "status">): boolean {
  return NOT_OVER.includes(status);
}

export function isOpen({ status }: Pick<PurchaseOrder, "status">): boolean {
  return OPEN.has(status);
}

/** Money without rounding errors of binary fractions: four places cover every currency's smallest coin. */
export function withoutMoneyDust(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
