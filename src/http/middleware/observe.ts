/** Gives every request an id, one log line and its counts, and every answer its headers. */
import { storageOf } from "../../storage/storage.ts";
import type { LogContext } from "../../telemetry/log.ts";
import { COUNTERS, type STATUS_CLASSES } from "../../metrics/metric-names.ts";
import { traceparentOf } from "../../shared/trace-context.ts";
import { telemetryOf } from "../../telemetry/telemetry.ts";
import { tracing } from "../../telemetry/tracing.ts";
import { Problem } from "../../api/problems.ts";
import type { Answering } from "../kit/context.ts";
import { setSafeHeaders } from "./headers.ts";

/** Machines ask these every few seconds, so they get neither a line nor a count unless they fail. */
const ROUTINE = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * `answer` logs with `c.get("log")`, which knows the request, and never throws. `route` is a pattern, not the path,
 * which may hold a review link's token.
 */
export function observed(route: string, answer: Answering): Answering {
  return async function observeRequest(c) {
    const { log, tallies } = telemetryOf(c.env);
    const startedAt = Date.now();
    // Not Hono's `requestId`: by default it takes the id that a client sends, and ours must be unique in the log.
    const requestId = crypto.randomUUID();
    c.set("requestId", requestId);
    c.set("log", log.with({ request_id: requestId } satisfies LogContext));

    const incoming = traceparentOf(c.req.header("traceparent"));
    const loading = tracing({ waitUntil: (work) => c.executionCtx.waitUntil(work) }, c.env);
    const traced = loading === null ? null : await loading;
    const traceparent = traced === null ? incoming : traced.traces.beginRequest(traced.target, incoming);
    if (traceparent !== null) c.set("traceparent", traceparent);

    c.set("route", route);

    const response = await answer(c);

    const now = Date.now();
    setSafeHeaders(c, response);
    const { status } = response;
    if (ROUTINE.has(route) && status < 400) return response;
    const problem = c.error instanceof Problem ? c.error.code : undefined;
    c.get("log")[levelOf(status)]("http_request", {
      method: c.req.method,
      route,
      status,
      problem,
      latency_ms: now - startedAt,
    });
    tallies.count(COUNTERS.requests, statusClass(status));
    traced?.traces.recordRequest(
      traced,
      { traceparent: traceparent!, parent: incoming, startedAt },
      { method: c.req.method, route, status, requestId },
    );
    // GET and HEAD change nothing (I11): what they count is written with the next request that may write, or the sweep.
    const mayWrite = c.req.method !== "GET" && c.req.method !== "HEAD";
    if (mayWrite && tallies.isFlushDue(now))
      c.executionCtx.waitUntil(tallies.flushSoon(storageOf(c.env).counters, now));
    return response;
  };
}

function levelOf(status: number): "info" | "warn" {
  return status >= 500 || status === 429 ? "warn" : "info";
}

function statusClass(status: number): (typeof STATUS_CLASSES)[number] {
  if (status < 300) return "2xx";
  if (status < 400) return "3xx";
  return status < 500 ? "4xx" : "5xx";
}
