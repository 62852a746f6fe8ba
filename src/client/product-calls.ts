/** Items: settings, sales, forecasts, receipts and orders. */
import type * as z from "zod";
import type * as sales from "../api/sales-shape.ts";
import { WorkflowCalls } from "./workflow-calls.ts";
import type {
  CatalogueUpload,
  ElsewhereOrder,
  Forecast,
  ForecastUpload,
  History,
  HistoryUpload,
  ItemSettings,
  OpenOrder,
  OrderChange,
  Product,
  ProductSettings,
  Receipt,
  Received,
  SalesQuery,
  SalesUpload,
  Supposition,
  WhatIf,
} from "./shapes.ts";
import { itemPath, json, queryOf, callHeaders, type OnceOptions } from "./transport.ts";

export class ProductCalls extends WorkflowCalls {
  product(productId: string, storeId?: string): Promise<Product> {
    return this.service.json("GET", itemPath("products", productId, storeId));
  }

  putProduct(productId: string, settings: ItemSettings, storeId?: string): Promise<ProductSettings> {
    return this.service.json("PUT", itemPath("products", productId, storeId), json(settings));
  }

  /** What would be decided if something were different; changes nothing. */
  whatIf(productId: string, supposed: Supposition = {}, storeId?: string): Promise<WhatIf> {
    return this.service.json("POST", itemPath("products", productId, storeId, "/what-if"), json(supposed));
  }

  async deleteProduct(productId: string, storeId?: string): Promise<void> {
    await this.service.send("DELETE", itemPath("products", productId, storeId));
  }

  /** Records an order that was made elsewhere; the same reference and words again change nothing. */
  placedElsewhere(productId: string, order: ElsewhereOrder, storeId?: string): Promise<OpenOrder> {
    return this.service.json("POST", itemPath("products", productId, storeId, "/orders"), json(order));
  }

  /** Records what the supplier said since, of an order named by its workflow or its reference. */
  changeOrder(productId: string, order: string, change: OrderChange, storeId?: string): Promise<OpenOrder> {
    const path = itemPath("products", productId, storeId, `/orders/${encodeURIComponent(order)}`);
    return this.service.json("PATCH", path, json(change));
  }

  async takeBackReceipt(productId: string, reference: string, storeId?: string): Promise<void> {
    await this.service.send(
      "DELETE",
      itemPath("products", productId, storeId, `/receipts/${encodeURIComponent(reference)}`),
    );
  }

  receive(productId: string, receipt: Receipt, storeId?: string): Promise<Received> {
    return this.service.json("POST", itemPath("products", productId, storeId, "/receipts"), json(receipt));
  }

  async cancelOrder(productId: string, workflowId: string, storeId?: string): Promise<void> {
    await this.service.send(
      "DELETE",
      itemPath("products", productId, storeId, `/orders/${encodeURIComponent(workflowId)}`),
    );
  }

  /** `csv` with the header `date,units` and optionally `in_stock`. */
  putHistory(productId: string, csv: string, storeId?: string, query: SalesQuery = {}): Promise<HistoryUpload> {
    const path = `/history/${encodeURIComponent(productId)}${queryOf({ store_id: storeId, ...query })}`;
    return this.service.json("PUT", path, { body: csv, type: "text/csv" });
  }

  async deleteHistory(productId: string, range: { from?: string; to?: string } = {}, storeId?: string): Promise<void> {
    await this.service.send(
      "DELETE",
      `/history/${encodeURIComponent(productId)}${queryOf({ store_id: storeId, ...range })}`,
    );
  }

  history(productId: string, storeId?: string): Promise<History> {
    return this.service.json("GET", itemPath("history", productId, storeId));
  }

  /** Sales of many products: `csv` with the header `product_id,date,units` and optionally `store_id,in_stock`. */
  postSales(csv: string, storeId?: string, query: SalesQuery = {}, options: OnceOptions = {}): Promise<SalesUpload> {
    const path = `/sales${queryOf({ store_id: storeId, ...query })}`;
    return this.service.json("POST", path, { body: csv, type: "text/csv", ...callHeaders(options) });
  }

  /** After the last part: every product of the store is known to that day. */
  completeSales(through: string, storeId?: string): Promise<z.output<typeof sales.CompleteAnswer>> {
    return this.service.json("POST", "/sales/complete", json({ store_id: storeId, through }));
  }

  /**
   * Settings of many items: `csv` with `product_id`, optionally `store_id`, and the settings' names. With `keep`,
   * settings that a row does not name stay; without, a row is all that the item has.
   */
  putCatalogue(
    csv: string,
    storeId?: string,
    options: OnceOptions & { keep?: boolean } = {},
  ): Promise<CatalogueUpload> {
    const path = `/catalogue${queryOf({ store_id: storeId, keep: options.keep === true ? "true" : undefined })}`;
    return this.service.json("PUT", path, { body: csv, type: "text/csv", ...callHeaders(options) });
  }

  /** A point of a `period` of a week or month is all of its demand, and is spread over its days. */
  putForecast(
    productId: string,
    points: Forecast["points"],
    storeId?: string,
    query: Pick<SalesQuery, "period"> = {},
  ): Promise<ForecastUpload> {
    const path = `/forecasts/${encodeURIComponent(productId)}${queryOf({ store_id: storeId, ...query })}`;
    return this.service.json("PUT", path, json({ points }));
  }

  forecast(productId: string, storeId?: string): Promise<Forecast> {
    return this.service.json("GET", itemPath("forecasts", productId, storeId));
  }
}
