/** An order's lines as a table for CSV and XLSX: one list of columns for both. Pure. */
import type { OrderDocument, DocumentLine } from "../order/order-document.ts";

export type CellValue = string | number | null;

export interface TableColumn {
  readonly header: string;
  /** Characters, for spreadsheets. */
  readonly width: number;
  readonly format?: string;
  readonly value: (line: DocumentLine, document: OrderDocument) => CellValue;
}

/** Formats of a spreadsheet's cell. */
export const MONEY = "#,##0.00##";
/** Of an ISO day. */
export const DAY = "yyyy-mm-dd";

export const LINE_COLUMNS: readonly TableColumn[] = [
  { header: "order", width: 16, value: (_, { number }) => number },
  { header: "position", width: 9, value: ({ position }) => position },
  { header: "supplier_sku", width: 16, value: ({ supplierSku }) => supplierSku },
  { header: "gtin", width: 16, value: ({ gtin }) => gtin },
  { header: "product_id", width: 16, value: ({ productId }) => productId },
  { header: "name", width: 36, value: ({ name }) => name },
  { header: "order_units", width: 12, value: ({ orderUnits, quantity }) => orderUnits?.count ?? quantity },
  { header: "order_unit", width: 12, value: ({ orderUnits }) => orderUnits?.name ?? "unit" },
  { header: "quantity", width: 10, value: ({ quantity }) => quantity },
  { header: "unit_cost", width: 11, format: MONEY, value: ({ unitCost }) => unitCost },
  { header: "value", width: 12, format: MONEY, value: ({ value }) => value },
  { header: "currency", width: 9, value: (_, { currency }) => currency },
];

/**
 * Puts an apostrophe before text that a spreadsheet would run as a formula, so it is shown as text. Some take the signs
 * in full width too.
 */
export function neutralised(text: string): string {
  return /^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
}
