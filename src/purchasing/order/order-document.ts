/**
 * The content of an order for mail, page, CSV and XLSX: the same lines, words and sums, with the store's formats of
 * numbers and dates. Pure.
 */
import type { StoreFacts, SupplierFacts } from "../../world/types.ts";
import { liveLines, lineValue, minimumOf, orderValue, receivedOf, type Minimum } from "./totals.ts";
import type { PurchaseLine, PurchaseOrder } from "./types.ts";

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
  readonly line: PurchaseLine;
}

export interface OrderDocument {
  readonly number: string | null;
  readonly buyer: string;
  readonly supplier: string;
  readonly currency: string | null;
  /** Day of the order in the supplier's calendar; null = not sent yet. */
  readonly orderedAt: number | null;
  readonly orderBy: number;
  /** Day. */
  readonly arrivesOn: number;
  readonly lines: readonly DocumentLine[];
  readonly value: number;
  readonly hasUnknownValue: boolean;
  readonly minimum: Minimum | null;
  readonly words: DocumentWords;
}

/** How the store writes numbers, money and dates. */
export interface DocumentWords {
  readonly quantity: (value: number) => string;
  /** For an input field: plain digits with the store's decimal mark, as it is read back. */
  readonly typed: (value: number) => string;
  readonly money: (value: number) => string;
  /** Price of one unit: a tenth of a cent keeps its digits. */
  readonly price: (value: number) => string;
  readonly day: (day: number) => string;
  readonly moment: (at: number) => string;
  readonly lang: string;
}

const DAY_MS = 86_400_000;

export function orderDocument(
  order: PurchaseOrder,
  { store, supplier }: { readonly store: StoreFacts | null; readonly supplier: SupplierFacts | null },
): OrderDocument {
  const lines = liveLines(order).map((line, at) => documentLine(line, at + 1));
  return {
    number: order.number,
    buyer: store?.name ?? order.storeId,
    supplier: supplier?.name ?? order.supplierName ?? order.supplierId,
    currency: order.currency,
    orderedAt: order.sentAt,
    orderBy: order.orderBy,
    arrivesOn: order.arrivesOn,
    lines,
    value: orderValue(order),
    hasUnknownValue: lines.some(({ value }) => value === null),
    minimum: minimumOf(order),
    words: wordsOf(store, order.currency),
  };
}

/** `3 case (36)`: the supplier's units first, then ours; without an order unit only ours. */
export function quantityWords({ quantity, orderUnits }: DocumentLine, { quantity: text }: DocumentWords): string {
  return orderUnits === null ? text(quantity) : `${text(orderUnits.count)} × ${orderUnits.name}`;
}

export function wordsOf(store: StoreFacts | null, currency: string | null): DocumentWords {
  const locale = localeOf(store?.locale);
  const timeZone = store?.timeZone ?? "UTC";
  const quantity = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  const money = currency === null ? plain : moneyFormat(locale, currency, 0, plain);
  const price = currency === null ? plain : moneyFormat(locale, currency, PRICE_DIGITS, plain);
  const decimal = quantity.formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";
  // Words are English in every locale, as on all pages.
  const english = /^en-/i.test(locale) ? locale : "en-GB";
  const day = new Intl.DateTimeFormat(english, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  const moment = new Intl.DateTimeFormat(english, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  });
  return {
    quantity: (value) => quantity.format(value),
    typed: (value) => String(value).replace(".", decimal),
    money: (value) => money.format(value),
    price: (value) => price.format(value),
    day: (value) => day.format(value * DAY_MS),
    moment: (at) => moment.format(at),
    lang: locale,
  };
}

function documentLine(line: PurchaseLine, position: number): DocumentLine {
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
      unit === null ? null : { count: rounded(line.quantity / unit.units), name: unit.name, units: unit.units },
    unitCost: product.unitCost,
    value: lineValue(line),
    received: receivedOf(line),
    line,
  };
}

const PRICE_DIGITS = 4;

/** Uses the currency's own digits, or more where the value has more. */
function moneyFormat(
  locale: string,
  currency: string,
  mostDigits: number,
  plain: Intl.NumberFormat,
): Intl.NumberFormat {
  try {
    const usual = new Intl.NumberFormat(locale, { style: "currency", currency });
    const digits = usual.resolvedOptions().maximumFractionDigits ?? 2;
    return mostDigits <= digits
      ? usual
      : new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: mostDigits });
  } catch {
    return plain;
  }
}

function localeOf(locale: string | undefined): string {
  try {
    return locale === undefined ? "en" : (Intl.getCanonicalLocales(locale)[0] ?? "en");
  } catch {
    return "en";
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
