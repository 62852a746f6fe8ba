/** Every route, with the scope it asks for. */
import { getForecast, getHistory, putForecast, putHistory } from "./demand.ts";
import { getHealth, getReadiness } from "./health.ts";
import { getAsset } from "./assets.ts";
import { getAudit, getAuditTrails } from "./audit.ts";
import { getInbox, getInboxReview, postBulkApproval, postInboxReview, postSignIn, postSignOut } from "./inbox.tsx";
import { getItemPage } from "./item-page.tsx";
import { getMetrics } from "./metrics.ts";
import { deleteOrder, deleteProduct, getProduct, postReceipt, putProduct } from "./products.ts";
import { postRedelivery } from "./redeliveries.ts";
import { postReplay } from "./replay.ts";
import { postExtend, postReviewLink } from "./review-links.ts";
import { getReviewPage, postReviewPage } from "./review-page.tsx";
import { getReviews } from "./reviews.ts";
import type { Route } from "./route.ts";
import { postSlackActions } from "./slack-actions.ts";
import { getStory } from "./story.ts";
import { postTrigger } from "./triggers.ts";
import { getWorkflow, postApproval } from "./workflows.ts";

export const ROUTES: readonly Route[] = [
  { method: "POST", path: "/inventory-trigger", scope: "trigger", handle: postTrigger },
  { method: "GET", path: "/workflows/:workflow_id", scope: "read", handle: getWorkflow },
  { method: "GET", path: "/workflows/:workflow_id/story", scope: "read", handle: getStory },
  { method: "POST", path: "/workflows/:workflow_id/replay", scope: "read", handle: postReplay },
  { method: "POST", path: "/approve/:workflow_id", scope: "review", handle: postApproval },
  { method: "GET", path: "/reviews", scope: "read", handle: getReviews },
  { method: "POST", path: "/reviews/:workflow_id/link", scope: "admin", handle: postReviewLink },
  { method: "POST", path: "/reviews/:workflow_id/extend", scope: "review", handle: postExtend },
  { method: "GET", path: "/audit", scope: "read", handle: getAuditTrails },
  { method: "GET", path: "/audit/:workflow_id", scope: "read", handle: getAudit },
  { method: "POST", path: "/workflows/:workflow_id/redeliver", scope: "admin", handle: postRedelivery },
  { method: "PUT", path: "/forecasts/:product_id", scope: "write", handle: putForecast },
  { method: "GET", path: "/forecasts/:product_id", scope: "read", handle: getForecast },
  { method: "PUT", path: "/history/:product_id", scope: "write", handle: putHistory },
  { method: "GET", path: "/history/:product_id", scope: "read", handle: getHistory },
  { method: "PUT", path: "/products/:product_id", scope: "write", handle: putProduct },
  { method: "GET", path: "/products/:product_id", scope: "read", handle: getProduct },
  { method: "DELETE", path: "/products/:product_id", scope: "write", handle: deleteProduct },
  { method: "POST", path: "/products/:product_id/receipts", scope: "write", handle: postReceipt },
  { method: "DELETE", path: "/products/:product_id/orders/:workflow_id", scope: "write", handle: deleteOrder },
  { method: "GET", path: "/metrics", scope: "metrics", handle: getMetrics },
  // Open here because each checks for itself who is asking: a signed link, Slack's signature, the inbox's session.
  { method: "GET", path: "/review/:token", scope: "open", handle: getReviewPage },
  { method: "POST", path: "/review/:token", scope: "open", handle: postReviewPage },
  { method: "POST", path: "/slack/actions", scope: "open", handle: postSlackActions },
  { method: "GET", path: "/inbox", scope: "open", handle: getInbox },
  { method: "POST", path: "/inbox/sign-in", scope: "open", handle: postSignIn },
  { method: "POST", path: "/inbox/sign-out", scope: "open", handle: postSignOut },
  { method: "POST", path: "/inbox/approve", scope: "open", handle: postBulkApproval },
  { method: "GET", path: "/inbox/:workflow_id", scope: "open", handle: getInboxReview },
  { method: "POST", path: "/inbox/:workflow_id", scope: "open", handle: postInboxReview },
  { method: "GET", path: "/items/:store_id/:product_id", scope: "open", handle: getItemPage },
  { method: "GET", path: "/assets/:name", scope: "open", handle: getAsset },
  { method: "GET", path: "/healthz", scope: "open", handle: getHealth },
  { method: "GET", path: "/readyz", scope: "open", handle: getReadiness },
];
