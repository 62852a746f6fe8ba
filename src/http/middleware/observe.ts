/** Every request has an id, and leaves one log line, its counts, and a report when it failed in a way that nobody expected. */
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { storageOf } from "../../storage/storage.ts";
import { errorFields, type LogContext } from "../../telemetry/log.ts";
import { COUNTERS, type STATUS_CLASSES } from "../../metrics/metric-names.ts";
import { telemetryOf } from "../../telemetry/telemetry.ts";
import type { AppContext, AppTypes } from "../kit/context.ts";
import { Problem, type ProblemCode } from "../../api/problems.ts";

/** Asked by machines every few seconds: worth neither a line nor a count, unless they fail. */
const ROUTINE = new Set(["/healthz", "/readyz", "/metrics"]);

/** Stands first: what follows logs with `c.get("log")`, which knows the request. */
export function observe(): MiddlewareHandler<AppTypes> {
  return async function observeRequest(c, next) {
    const { log, tallies } = telemetryOf(c.env);
    const startedAt = Date.now();
    const requestId = crypto.randomUUID();
    c.set("requestId", requestId);
    c.set("log", log.with({ request_id: requestId } satisfies LogContext));

    await next();

    const { status } = c.res;
    const route = patternOf(c);
    if (ROUTINE.has(route) && status < 400) return;
    const problem = c.error instanceof Problem ? c.error.code : undefined;
    c.get("log")[levelOf(status)]("http_request", {
      method: c.req.method,
      route,
      status,
      problem,
      latency_ms: Date.now() - startedAt,
    });
    tallies.count(COUNTERS.requests, [statusClass(status)]);
    // GET and HEAD change nothing (I11): what they count is written with the next request that may write, or the sweep.
    const mayWrite = c.req.method !== "GET" && c.req.method !== "HEAD";
    const now = Date.now();
    if (mayWrite && tallies.isFlushDue(now))
      c.executionCtx.waitUntil(tallies.flushSoon(storageOf(c.env).counters, now));
  };
}

/** An error that is answered, to a whole request or to one trigger of a batch: counted, and reported if nobody expected it. */
export function noteError(c: AppContext, error: unknown, code: ProblemCode): void {
  const { tallies, errors } = telemetryOf(c.env);
  tallies.error(code);
  if (error instanceof Problem) return;
  const unexpected = errors.report(error, { origin: "fetch", requestId: c.get("requestId") }, c.executionCtx);
  c.get("log")[unexpected ? "error" : "warn"]("request_failed", { route: patternOf(c), ...errorFields(error) });
}

/** What a handler learned about the request, for every later line of it. */
export function bindLog(c: AppContext, context: LogContext): void {
  c.set("log", c.get("log").with({ ...context }));
}

/** The pattern, not the path, which may hold a review link's token. */
function patternOf(c: AppContext): string {
  return routePath(c, -1);
}

function levelOf(status: number): "info" | "warn" {
  return status >= 500 || status === 429 ? "warn" : "info";
}

function statusClass(status: number): (typeof STATUS_CLASSES)[number] {
  if (status < 300) return "2xx";
  if (status < 400) return "3xx";
  return status < 500 ? "4xx" : "5xx";
}
