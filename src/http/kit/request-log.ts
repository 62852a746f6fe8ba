/** What handlers add to a request's log line, and how a failure that is answered gets logged, counted and reported. */
import { Problem, type ProblemCode } from "../../api/problems.ts";
import { errorFields, type LogContext } from "../../telemetry/log.ts";
import { telemetryOf } from "../../telemetry/telemetry.ts";
import type { AppContext } from "./context.ts";

/** What a handler learned about the request; every later log line carries it. */
export function bindLog(c: AppContext, context: LogContext): void {
  c.set("log", c.get("log").with(context as Readonly<Record<string, unknown>>));
}

/**
 * Counts an error that is answered to a request or to one trigger of a batch, and reports it if it is a bug.
 *
 * @param about names the trigger of a batch; else what was bound is enough.
 */
export function noteError(c: AppContext, error: unknown, code: ProblemCode, about: LogContext = {}): void {
  const { tallies, errors } = telemetryOf(c.env);
  tallies.error(code);
  if (error instanceof Problem) return;
  const unexpected = errors.report(error, { origin: "fetch", requestId: c.get("requestId") }, c.executionCtx);
  c.get("log")[unexpected ? "error" : "warn"]("request_failed", {
    ...about,
    route: c.get("route"),
    ...errorFields(error),
  });
}
