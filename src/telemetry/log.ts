/**
 * Logs: one JSON object a line, for `wrangler tail` and Workers Logs. LogTape, because it has no dependencies, is made
 * for every runtime, Workers included, and binds context to child loggers: `log.with({ workflow_id })`.
 *
 * The message is the event's name, snake_case and constant, so that lines can be counted; all that varies is a field.
 * - Every line has `timestamp`, `level` and `event`; `request_id`, `workflow_id`, `product_id`, `store_id` and `node`
 *   are bound where they become known and stay on every later line.
 * - No secret, key, token, mail body or prompt: fields are named one by one, long text is cut, and the finished line
 *   is scrubbed.
 */
import { configureSync, getConsoleSink, getLogger, type LogLevel, type LogRecord, type Logger } from "@logtape/logtape";
import type { Settings } from "../config/settings.ts";
import { createScrub, type Scrub } from "./scrub.ts";

export type Log = Logger;

/** Context that is bound once and stays on later lines. Dashboards and saved queries rely on these names. */
export interface LogContext {
  readonly request_id?: string | null;
  readonly key_id?: string;
  readonly workflow_id?: string;
  readonly product_id?: string;
  readonly store_id?: string;
  readonly node?: string;
}

const CATEGORY = "stockwarden";

/** A line should stay readable and far below the 256 KB that Workers Logs takes; stack traces fit. */
const MAX_TEXT = 2_000;

const LEVELS: Readonly<Record<Settings["logLevel"], LogLevel>> = {
  debug: "debug",
  info: "info",
  warn: "warning",
  error: "error",
};

/** One console method for all: `wrangler dev` decorates warnings and errors, and a decorated line is no JSON. */
const PLAIN: Readonly<Record<LogLevel, "log">> = {
  trace: "log",
  debug: "log",
  info: "log",
  warning: "log",
  error: "log",
  fatal: "log",
};

/** LogTape is configured per isolate, and an isolate serves one environment. Null: the settings were refused. */
export function createLog(settings: Settings | null): Log {
  configureSync({
    reset: true,
    sinks: { console: getConsoleSink({ formatter: jsonLines(createScrub(settings)), levelMap: PLAIN }) },
    loggers: [
      { category: CATEGORY, lowestLevel: LEVELS[settings?.logLevel ?? "info"], sinks: ["console"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["console"] },
    ],
  });
  return getLogger(CATEGORY);
}

/** Fields of anything thrown; the cause's message is often the one that says what happened. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return { error: error.message, error_name: error.name, cause, stack: error.stack };
}

function jsonLines(scrub: Scrub): (record: LogRecord) => string {
  return ({ timestamp, level, rawMessage, properties }) => {
    const line = {
      timestamp: new Date(timestamp).toISOString(),
      level: level === "warning" ? "warn" : level,
      event: String(rawMessage),
      ...properties,
    };
    return scrub(JSON.stringify(line, cutLongText));
  };
}

function cutLongText(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}
