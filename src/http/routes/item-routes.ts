/** What a store keeps about an item: forecast, demand history, settings, receipts, open orders. */
import {
  ForecastAnswer,
  ForecastUploadAnswer,
  HistoryAnswer,
  HistoryUploadAnswer,
  ProductAnswer,
  ProductSettingsAnswer,
  ReceiptAnswer,
} from "../../api/responses.ts";
import { getForecast, getHistory, putForecast, putHistory } from "./demand.ts";
import { deleteOrder, deleteProduct, getProduct, postReceipt, putProduct } from "./products.ts";
import { SettingsBody } from "../../api/item-settings.ts";
import { ReceiptBody, StoreQuery } from "../../api/requests.ts";
import { ForecastBody } from "../kit/uploads.ts";
import { json, NO_CONTENT, type Route } from "../kit/route.ts";

export const ITEM_ROUTES: readonly Route[] = [
  {
    method: "PUT",
    path: "/forecasts/:product_id",
    scope: "write",
    handle: putForecast,
    docs: {
      summary: "Store a demand forecast (CSV: date,mean and optional p10,p50,p90 or std)",
      group: "items",
      query: StoreQuery,
      body: { "text/csv": null, "application/json": ForecastBody },
      answers: {
        200: { says: "Replaced", content: json(ForecastUploadAnswer) },
        201: { says: "Stored", content: json(ForecastUploadAnswer) },
      },
    },
  },
  {
    method: "GET",
    path: "/forecasts/:product_id",
    scope: "read",
    handle: getForecast,
    docs: {
      summary: "The stored forecast, with its age",
      group: "items",
      query: StoreQuery,
      answers: { 200: { says: "The forecast", content: json(ForecastAnswer) } },
      problems: ["not_found"],
    },
  },
  {
    method: "PUT",
    path: "/history/:product_id",
    scope: "write",
    handle: putHistory,
    docs: {
      summary: "Add days of demand (CSV: date,units and optional in_stock)",
      group: "items",
      query: StoreQuery,
      body: { "text/csv": null },
      answers: {
        200: { says: "Added", content: json(HistoryUploadAnswer) },
        201: { says: "Stored, the first of this product", content: json(HistoryUploadAnswer) },
      },
    },
  },
  {
    method: "GET",
    path: "/history/:product_id",
    scope: "read",
    handle: getHistory,
    docs: {
      summary: "The stored demand, day by day",
      group: "items",
      query: StoreQuery,
      answers: { 200: { says: "The history", content: json(HistoryAnswer) } },
      problems: ["not_found"],
    },
  },
  {
    method: "PUT",
    path: "/products/:product_id",
    scope: "write",
    handle: putProduct,
    docs: {
      summary: "Store an item's settings",
      group: "items",
      query: StoreQuery,
      body: json(SettingsBody),
      answers: {
        200: { says: "Replaced", content: json(ProductSettingsAnswer) },
        201: { says: "Stored", content: json(ProductSettingsAnswer) },
      },
    },
  },
  {
    method: "GET",
    path: "/products/:product_id",
    scope: "read",
    handle: getProduct,
    docs: {
      summary: "An item: settings, open orders, last decisions",
      group: "items",
      query: StoreQuery,
      answers: { 200: { says: "The item", content: json(ProductAnswer) } },
      problems: ["not_found"],
    },
  },
  {
    method: "DELETE",
    path: "/products/:product_id",
    scope: "write",
    handle: deleteProduct,
    docs: {
      summary: "Forget an item's settings",
      group: "items",
      query: StoreQuery,
      answers: { 204: NO_CONTENT },
      problems: ["not_found"],
    },
  },
  {
    method: "POST",
    path: "/products/:product_id/receipts",
    scope: "write",
    handle: postReceipt,
    docs: {
      summary: "Goods were received: closes open orders, oldest first",
      group: "items",
      query: StoreQuery,
      body: json(ReceiptBody),
      answers: { 200: { says: "Counted, or counted before under this reference", content: json(ReceiptAnswer) } },
      problems: ["not_found", "reference_mismatch"],
    },
  },
  {
    method: "DELETE",
    path: "/products/:product_id/orders/:workflow_id",
    scope: "write",
    handle: deleteOrder,
    docs: {
      summary: "Cancel an open order that nobody placed",
      group: "items",
      query: StoreQuery,
      answers: { 204: NO_CONTENT },
      problems: ["not_found"],
    },
  },
];
