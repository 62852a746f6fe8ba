/** A list of orders as a table, one row an order; the lines are in each order's own file. */
import { liveLines, minimumOf, orderValue } from "../order/totals.ts";
import type { PurchaseOrder } from "../order/types.ts";
import { csvOf } from "./order-csv.ts";
import { xlsxOf } from "./order-xlsx.ts";
import { DAY, MONEY, type CellValue } from "./table.ts";
import { isoDay } from "../../shared/calendar-dates.ts";

interface ListColumn {
  readonly header: string;
  readonly width: number;
  readonly format?: string;
  readonly value: (order: PurchaseOrder) => CellValue;
}

const COLUMNS: readonly ListColumn[] = [
  { header: "po_id", width: 30, value: ({ id }) => id },
  { header: "number", width: 16, value: ({ number }) => number },
  { header: "status", width: 18, value: ({ status }) => status },
  { header: "store_id", width: 16, value: ({ storeId }) => storeId },
  { header: "supplier_id", width: 16, value: ({ supplierId }) => supplierId },
  { header: "order_by", width: 22, value: ({ orderBy }) => new Date(orderBy).toISOString() },
  { header: "arrives_on", width: 12, format: DAY, value: ({ arrivesOn }) => isoDay(arrivesOn) },
  { header: "lines", width: 8, value: (order) => liveLines(order).length },
  { header: "value", width: 12, format: MONEY, value: (order) => orderValue(order) },
  { header: "currency", width: 9, value: ({ currency }) => currency },
  { header: "short_by", width: 12, format: MONEY, value: (order) => minimumOf(order)?.shortBy ?? null },
];

export function listCsv(orders: readonly PurchaseOrder[]): string {
  return csvOf(
    COLUMNS.map(({ header }) => header),
    orders.map((order) => COLUMNS.map(({ value }) => value(order))),
  );
}

export function listXlsx(orders: readonly PurchaseOrder[]): Promise<Uint8Array> {
  const rows = orders.map((order) => COLUMNS.map(({ value }) => value(order)));
  return xlsxOf(COLUMNS, rows, "Purchase orders");
}
