/** Every route: what serves it, the scope it asks for, and what the OpenAPI document says of it. */
import { z } from "zod";
import {
  AuditAnswer,
  BatchAnswer,
  BatchResultAnswer,
  ForecastAnswer,
  ForecastUploadAnswer,
  HealthAnswer,
  HistoryAnswer,
  HistoryUploadAnswer,
  KeysAnswer,
  NewKeyAnswer,
  ProductAnswer,
  ProductSettingsAnswer,
  ReadinessAnswer,
  ReceiptAnswer,
  RedeliveryAnswer,
  ReplayAnswer,
  ReviewLinkAnswer,
  ReviewsAnswer,
  StoryAnswer,
  TrailsAnswer,
  WorkflowAnswer,
} from "./answers.ts";
import { getAudit, getAuditTrails, TrailsQuery } from "./audit.ts";
import { postTriggers } from "./batch.ts";
import { getForecast, getHistory, putForecast, putHistory } from "./demand.ts";
import { documentRoutes } from "./docs.ts";
import { getHealth, getReadiness } from "./health.ts";
import { deleteKey, getKeys, postKey } from "./keys.ts";
import { getMetrics } from "./metrics.ts";
import { PAGE_ROUTES } from "./page-routes.ts";
import { deleteOrder, deleteProduct, getProduct, postReceipt, putProduct } from "./products.ts";
import { postRedelivery } from "./redeliveries.ts";
import { postReplay, ReplayBody } from "./replay.ts";
import { ExtendBody, LinkBody, postExtend, postReviewLink } from "./review-links.ts";
import { getReviews } from "./reviews.ts";
import type { Content, Route } from "./route.ts";
import {
  BatchBody,
  KeyBody,
  KeysQuery,
  MOST_TRIGGERS,
  ReceiptBody,
  ReviewsQuery,
  SettingsBody,
  StoreQuery,
  TriggerBody,
  TriggerHeaders,
  VerdictBody,
} from "./schemas.ts";
import { getStory } from "./story.ts";
import { postTrigger } from "./triggers.ts";
import { ForecastBody } from "./uploads.ts";
import { getWorkflow, postApproval } from "./workflows.ts";

const json = (schema: z.ZodType): Content => ({ "application/json": schema });
const NO_CONTENT = { says: "Done" };

export const ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/inventory-trigger",
    scope: "trigger",
    handle: postTrigger,
    docs: {
      summary: "Decide about one item",
      group: "decisions",
      headers: TriggerHeaders,
      body: json(TriggerBody),
      answers: {
        200: { says: "Decided", content: json(WorkflowAnswer) },
        202: { says: "Waits for a person or is still running; Location names the workflow", content: json(WorkflowAnswer) },
      },
      problems: ["idempotency_in_progress", "idempotency_mismatch"],
    },
  },
  {
    method: "POST",
    path: "/inventory-triggers",
    scope: "trigger",
    handle: postTriggers,
    docs: {
      summary: "Decide about up to 500 items, each on its own",
      group: "decisions",
      headers: TriggerHeaders,
      body: { "application/json": BatchBody.extend({ triggers: z.array(TriggerBody).min(1).max(MOST_TRIGGERS) }), "application/x-ndjson": TriggerBody },
      answers: {
        200: {
          says: "A result for every trigger; for NDJSON a line as soon as it is known",
          content: { "application/json": BatchAnswer, "application/x-ndjson": BatchResultAnswer },
        },
      },
    },
  },
  {
    method: "GET",
    path: "/workflows/:workflow_id",
    scope: "read",
    handle: getWorkflow,
    docs: { summary: "A workflow as it stands now", group: "decisions", answers: { 200: { says: "The workflow", content: json(WorkflowAnswer) } }, problems: ["not_found"] },
  },
  {
    method: "GET",
    path: "/workflows/:workflow_id/story",
    scope: "read",
    handle: getStory,
    docs: {
      summary: "What happened, step by step",
      group: "decisions",
      answers: { 200: { says: "The story, as JSON or as text for a terminal", content: { "application/json": StoryAnswer, "text/plain": null } } },
      problems: ["not_found"],
    },
  },
  {
    method: "POST",
    path: "/workflows/:workflow_id/replay",
    scope: "read",
    handle: postReplay,
    docs: {
      summary: "Play a stored decision again, perhaps with another model; changes nothing",
      group: "decisions",
      body: json(ReplayBody),
      bodyOptional: true,
      answers: { 200: { says: "Both outcomes and how they differ", content: json(ReplayAnswer) } },
      problems: ["not_found", "not_decided"],
    },
  },
  {
    method: "POST",
    path: "/workflows/:workflow_id/redeliver",
    scope: "admin",
    handle: postRedelivery,
    docs: { summary: "Try given-up deliveries again", group: "decisions", answers: { 202: { says: "They are due now", content: json(RedeliveryAnswer) } }, problems: ["not_found"] },
  },
  {
    method: "GET",
    path: "/audit",
    scope: "read",
    handle: getAuditTrails,
    docs: { summary: "Audit trails of all workflows, in pages", group: "decisions", query: TrailsQuery, answers: { 200: { says: "A page of trails", content: json(TrailsAnswer) } } },
  },
  {
    method: "GET",
    path: "/audit/:workflow_id",
    scope: "read",
    handle: getAudit,
    docs: { summary: "The audit trail of a workflow", group: "decisions", answers: { 200: { says: "The trail", content: json(AuditAnswer) } }, problems: ["not_found"] },
  },
  {
    method: "POST",
    path: "/approve/:workflow_id",
    scope: "review",
    handle: postApproval,
    docs: {
      summary: "Approve, reject or modify what is recommended",
      group: "reviews",
      body: json(VerdictBody),
      answers: { 200: { says: "Decided, or the first of several approvals", content: json(WorkflowAnswer) } },
      problems: ["not_found", "already_decided", "revision_changed", "expired", "superseded", "not_awaiting_review"],
    },
  },
  {
    method: "GET",
    path: "/reviews",
    scope: "read",
    handle: getReviews,
    docs: { summary: "The review queue, earliest deadline first", group: "reviews", query: ReviewsQuery, answers: { 200: { says: "A page of reviews", content: json(ReviewsAnswer) } } },
  },
  {
    method: "POST",
    path: "/reviews/:workflow_id/link",
    scope: "admin",
    handle: postReviewLink,
    docs: {
      summary: "A review link for one person",
      group: "reviews",
      body: json(LinkBody),
      answers: { 201: { says: "Made", content: json(ReviewLinkAnswer) } },
      problems: ["not_found", "already_decided", "expired", "superseded", "not_awaiting_review"],
    },
  },
  {
    method: "POST",
    path: "/reviews/:workflow_id/extend",
    scope: "review",
    handle: postExtend,
    docs: {
      summary: "Put the deadline off",
      group: "reviews",
      body: json(ExtendBody),
      answers: { 200: { says: "The workflow with its new deadline", content: json(WorkflowAnswer) } },
      problems: ["not_found", "already_decided", "expired", "superseded", "not_awaiting_review"],
    },
  },
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
    docs: { summary: "The stored forecast, with its age", group: "items", query: StoreQuery, answers: { 200: { says: "The forecast", content: json(ForecastAnswer) } }, problems: ["not_found"] },
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
    docs: { summary: "The stored demand, day by day", group: "items", query: StoreQuery, answers: { 200: { says: "The history", content: json(HistoryAnswer) } }, problems: ["not_found"] },
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
    docs: { summary: "An item: settings, open orders, last decisions", group: "items", query: StoreQuery, answers: { 200: { says: "The item", content: json(ProductAnswer) } }, problems: ["not_found"] },
  },
  {
    method: "DELETE",
    path: "/products/:product_id",
    scope: "write",
    handle: deleteProduct,
    docs: { summary: "Forget an item's settings", group: "items", query: StoreQuery, answers: { 204: NO_CONTENT }, problems: ["not_found"] },
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
    docs: { summary: "Cancel an open order that nobody placed", group: "items", query: StoreQuery, answers: { 204: NO_CONTENT }, problems: ["not_found"] },
  },
  {
    method: "POST",
    path: "/keys",
    scope: "admin",
    handle: postKey,
    docs: { summary: "Make a key, shown once", group: "keys", body: json(KeyBody), answers: { 201: { says: "Made", content: json(NewKeyAnswer) } } },
  },
  {
    method: "GET",
    path: "/keys",
    scope: "admin",
    handle: getKeys,
    docs: { summary: "All keys, newest first, without secrets", group: "keys", query: KeysQuery, answers: { 200: { says: "A page of keys", content: json(KeysAnswer) } } },
  },
  {
    method: "DELETE",
    path: "/keys/:key_id",
    scope: "admin",
    handle: deleteKey,
    docs: { summary: "Revoke a key, everywhere within a minute", group: "keys", answers: { 204: NO_CONTENT }, problems: ["not_found"] },
  },
  {
    method: "GET",
    path: "/healthz",
    scope: "open",
    handle: getHealth,
    docs: { summary: "Alive and configured", group: "service", answers: { 200: { says: "Alive", content: json(HealthAnswer) } } },
  },
  {
    method: "GET",
    path: "/readyz",
    scope: "open",
    handle: getReadiness,
    docs: {
      summary: "Ready: database, cache and items; details with a key that may read",
      group: "service",
      answers: { 200: { says: "Ready", content: json(ReadinessAnswer) }, 503: { says: "Not ready", content: json(ReadinessAnswer) } },
    },
  },
  {
    method: "GET",
    path: "/metrics",
    scope: "metrics",
    handle: getMetrics,
    docs: {
      summary: "Metrics for Prometheus",
      group: "service",
      answers: { 200: { says: "Text in the format that was asked for", content: { "text/plain": null, "application/openmetrics-text": null } } },
    },
  },
  ...PAGE_ROUTES,
  ...documentRoutes(() => ROUTES),
];
