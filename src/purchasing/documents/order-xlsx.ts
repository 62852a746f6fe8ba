/** Orders as XLSX. Codes stay text, so that a GTIN keeps its zeros. */
import type { OrderDocument } from "../order/order-document.ts";
import { LINE_COLUMNS, neutralised, type CellValue, type TableColumn } from "./table.ts";
import { workbookOf } from "./one-sheet.ts";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function orderXlsx(document: OrderDocument): Uint8Array {
  const rows = document.lines.map((line) => LINE_COLUMNS.map(({ value }) => value(line, document)));
  return xlsxOf(LINE_COLUMNS, rows, document.number ?? "Order");
}

export function xlsxOf(
  columns: readonly Pick<TableColumn, "header" | "width" | "format">[],
  rows: readonly (readonly CellValue[])[],
  sheet: string,
): Uint8Array {
  const cells = rows.map((row) => row.map((value) => (typeof value === "string" ? neutralised(value) : value)));
  return workbookOf(columns, cells, sheet);
}
