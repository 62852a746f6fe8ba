/** Health, readiness and metrics: for machines that watch. */
import { HealthAnswer, ReadinessAnswer } from "../../api/responses.ts";
import { getHealth, getReadiness } from "./health.ts";
import { getMetrics } from "./metrics.ts";
import { json, type Route } from "../kit/route.ts";

export const SERVICE_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/healthz",
    scope: "open",
    handle: getHealth,
    docs: {
      summary: "Alive and configured",
      group: "service",
      answers: { 200: { says: "Alive", content: json(HealthAnswer) } },
    },
  },
  {
    method: "GET",
    path: "/readyz",
    scope: "open",
    handle: getReadiness,
    docs: {
      summary: "Ready: database, cache and items; details with a key that may read",
      group: "service",
      answers: {
        200: { says: "Ready", content: json(ReadinessAnswer) },
        503: { says: "Not ready", content: json(ReadinessAnswer) },
      },
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
      answers: {
        200: {
          says: "Text in the format that was asked for",
          content: { "text/plain": null, "application/openmetrics-text": null },
        },
      },
    },
  },
];
