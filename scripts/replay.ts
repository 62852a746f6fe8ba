/**
 * `npm run replay -- --csv FILE --items 50 --days 30`: replays the last days of a real store's sales against a running
 * server over HTTP, and keeps the store's own books beside it. Without --url it uses the server on the local port, and
 * without one it starts its own in a temporary folder. Exit 1 when the server's decisions and the books disagree.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stockwarden } from "../src/client/client.ts";
import { WEEKS } from "../src/replenishment/models/day-numbers.ts";
import { WEEKDAYS, type Weekday } from "../src/world/types.ts";
import { commandFlags, countFlag, numberFlag, shareFlag } from "./lib/command/command-flags.ts";
import { fromInvocationFolder } from "./lib/command/invocation.ts";
import { startLocalServer } from "./lib/server/local-server.ts";
import { localEnvPath, localUrl, readEnvFile, stateFolder } from "./lib/server/local-settings.ts";
import { serviceClient } from "./lib/server/service-client.ts";
import { formatReplay } from "./lib/replay/replay-report.ts";
import { runReplay, type ReplayProgress } from "./lib/replay/replay-run.ts";
import { replayWindow, type ReplayWindow } from "./lib/replay/replay-window.ts";
import { READER_FLAGS, READER_USAGE, readerChoices } from "./lib/import/reader-flags.ts";
import { readSalesFile } from "./lib/import/sales-file.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";

const USAGE = `npm run replay -- --csv FILE [--items 50] [--days 30] [--lead-time 7] [--service-level 0.95]
                 [--pack 1] [--safety-days 2] [--concurrency 8] [--url URL --key KEY]
Plays the last days of your own sales against a running server, and checks every decision against its own books.
Without --url it takes the server of npm start, and starts one of its own where none runs.
  --items N            the best sellers to play         --days N         days to play
  --lead-time N        days from order to arrival       --pack N         pack size
  --service-level N    between 0 and 1                  --safety-days N  safety stock in days of mean sales
  --concurrency N      items at a time
  --closed DAYS        days of the week on which nothing is sold, such as sat,sun: the store is told
  --season FILE        a season of npm run profile, {"week": [53 factors]}: the store is told
${READER_USAGE}`;

const FLAGS = {
  ...READER_FLAGS,
  csv: { type: "string" },
  items: { type: "string", default: "50" },
  days: { type: "string", default: "30" },
  "lead-time": { type: "string", default: "7" },
  "service-level": { type: "string", default: "0.95" },
  pack: { type: "string", default: "1" },
  "safety-days": { type: "string", default: "2" },
  concurrency: { type: "string", default: "8" },
  closed: { type: "string", default: "" },
  season: { type: "string" },
  url: { type: "string" },
  key: { type: "string" },
} as const;

/** Questions left unanswered expire within the replay's own server while it still runs. */
const OWN_REVIEW_TTL_SECONDS = 8;
const MAX_FAULTS_SHOWN = 20;
/** Goods may be sold by the gram. */
const LEAST_PACK = 0.001;

interface Target {
  readonly client: Stockwarden;
  readonly url: string;
  readonly own: boolean;
  end(): Promise<void>;
}

await runProgram(async () => {
  const flags = readFlags();
  const window = await readWindow(flags);
  const target = await findServer(flags.url, flags.key);
  try {
    const first = window.dates[0];
    console.log(
      `Replaying ${window.items.length} items over ${window.dates.length} days (${first} … ` +
        `${window.dates.at(-1)}) against ${target.url}`,
    );
    if (window.movedDays !== 0)
      console.log(`The file's dates were moved by ${window.movedDays} days, a whole number of weeks.`);
    const began = Date.now();
    const result = await runReplay(target.client, window, {
      storeId: `replay-${began.toString(36)}`,
      leadTimeDays: flags.leadTime,
      serviceLevel: flags.serviceLevel,
      packSize: flags.pack,
      safetyDays: flags.safetyDays,
      concurrency: flags.concurrency,
      leaveSomeOpen: target.own,
      closedOn: flags.closedOn,
      season: flags.season,
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
  const values = commandFlags(USAGE, FLAGS);
  if (values.csv === undefined) throw new StartupProblem(`Which file? ${USAGE}`);
  return {
    csv: fromInvocationFolder(values.csv),
    items: countFlag("--items", values.items),
    days: countFlag("--days", values.days),
    leadTime: countFlag("--lead-time", values["lead-time"], 0),
    serviceLevel: shareFlag("--service-level", values["service-level"]),
    pack: numberFlag("--pack", values.pack, LEAST_PACK),
    safetyDays: numberFlag("--safety-days", values["safety-days"]),
    concurrency: countFlag("--concurrency", values.concurrency),
    closedOn: weekdaysOf(values.closed),
    season: values.season === undefined ? null : seasonOf(fromInvocationFolder(values.season)),
    url: values.url,
    key: values.key,
    choices: readerChoices(values),
  };
}

function weekdaysOf(text: string): Weekday[] {
  const names = text.split(",").filter((name) => name !== "");
  return names.map((name) => {
    const day = WEEKDAYS.find((known) => known === name);
    if (day === undefined) throw new StartupProblem(`--closed takes days such as sat,sun: ${name} is none.`);
    return day;
  });
}

function seasonOf(file: string): readonly number[] {
  try {
    const { week } = JSON.parse(readFileSync(file, "utf8")) as { readonly week?: readonly number[] };
    if (week?.length === WEEKS) return week;
  } catch (error) {
    throw new StartupProblem(`${file} is no season of npm run profile: ${(error as Error).message}.`);
  }
  throw new StartupProblem(`--season takes a file of npm run profile: {"week": [53 factors]}.`);
}

async function readWindow(flags: ReturnType<typeof readFlags>): Promise<ReplayWindow> {
  const sales = await readSalesFile(flags.csv, flags.choices);
  const window = replayWindow(sales, flags, new Date().toISOString().slice(0, 10));
  for (const note of [...sales.warnings, ...window.notes]) console.error(`note: ${note}`);
  return window;
}

async function findServer(url: string | undefined, key: string | undefined): Promise<Target> {
  const nothingToEnd = { own: false, end: async () => undefined };
  if (url !== undefined) {
    if (key === undefined) throw new StartupProblem("--url needs the server's key: --key KEY.");
    return { client: serviceClient(url, key), url, ...nothingToEnd };
  }
  const running = await runningServer();
  if (running !== null) return { client: running, url: localUrl(), ...nothingToEnd };
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-replay-"));
  console.log("No server runs here, so the replay starts one of its own in a temporary folder …");
  const server = await startLocalServer({
    persistTo: folder,
    env: { REVIEW_TTL_SECONDS: String(OWN_REVIEW_TTL_SECONDS), LOG_LEVEL: "warn" },
  });
  return {
    client: serviceClient(server.url, server.key),
    url: server.url,
    own: true,
    end: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server of `npm start`, if it runs and accepts the local key. */
async function runningServer(): Promise<Stockwarden | null> {
  const settings = localEnvPath(stateFolder());
  if (!existsSync(settings)) return null;
  const client = serviceClient(localUrl(), readEnvFile(settings).API_KEY ?? "");
  try {
    await client.reviews({ status: "pending", limit: 1 });
    return client;
  } catch {
    return null;
  }
}

function showProgress({ day, days, triggers, orders, faults }: ReplayProgress): void {
  const line = `day ${day}/${days}   ${triggers} triggers, ${orders} orders${faults > 0 ? `, ${faults} FAULTS` : ""}`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line}${day === days ? "\n" : ""}`);
  else if (day % 5 === 0 || day === days) console.log(line);
}
