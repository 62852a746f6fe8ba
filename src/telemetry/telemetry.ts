/**
 * Per-isolate telemetry: log, counters, error reporter. A refused configuration still has a log, since its problems
 * are reported there.
 */
import { settingsOf, type Settings } from "../config/settings.ts";
import type { CounterStore } from "../metrics/counter-store.ts";
import { SILENT, createErrorReporter, type ErrorFacts, type ErrorReporter, type KeepAlive } from "./errors.ts";
import { createLog, errorFields, type Log } from "./log.ts";
import type { Failure } from "../metrics/metric-names.ts";
import { oncePerEnv } from "../shared/once-per-env.ts";
import { Tallies } from "../metrics/tallies.ts";

export interface Telemetry {
  readonly log: Log;
  readonly tallies: Tallies;
  readonly errors: ErrorReporter;
  /** Where spans go; null = nobody collects them, and their code is not loaded. */
  readonly traces: Settings["traces"];
}

export const telemetryOf: (env: object) => Telemetry = oncePerEnv((env) => {
  const parsed = settingsOf(env);
  const settings = parsed.ok ? parsed.settings : null;
  const made = {
    log: createLog(settings),
    tallies: new Tallies(),
    errors: settings === null ? SILENT : createErrorReporter(settings),
    traces: settings?.traces ?? null,
  };
  if (!parsed.ok)
    made.log.error("misconfigured", {
      settings: parsed.problems.map(({ setting, message }) => `${setting} ${message}`),
    });
  return made;
});

interface Counted {
  readonly context: KeepAlive;
  readonly counters: CounterStore;
}

/** Logs, counts and reports work that failed where no caller sees it. */
export function noteFailure(
  telemetry: Telemetry,
  failure: Failure,
  error: unknown,
  facts: ErrorFacts,
  counted: Counted,
): void {
  const { log, errors } = telemetry;
  const unexpected = errors.report(error, facts, counted.context);
  const line = { where: failure, ...errorFields(error) };
  if (unexpected) log.error("failure", line);
  else log.warn("failure", line);
  countFailure(telemetry, failure, counted);
}

/** For what has a line of its own in the log. */
export function countFailure(
  { tallies }: Pick<Telemetry, "tallies">,
  failure: Failure,
  { context, counters }: Counted,
): void {
  tallies.error(failure);
  context.waitUntil(tallies.flushSoon(counters, Date.now()));
}
