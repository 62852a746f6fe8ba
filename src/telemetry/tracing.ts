/** The code of traces, which is loaded only where somebody collects them. */
import { RELEASE } from "../config/release.ts";
import { withTrace } from "../shared/trace-context.ts";
import type { KeepAlive } from "./errors.ts";
import { errorFields } from "./log.ts";
import { telemetryOf } from "./telemetry.ts";

/** Null = nobody collects traces. */
export function tracing(context: KeepAlive, env: object) {
  const { traces: target, log } = telemetryOf(env);
  if (target === null) return null;
  const onFailure = (cause: unknown): void => log.warn("traces_unsent", errorFields(cause));
  return import("./traces/traces.ts").then((traces) => ({
    traces,
    target,
    release: RELEASE,
    context,
    withTrace,
    onFailure,
  }));
}
