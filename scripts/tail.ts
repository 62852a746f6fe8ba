/**
 * `npm run tail`: the service's log, readable. Without piped input it runs `wrangler tail --format json`; otherwise it
 * reads what is piped in: those events, or the bare log lines of a local server.
 */
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { choiceFlag, commandLine } from "./lib/command/command-flags.ts";
import { LEVELS, LogReader, matches, pretty } from "./lib/log/readable-log.ts";

const USAGE = `npm run tail [-- WORKER] [--store tokyo-3] [--item SKU-1] [--workflow 9e2b6b2d] [--level warn] [--full]
Prints the log of the deployed Worker, or the log piped into it, one readable line an event.
npm run --silent dev | npm run --silent tail
  WORKER          another than wrangler.toml names
  --workflow ID   its first characters are enough
  --level LEVEL   debug, info, warn or error, and what is worse
  --full          whole ids`;

const { flags, words } = commandLine(USAGE, {
  store: { type: "string" },
  item: { type: "string" },
  workflow: { type: "string" },
  level: { type: "string" },
  full: { type: "boolean" },
});
const { full, ...filter } = flags;
if (filter.level !== undefined) choiceFlag("--level", filter.level, LEVELS);

const source: Readable = process.stdin.isTTY ? wranglerTail(words) : process.stdin;
const reader = new LogReader();
source.setEncoding("utf8");
for await (const chunk of source) {
  for (const line of reader.push(String(chunk))) if (matches(line, filter)) console.log(pretty(line, full));
}

/** Attaching a tail resets the objects; they continue where they stopped, as after any eviction. */
function wranglerTail(options: readonly string[]): Readable {
  const child = spawn("wrangler", ["tail", "--format", "json", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  child.on("exit", (code) => (process.exitCode = code ?? 1));
  return child.stdout;
}
