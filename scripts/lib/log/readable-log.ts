/**
 * Log lines as a person reads them: parsed from what `wrangler tail` or a local server prints, filtered, and formatted.
 */
import { stripVTControlCharacters, styleText } from "node:util";

export const LEVELS = ["debug", "info", "warn", "error"] as const;
type Level = (typeof LEVELS)[number];

export interface TailFilter {
  readonly store?: string | undefined;
  readonly item?: string | undefined;
  readonly workflow?: string | undefined;
  readonly level?: string | undefined;
}

type Line = Readonly<Record<string, unknown>>;

const COLOURS = { debug: "gray", info: "cyan", warn: "yellow", error: "red" } as const;
/** Shown at the start of a line, so not repeated in its fields. */
const LEAD_FIELDS = new Set(["timestamp", "level", "event", "store_id", "product_id", "workflow_id", "node", "stack"]);

/** Log lines from text that arrives in pieces: `wrangler tail` prints events as objects over several lines. */
export class LogReader {
  #partial = "";
  #event = "";

  /** Lines in the order they were logged; text that is not a log is skipped. */
  push(chunk: string): Line[] {
    const rows = (this.#partial + chunk).split("\n");
    this.#partial = rows.pop() ?? "";
    return rows.flatMap((row) => this.#row(stripVTControlCharacters(row)));
  }

  #row(row: string): Line[] {
    if (this.#event !== "" || row === "{") {
      this.#event += `${row}\n`;
      if (row !== "}") return [];
      const event = parseObject(this.#event);
      this.#event = "";
      return event === null ? [] : linesOf(event);
    }
    const object = parseObject(row);
    return object === null ? [] : linesOf(object);
  }
}

export function matches(line: Line, { store, item, workflow, level }: TailFilter): boolean {
  return (
    (store === undefined || line["store_id"] === store) &&
    (item === undefined || line["product_id"] === item) &&
    (workflow === undefined || String(line["workflow_id"] ?? "").startsWith(workflow)) &&
    (level === undefined || LEVELS.indexOf(levelOf(line)) >= LEVELS.indexOf(level as Level))
  );
}

/** `03:04:05.678 INFO  inventory_decision tokyo-3/SKU-1 9e2b6b2d…-1 action=restock quantity=120` */
export function pretty(line: Line, full = false): string {
  const level = levelOf(line);
  const item =
    line["product_id"] === undefined ? "" : `${String(line["store_id"] ?? "-")}/${String(line["product_id"])}`;
  const fields = Object.entries(line)
    .filter(([name, value]) => !LEAD_FIELDS.has(name) && value !== null && value !== undefined)
    .map(([name, value]) => (name === "request_id" && !full ? [name, shortened(String(value))] : [name, value]))
    .map(([name, value]) => `${String(name)}=${typeof value === "string" ? quoted(value) : JSON.stringify(value)}`);
  const parts = [
    String(line["timestamp"] ?? "").slice(11, 23),
    styleText(COLOURS[level], level.toUpperCase().padEnd(5)),
    styleText("bold", String(line["event"])),
    item,
    full ? String(line["workflow_id"] ?? "") : shortened(String(line["workflow_id"] ?? "")),
    line["node"] === undefined ? "" : `[${String(line["node"])}]`,
    ...fields,
  ];
  const stack = typeof line["stack"] === "string" ? `\n${printable(line["stack"])}` : "";
  return parts.filter((part) => part !== "").join(" ") + stack;
}

/** A bare log line, or the lines and exceptions inside an event of `wrangler tail`. */
function linesOf(object: Line): Line[] {
  if (typeof object["event"] === "string") return [object];
  if (!Array.isArray(object["logs"])) return [];
  const logged = (object["logs"] as { message?: unknown[] }[]).map(({ message }) =>
    parseObject(String(message?.[0] ?? "")),
  );
  const thrown = ((object["exceptions"] ?? []) as { name?: string; message?: string; timestamp?: number }[]).map(
    (exception) => ({
      timestamp: new Date(exception.timestamp ?? 0).toISOString(),
      level: "error",
      event: "uncaught_exception",
      error_name: exception.name,
      error: exception.message,
    }),
  );
  return [...logged.filter((line) => typeof line?.["event"] === "string"), ...thrown].filter((line) => line !== null);
}

/** `9e2b6b2d…-12`: the object, shortened, and the workflow's ordinal in it. */
function shortened(id: string): string {
  return id.replace(/^([0-9a-f]{8})[0-9a-f-]*?(-\d{1,10})?$/, `$1…$2`);
}

function levelOf(line: Line): Level {
  return LEVELS.find((level) => level === line["level"]) ?? "info";
}

function parseObject(text: string): Line | null {
  if (!text.trimStart().startsWith("{")) return null;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return null;
  }
}

function quoted(text: string): string {
  return printable(/[\s"=\p{Cc}]/u.test(text) ? JSON.stringify(text) : text);
}

/** A peer's error may hold what a terminal obeys. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
