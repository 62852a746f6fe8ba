/** Purchase orders as files to download. */
import { orderCsv } from "../../../purchasing/documents/order-csv.ts";
import { orderXlsx, XLSX_TYPE } from "../../../purchasing/documents/order-xlsx.ts";
import { orderDocument } from "../../../purchasing/order/order-document.ts";
import type { PurchaseOrder } from "../../../purchasing/order/types.ts";
import type { AppContext } from "../context.ts";
import { worldOfOrder } from "./purchase-stubs.ts";

/** What routes say of these files. */
export const ORDER_FILES = { "text/csv": null, [XLSX_TYPE]: null } as const;

export async function orderFile(c: AppContext, order: PurchaseOrder, format: "csv" | "xlsx"): Promise<Response> {
  const document = orderDocument(order, await worldOfOrder(c, order));
  const name = order.number ?? "purchase-order";
  // Excel takes a CSV without the mark for another encoding than UTF-8.
  return format === "csv"
    ? csvFile(c, `\uFEFF${orderCsv(document)}`, name)
    : xlsxFile(c, await orderXlsx(document), name);
}

export function csvFile(c: AppContext, text: string, name: string): Response {
  return c.body(text, 200, { "Content-Type": "text/csv; charset=utf-8", ...named(`${name}.csv`) });
}

export function xlsxFile(c: AppContext, bytes: Uint8Array, name: string): Response {
  return c.body(bytes.slice().buffer, 200, { "Content-Type": XLSX_TYPE, ...named(`${name}.xlsx`) });
}

function named(name: string) {
  return { "Content-Disposition": `attachment; filename="${name}"` };
}
