/**
 * `npm run replay -- --csv FILE --items 50 --days 30`: the last days of a real store's sales, played against a running
 * server over HTTP, with the store's own books kept beside it. Without --url it takes the server on the local port, and
 * without one it starts its own in a temporary folder. Exit 1 when the server's decisions and the books disagree.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ApiClient } from "./api-client.ts";
import { CsvError } from "../src/http/csv-rows.ts";
import { fromInvocationFolder } from "./invocation.ts";
import { startLocalServer } from "./local-server.ts";
import { DEFAULT_PORT, DEFAULT_STATE, localEnvPath, readEnvFile } from "./local-settings.ts";
import { formatReplay } from "./replay-report.ts";
import { runReplay, type ReplayProgress } from "./replay-run.ts";
import { replayWindow, type ReplayWindow } from "./replay-window.ts";
import { parseSalesCsv } from "./sales-csv.ts";
import { runProgram, StartupProblem } from "./startup-problem.ts";

const USAGE = `npm run replay -- --csv FILE [--items 50] [--days 30] [--lead-time 7] [--service-level 0.95]
                 [--pack 1] [--safety-days 2] [--concurrency 8] [--url URL --key KEY]`;

const FLAGS = {
  csv: { type: "string" },
  items: { type: "string", default: "50" },
  days: { type: "string", default: "30" },
  "lead-time": { type: "string", default: "7" },
  "service-level": { type: "string", default: "0.95" },
  pack: { type: "string", default: "1" },
  "safety-days": { type: "string", default: "2" },
  concurrency: { type: "string", default: "8" },
  url: { type: "string" },
  key: { type: "string" },
} as const;

/** Questions left unanswered expire within the replay's own server while it still runs. */
const OWN_REVIEW_TTL_SECONDS = 8;
const MAX_FAULTS_SHOWN = 20;

interface Target {
  readonly client: ApiClient;
  readonly own: boolean;
  end(): Promise<void>;
}

await runProgram(async () => {
  const flags = readFlags();
  const window = readWindow(flags);
  const target = await findServer(flags.url, flags.key);
  try {
    const first = window.dates[0];
    console.log(`Replaying ${window.items.length} items over ${window.dates.length} days (${first} … ${window.dates.at(-1)}) against ${target.client.url}`);
    if (window.movedDays !== 0) console.log(`The file's dates were moved by ${window.movedDays} days, a whole number of weeks.`);
    const began = Date.now();
    const result = await runReplay(target.client, window, {
      storeId: `replay-${began.toString(36)}`,
      leadTimeDays: flags.leadTime,
      serviceLevel: flags.serviceLevel,
      packSize: flags.pack,
      safetyDays: flags.safetyDays,
      concurrency: flags.concurrency,
      leaveSomeOpen: target.own,
      onDay: showProgress,
    });
    console.log(`\n${formatReplay(result, (Date.now() - began) / 1000)}`);
    for (const fault of result.faults.slice(0, MAX_FAULTS_SHOWN)) console.error(fault);
    if (result.faults.length > 0) throw new StartupProblem(`The replay found ${result.faults.length} faults.`);
  } finally {
    await target.end();
  }
});

function readFlags() {
  const { values } = parseFlags();
  if (values.csv === undefined) throw new StartupProblem(`Which file? ${USAGE}`);
  const number = (name: "items" | "days" | "lead-time" | "service-level" | "pack" | "safety-days" | "concurrency", least: number): number => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < least) throw new StartupProblem(`--${name} must be a number from ${least}, not "${values[name]}".\n${USAGE}`);
    return value;
  };
  return {
    csv: fromInvocationFolder(values.csv),
    items: number("items", 1),
    days: number("days", 1),
    leadTime: number("lead-time", 0),
    serviceLevel: number("service-level", 0),
    pack: number("pack", 0),
    safetyDays: number("safety-days", 0),
    concurrency: number("concurrency", 1),
    url: values.url,
    key: values.key,
  };
}

function parseFlags() {
  try {
    return parseArgs({ options: FLAGS });
  } catch (error) {
    throw new StartupProblem(`${(error as Error).message}\n${USAGE}`);
  }
}

function readWindow(flags: { csv: string; items: number; days: number }): ReplayWindow {
  const today = new Date().toISOString().slice(0, 10);
  try {
    return replayWindow(parseSalesCsv(readFileSync(flags.csv, "utf8")), flags, today);
  } catch (error) {
    if (error instanceof CsvError || (error as NodeJS.ErrnoException).code !== undefined) {
      throw new StartupProblem(`${flags.csv} cannot be replayed: ${(error as Error).message}`);
    }
    throw error;
  }
}

async function findServer(url: string | undefined, key: string | undefined): Promise<Target> {
  const nothingToEnd = { own: false, end: async () => undefined };
  if (url !== undefined) {
    if (key === undefined) throw new StartupProblem("--url needs the server's key: --key KEY.");
    return { client: new ApiClient(url, key), ...nothingToEnd };
  }
  const running = await runningServer();
  if (running !== null) return { client: running, ...nothingToEnd };
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-replay-"));
  console.log("No server runs here, so the replay starts one of its own in a temporary folder …");
  const server = await startLocalServer({ persistTo: folder, env: { REVIEW_TTL_SECONDS: String(OWN_REVIEW_TTL_SECONDS), LOG_LEVEL: "warn" } });
  return {
    client: new ApiClient(server.url, server.key),
    own: true,
    end: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server of `npm start`, when it runs and takes the local key. */
async function runningServer(): Promise<ApiClient | null> {
  const settings = localEnvPath(process.env.PERSIST_TO ? fromInvocationFolder(process.env.PERSIST_TO) : DEFAULT_STATE);
  if (!existsSync(settings)) return null;
  const client = new ApiClient(`http://localhost:${process.env.PORT || DEFAULT_PORT}`, readEnvFile(settings).API_KEY ?? "");
  try {
    return (await client.send("GET", "/reviews?status=pending&limit=1")).status === 200 ? client : null;
  } catch {
    return null;
  }
}

function showProgress({ day, days, triggers, orders, faults }: ReplayProgress): void {
  const line = `day ${day}/${days}   ${triggers} triggers, ${orders} orders${faults > 0 ? `, ${faults} FAULTS` : ""}`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}${day === days ? "\n" : ""}`);
  else if (day % 5 === 0 || day === days) console.log(line);
}
