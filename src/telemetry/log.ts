// oxlint-disable-next-line typescript/triple-slash-reference -- pino's types do not name its browser build
/// <reference path="./pino-browser.d.ts" />
/**
 * Logs: one JSON object a line, for `wrangler tail` and Workers Logs. pino's browser build, because it is well kept,
 * runs on every runtime, Workers included, and takes a third of what an isolate would evaluate for a logger with
 * formatters of its own. Its child loggers are not used, since making one costs more than a line: `with` binds context
 * to plain objects.
 *
 * The message is the event's name, snake_case and constant, so that lines can be counted; all that varies is a field.
 * - Every line has `timestamp`, `level` and `event`; `request_id`, `workflow_id`, `product_id`, `store_id` and `node`
 *   are bound where they become known and stay on every later line.
 * - No secret, key, token, mail body or prompt: fields are named one by one, long text is cut, and the finished line
 *   is scrubbed.
 */
import { pino, type Logger } from "pino/browser.js";
import type { Settings } from "../config/settings.ts";
import { createScrub, type Scrub } from "./scrub.ts";

type Level = Settings["logLevel"];
type Fields = Readonly<Record<string, unknown>>;

/** Context that is bound once and stays on later lines. Dashboards and saved queries rely on these names. */
export interface LogContext {
  readonly request_id?: string | null;
  readonly key_id?: string;
  readonly workflow_id?: string;
  readonly product_id?: string;
  readonly store_id?: string;
  readonly node?: string;
}

/** A line should stay readable and far below the 256 KB that Workers Logs takes; stack traces fit. */
const MAX_TEXT = 2_000;

export class Log {
  readonly #lines: Logger;
  readonly #within: Log | null;
  readonly #bound: Fields;

  constructor(lines: Logger, bound: Fields, within: Log | null = null) {
    this.#lines = lines;
    this.#within = within;
    this.#bound = bound;
  }

  /** Most contexts never see a line, so they are put together only for one. */
  with(context: Fields): Log {
    return new Log(this.#lines, context, this);
  }

  isEnabledFor(level: Level): boolean {
    return this.#lines.isLevelEnabled(level);
  }

  debug(event: string, fields?: Fields): void {
    this.#write("debug", event, fields);
  }

  info(event: string, fields?: Fields): void {
    this.#write("info", event, fields);
  }

  warn(event: string, fields?: Fields): void {
    this.#write("warn", event, fields);
  }

  error(event: string, fields?: Fields): void {
    this.#write("error", event, fields);
  }

  #write(level: Level, event: string, fields: Fields | undefined): void {
    if (this.isEnabledFor(level)) this.#lines[level]({ ...this.#context(), ...fields }, event);
  }

  #context(): Fields {
    return this.#within === null ? this.#bound : { ...this.#within.#context(), ...this.#bound };
  }
}

/** Null: the settings were refused. */
export function createLog(settings: Settings | null): Log {
  const write = jsonLines(createScrub(settings));
  const lines = pino({
    level: settings?.logLevel ?? "info",
    messageKey: "event",
    browser: {
      formatters: { level: (level) => ({ level }) },
      write: { debug: write, info: write, warn: write, error: write },
    },
  });
  return new Log(lines, {});
}

/** Fields of anything thrown; the cause's message is often the one that says what happened. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return { error: error.message, error_name: error.name, cause, stack: error.stack };
}

/** One console method for all levels: `wrangler dev` decorates warnings and errors, and a decorated line is no JSON. */
function jsonLines(scrub: Scrub): (record: object) => void {
  return (record) => {
    const { time, level, event, ...fields } = record as Fields;
    const line = { timestamp: new Date(Number(time)).toISOString(), level, event, ...fields };
    // oxlint-disable-next-line no-console -- the one place where lines leave
    console.log(scrub(JSON.stringify(line, cutLongText)));
  };
}

function cutLongText(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}
