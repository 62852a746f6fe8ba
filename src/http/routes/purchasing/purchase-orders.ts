/** `GET /purchase-orders` and `GET /purchase-orders/{po_id}`: JSON, and by `Accept` or `format` CSV and XLSX. */
import type * as z from "zod";
import {
  OF_PURCHASE_ORDER,
  PurchaseOrderQuery,
  PurchaseOrdersQuery,
} from "../../../api/purchasing/purchase-requests.ts";
import { PurchaseOrderAnswer, PurchaseOrdersAnswer } from "../../../api/purchasing/purchase-responses.ts";
import { purchaseOrderToWire } from "../../../api/purchasing/purchase-to-wire.ts";
import { listCsv, listXlsx } from "../../../purchasing/documents/order-list.ts";
import { XLSX_TYPE } from "../../../purchasing/documents/order-xlsx.ts";
import { storageOf } from "../../../storage/storage.ts";
import { storesOf } from "../../auth/store-bounds.ts";
import type { AppContext } from "../../kit/context.ts";
import { findPurchaseOrder } from "../../kit/purchasing/purchase-stubs.ts";
import { preferredType } from "../../kit/preferred-type.ts";
import { decodeCursor, encodeCursor } from "../../kit/request/cursor.ts";
import { guarded, json } from "../../kit/route.ts";
import { csvFile, ORDER_FILES, orderFile, xlsxFile } from "../../kit/purchasing/order-files.ts";
import { topUpsOf } from "../../kit/purchasing/top-ups.ts";

type Format = NonNullable<z.output<typeof PurchaseOrderQuery>["format"]>;

/** In cursors. */
const LIST = "purchase-orders";

export const getPurchaseOrders = guarded({
  method: "GET",
  path: "/purchase-orders",
  scope: "read",
  query: PurchaseOrdersQuery,
  docs: {
    summary: "Purchase orders, earliest cut-off first; as JSON, CSV or XLSX",
    group: "purchasing",
    answers: { 200: { says: "A page of orders", content: { ...json(PurchaseOrdersAnswer), ...ORDER_FILES } } },
  },
  async handle(c, { query: { status, store_id, supplier_id, due_by, limit, cursor, format }, principal }) {
    const position = cursor === undefined ? null : decodeCursor(LIST, cursor);
    const after = position === null ? null : { orderBy: position.expiresAt, poId: position.workflowId };
    const filter = {
      statuses: status ?? null,
      storeId: store_id ?? null,
      stores: storesOf(principal),
      supplierId: supplier_id ?? null,
      dueBy: due_by ?? null,
    };
    const found = await storageOf(c.env).purchases.list(filter, after, limit + 1);
    const page = found.slice(0, limit);
    switch (formatOf(c, format)) {
      case "csv":
        return csvFile(c, listCsv(page), "purchase-orders");
      case "xlsx":
        return xlsxFile(c, await listXlsx(page), "purchase-orders");
      case "json": {
        const last = found.length > limit ? page.at(-1) : undefined;
        return c.json({
          purchase_orders: page.map((order) => purchaseOrderToWire(order)),
          next_cursor: last === undefined ? null : encodeCursor(LIST, { expiresAt: last.orderBy, workflowId: last.id }),
        });
      }
    }
  },
});

export const getPurchaseOrder = guarded({
  ...OF_PURCHASE_ORDER,
  method: "GET",
  path: "/purchase-orders/:po_id",
  scope: "read",
  query: PurchaseOrderQuery,
  docs: {
    summary: "A purchase order with its lines and history; as JSON, CSV or XLSX",
    group: "purchasing",
    answers: { 200: { says: "The order", content: { ...json(PurchaseOrderAnswer), ...ORDER_FILES } } },
    problems: ["not_found"],
  },
  async handle(c, { params, query }) {
    const order = await findPurchaseOrder(c, params.po_id);
    const format = formatOf(c, query.format);
    return format === "json"
      ? c.json(purchaseOrderToWire(order, await topUpsOf(c, order)))
      : orderFile(c, order, format);
  },
});

/** `format` wins over `Accept`; what nobody asked for is JSON. */
function formatOf(c: AppContext, asked: Format | undefined): Format {
  if (asked !== undefined) return asked;
  const preferred = preferredType(c, ["application/json", "text/csv", XLSX_TYPE]);
  return preferred === "application/json" ? "json" : preferred === "text/csv" ? "csv" : "xlsx";
}
