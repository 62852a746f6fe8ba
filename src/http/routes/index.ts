/** Every route of the service. Each file declares its routes with their docs and handles them. */
import type { Route } from "../kit/route.ts";
import { getAsset } from "../pages/assets-route.ts";
import { fromImportPage, getImport, IMPORT_NEEDS } from "../pages/import.tsx";
import { postBulkApproval } from "../pages/inbox-approve.tsx";
import { getInboxReview, postInboxReview } from "../pages/inbox-reviews.tsx";
import { getInbox } from "../pages/inbox.tsx";
import { getDecision } from "../pages/look/one-decision.tsx";
import { postAskAgain, postTakeBack } from "../pages/look/item-actions.tsx";
import { postItemSettings } from "../pages/look/change-settings.tsx";
import { getItemList } from "../pages/look/item-list.tsx";
import { withStorePage } from "../pages/look/store.tsx";
import { getToday } from "../pages/look/today.tsx";
import { getItemPage } from "../pages/items.tsx";
import { getOrderFile, getOrderLink, getOrderPage, postOrderLink, postOrderPage } from "../pages/one-order.tsx";
import { getOrdersPage } from "../pages/order-sheet.tsx";
import { postPlacedByHand } from "../pages/by-hand/placed-by-hand.tsx";
import { getReviewPage, postReviewPage } from "../pages/review-token.tsx";
import { getSignInLink, postSignIn, postSignInByMail, postSignInLink, postSignOut } from "../pages/sign-in.tsx";
import { deleteSession, getSessions } from "./people/signed-in.ts";
import { postSlackActions } from "../slack/slack-actions.ts";
import { getDeliveries, postDeliveryReplay } from "./connect/shop-deliveries.ts";
import { SHOPIFY_CONNECTION_ROUTES } from "./connect/shopify-connections.ts";
import { postShopify } from "./connect/shopify.ts";
import { WEBHOOK_ROUTES } from "./connect/webhooks.ts";
import { getAudit, getAuditTrails } from "./decisions/audit.ts";
import { postTrigger } from "./decisions/inventory-trigger.ts";
import { postTriggers } from "./decisions/inventory-triggers.ts";
import { postRedelivery } from "./decisions/workflows-redeliver.ts";
import { postReplay } from "./decisions/workflows-replay.ts";
import { getRun, postRun } from "./decisions/runs.ts";
import { getStory } from "./decisions/workflows-story.ts";
import { getWorkflow } from "./decisions/workflows.ts";
import { putCatalogue } from "./items/catalogue.ts";
import { getForecast, putForecast } from "./items/forecasts.ts";
import { deleteHistory, getHistory, putHistory } from "./items/demand-history.ts";
import { deleteOrder, patchOrder, postOrder } from "./items/products-orders.ts";
import { deleteReceipt, postReceipt } from "./items/products-receipts.ts";
import { postWhatIf } from "./items/products-what-if.ts";
import { deleteProduct, getProduct, putProduct } from "./items/products.ts";
import { postSales, postSalesComplete } from "./items/store-sales.ts";
import { postApproval } from "./reviews/approve.ts";
import { postReviewAsk } from "./reviews/reviews-ask.ts";
import { postExtend } from "./reviews/reviews-extend.ts";
import { postReviewLink } from "./reviews/reviews-link.ts";
import { postTakenBack } from "./reviews/reviews-take-back.ts";
import { getReviews } from "./reviews/reviews.ts";
import {
  postPurchaseApproval,
  postPurchaseCancellation,
  postPurchaseConfirmation,
  postPurchaseLines,
  postPurchaseReceipt,
  postPurchaseSending,
} from "./purchasing/purchase-order-actions.ts";
import { postPurchaseRedelivery } from "./purchasing/purchase-order-redeliver.ts";
import { getPurchaseOrderStory } from "./purchasing/purchase-order-story.ts";
import { getPurchaseOrder, getPurchaseOrders } from "./purchasing/purchase-orders.ts";
import { getRestocks } from "./purchasing/restocks.ts";
import { documentRoutes } from "./service/docs.ts";
import { getHealth } from "./service/healthz.ts";
import { deleteKey, getKeys, postKey } from "./service/keys.ts";
import { postObjectRebuild, postRebuild } from "./service/rebuild.ts";
import { postBulkRedelivery } from "./decisions/deliveries-redeliver.ts";
import { postMcp } from "./service/mcp.ts";
import { getMetrics } from "./service/metrics.ts";
import { getReadiness } from "./service/readyz.ts";
import { EVENT_ROUTES } from "./world/demand-events.ts";
import { deletePerson, getPeople, getPerson, putPerson } from "./people/people.ts";
import { STORE_ROUTES } from "./world/stores.ts";
import { SUPPLIER_ROUTES } from "./world/suppliers.ts";

const DECISIONS = [
  postTrigger,
  postTriggers,
  getWorkflow,
  getStory,
  postReplay,
  postRedelivery,
  getAuditTrails,
  getAudit,
  postRun,
  getRun,
];
const REVIEWS = [postApproval, getReviews, postReviewLink, postReviewAsk, postExtend, postTakenBack];
const ITEMS = [
  putForecast,
  getForecast,
  putHistory,
  getHistory,
  deleteHistory,
  putCatalogue,
  postSales,
  postSalesComplete,
  putProduct,
  getProduct,
  deleteProduct,
  postWhatIf,
  postReceipt,
  deleteReceipt,
  postOrder,
  patchOrder,
  deleteOrder,
];
const PURCHASING = [
  getRestocks,
  getPurchaseOrders,
  getPurchaseOrder,
  getPurchaseOrderStory,
  postPurchaseLines,
  postPurchaseApproval,
  postPurchaseSending,
  postPurchaseCancellation,
  postPurchaseConfirmation,
  postPurchaseReceipt,
  postPurchaseRedelivery,
];
const PEOPLE = [putPerson, getPerson, getPeople, deletePerson, getSessions, deleteSession];
const KEYS = [postKey, getKeys, deleteKey];
const PAGES = [
  getToday,
  getItemList,
  getDecision,
  postAskAgain,
  postTakeBack,
  postItemSettings,
  getReviewPage,
  postReviewPage,
  getInbox,
  postSignIn,
  postSignOut,
  postSignInByMail,
  getSignInLink,
  postSignInLink,
  postBulkApproval,
  getInboxReview,
  postInboxReview,
  getItemPage,
  getOrdersPage,
  postPlacedByHand,
  getOrderLink,
  postOrderLink,
  getOrderPage,
  postOrderPage,
  getOrderFile,
  getImport,
  getAsset,
];
const FROM_IMPORT_PAGE = [...DECISIONS, ...ITEMS, ...STORE_ROUTES]
  .filter(({ method, path }) => IMPORT_NEEDS.has(`${method} ${path}`))
  .map(fromImportPage);
const SERVICE = [getHealth, getReadiness, getMetrics, postRebuild, postObjectRebuild, postBulkRedelivery, postMcp];

export const ROUTES: readonly Route[] = [
  ...DECISIONS,
  ...REVIEWS,
  ...ITEMS,
  ...STORE_ROUTES.map(withStorePage),
  ...SUPPLIER_ROUTES,
  ...EVENT_ROUTES,
  ...PURCHASING,
  ...PEOPLE,
  ...WEBHOOK_ROUTES,
  ...SHOPIFY_CONNECTION_ROUTES,
  postShopify,
  getDeliveries,
  postDeliveryReplay,
  ...KEYS,
  ...SERVICE,
  ...PAGES,
  ...FROM_IMPORT_PAGE,
  postSlackActions,
  ...documentRoutes(() => ROUTES),
];
