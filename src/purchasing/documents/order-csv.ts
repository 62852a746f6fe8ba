/**
 * Orders as CSV (RFC 4180): lines of one, or the list of several. Cells that a spreadsheet would run as
 * formulas are neutralised.
 */
import type { OrderDocument } from "../order/order-document.ts";
import { LINE_COLUMNS, neutralised, type CellValue } from "./table.ts";

export function orderCsv(document: OrderDocument): string {
  return csvOf(
    LINE_COLUMNS.map(({ header }) => header),
    document.lines.map((line) => LINE_COLUMNS.map(({ value }) => value(line, document))),
  );
}

export function csvOf(header: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Removes rounding errors of binary fractions. */
const DIGITS = 15;

function cell(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(Number(value.toPrecision(DIGITS)));
  const text = neutralised(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
