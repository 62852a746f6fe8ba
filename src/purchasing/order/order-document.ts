/**
 * The content of an order for mail, page, CSV and XLSX: the same lines, words and sums, with the store's formats of
 * numbers and dates. Pure.
 */
import { formatsOf, type Formats } from "../../shared/formats.ts";
import type { StoreFacts, SupplierFacts } from "../../world/types.ts";
import { liveLines, lineValue, minimumOf, orderValue, receivedOf, type Minimum } from "./totals.ts";
import type { PurchaseLine, PurchaseOrder } from "./types.ts";
import { withoutDust } from "../../shared/without-dust.ts";

export interface DocumentLine {
  readonly position: number;
  readonly productId: string;
  /** The name, or the id where there is none. */
  readonly name: string;
  readonly supplierSku: string | null;
  readonly gtin: string | null;
  readonly quantity: number;
  /** In the supplier's unit; null = there is none. */
  readonly orderUnits: { readonly count: number; readonly name: string; readonly units: number } | null;
  readonly unitCost: number | null;
  readonly value: number | null;
  readonly received: number;
  /** Day, as the supplier confirmed it, where it differs from the order's. */
  readonly expectedOn: number | null;
  readonly line: PurchaseLine;
}

export interface OrderDocument {
  readonly number: string | null;
  readonly buyer: string;
  readonly supplier: string;
  readonly currency: string | null;
  /** Epoch ms; null = not sent yet. */
  readonly orderedAt: number | null;
  readonly orderBy: number;
  /** Day. */
  readonly arrivesOn: number;
  /** Day on which the last of what is still to come is expected, by the supplier's confirmation where there is one. */
  readonly expectedOn: number;
  readonly lines: readonly DocumentLine[];
  readonly value: number;
  readonly hasUnknownValue: boolean;
  readonly minimum: Minimum | null;
  readonly formats: Formats;
}

export function orderDocument(
  order: PurchaseOrder,
  { store, supplier }: { readonly store: StoreFacts | null; readonly supplier: SupplierFacts | null },
): OrderDocument {
  const lines = liveLines(order).map((line, at) => documentLine(line, at + 1, order));
  return {
    number: order.number,
    buyer: store?.name ?? order.storeId,
    supplier: supplier?.name ?? order.supplierName ?? order.supplierId,
    currency: order.currency,
    orderedAt: order.sentAt,
    orderBy: order.orderBy,
    arrivesOn: order.arrivesOn,
    expectedOn: expectedOn(order, lines),
    lines,
    value: orderValue(order),
    hasUnknownValue: lines.some(({ value }) => value === null),
    minimum: minimumOf(order),
    formats: formatsOf({ ...store, currency: order.currency }),
  };
}

/** What it is worth: `214.60 €`, `12.00 € and lines of unknown value`, or `unknown value`: a sum of nothing is no 0. */
export function worthWords({
  value,
  hasUnknownValue,
  formats,
}: Pick<OrderDocument, "value" | "hasUnknownValue" | "formats">): string {
  if (!hasUnknownValue) return formats.money(value);
  return value === 0 ? "unknown value" : `${formats.money(value)} and lines of unknown value`;
}

function expectedOn({ arrivesOn }: PurchaseOrder, lines: readonly DocumentLine[]): number {
  const toCome = lines.filter(({ received, quantity }) => received < quantity);
  const days = (toCome.length > 0 ? toCome : lines).map((line) => line.expectedOn ?? arrivesOn);
  return days.length === 0 ? arrivesOn : Math.max(...days);
}

/** `3 case (36)`: the supplier's units first, then ours; without an order unit only ours. */
export function quantityWords(
  { quantity, orderUnits }: DocumentLine,
  { quantity: text }: Pick<Formats, "quantity">,
): string {
  return orderUnits === null ? text(quantity) : `${text(orderUnits.count)} × ${orderUnits.name}`;
}

/** As `quantityWords`, and `24 units` without an order unit: for text without columns. */
export function amountWords(line: DocumentLine, formats: Pick<Formats, "quantity">): string {
  const words = quantityWords(line, formats);
  return line.orderUnits === null ? `${words} ${line.quantity === 1 ? "unit" : "units"}` : words;
}

function documentLine(line: PurchaseLine, position: number, order: PurchaseOrder): DocumentLine {
  const { product } = line.fact;
  const unit = product.orderUnit;
  return {
    position,
    productId: line.productId,
    name: product.name ?? line.productId,
    supplierSku: product.supplierSku,
    gtin: product.gtin,
    quantity: line.quantity,
    orderUnits:
      unit === null ? null : { count: withoutDust(line.quantity / unit.units), name: unit.name, units: unit.units },
    unitCost: product.unitCost,
    value: lineValue(line, order),
    received: receivedOf(line),
    expectedOn: line.expectedOn,
    line,
  };
}
