/** Every route, with the scope it asks for. */
import { getForecast, getHistory, putForecast, putHistory } from "./demand.ts";
import { getHealth, getReadiness } from "./health.ts";
import { deleteOrder, deleteProduct, getProduct, postReceipt, putProduct } from "./products.ts";
import { getReviews } from "./reviews.ts";
import type { Route } from "./route.ts";
import { postTrigger } from "./triggers.ts";
import { getWorkflow, postApproval } from "./workflows.ts";

export const ROUTES: readonly Route[] = [
  { method: "POST", path: "/inventory-trigger", scope: "trigger", handle: postTrigger },
  { method: "GET", path: "/workflows/:workflow_id", scope: "read", handle: getWorkflow },
  { method: "POST", path: "/approve/:workflow_id", scope: "review", handle: postApproval },
  { method: "GET", path: "/reviews", scope: "read", handle: getReviews },
  { method: "PUT", path: "/forecasts/:product_id", scope: "write", handle: putForecast },
  { method: "GET", path: "/forecasts/:product_id", scope: "read", handle: getForecast },
  { method: "PUT", path: "/history/:product_id", scope: "write", handle: putHistory },
  { method: "GET", path: "/history/:product_id", scope: "read", handle: getHistory },
  { method: "PUT", path: "/products/:product_id", scope: "write", handle: putProduct },
  { method: "GET", path: "/products/:product_id", scope: "read", handle: getProduct },
  { method: "DELETE", path: "/products/:product_id", scope: "write", handle: deleteProduct },
  { method: "POST", path: "/products/:product_id/receipts", scope: "write", handle: postReceipt },
  { method: "DELETE", path: "/products/:product_id/orders/:workflow_id", scope: "write", handle: deleteOrder },
  { method: "GET", path: "/healthz", scope: "open", handle: getHealth },
  { method: "GET", path: "/readyz", scope: "open", handle: getReadiness },
];
