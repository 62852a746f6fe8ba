/** Every route: what serves it, the scope it asks for, and what the OpenAPI document says of it. */
import { DECISION_ROUTES } from "./decision-routes.ts";
import { documentRoutes } from "./docs.ts";
import { ITEM_ROUTES } from "./item-routes.ts";
import { KEY_ROUTES } from "./key-routes.ts";
import { PAGE_ROUTES } from "./page-routes.ts";
import { REVIEW_ROUTES } from "./review-routes.ts";
import type { Route } from "../kit/route.ts";
import { SERVICE_ROUTES } from "./service-routes.ts";
import { EVENT_ROUTES } from "./world/events.ts";
import { STORE_ROUTES } from "./world/stores.ts";
import { SUPPLIER_ROUTES } from "./world/suppliers.ts";

export const ROUTES: readonly Route[] = [
  ...DECISION_ROUTES,
  ...REVIEW_ROUTES,
  ...ITEM_ROUTES,
  ...STORE_ROUTES,
  ...SUPPLIER_ROUTES,
  ...EVENT_ROUTES,
  ...KEY_ROUTES,
  ...SERVICE_ROUTES,
  ...PAGE_ROUTES,
  ...documentRoutes(() => ROUTES),
];
