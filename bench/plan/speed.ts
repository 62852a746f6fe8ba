/**
 * CPU time of a plan in workerd, where every trigger pays it. The clock does not advance there while code runs, so it
 * is read from outside: CPU time of the process over a request of many plans, less that of an empty request.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { buildWorker } from "../serving/build-worker.ts";
import { cpuSeconds } from "../serving/processes.ts";
import { versionOf } from "../serving/versions.ts";
import { ROOT, serveWorker, type WorkerServer } from "../serving/worker-server.ts";
import { ITEMS, PERIODS, SPEED_CASES } from "./speed-cases.ts";

/** CPU seconds of a block: /proc counts hundredths. */
const BLOCK_SECONDS = 1;
const BLOCKS = 4;
/** Rounds over the items before anything is timed: the compiler has seen them by then. */
const WARM_UP_ROUNDS = 40;
const EMPTY_REQUESTS = 300;

export async function reportSpeed(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "stockwarden-plan-"));
  try {
    const config = join(ROOT, "bench/plan/wrangler.toml");
    const bundle = buildWorker(config, join(work, "build"), join(ROOT, "bench/plan/speed.worker.ts"));
    const server = await serveWorker({
      config,
      bundle,
      persistTo: join(work, "state"),
      settings: {},
      migrations: [],
      inspectorPort: null,
    });
    console.log(
      `\nCPU of a plan in workerd ${versionOf("workerd")}: ${PERIODS} periods of history, lead time 4; ` +
        `${cpus()[0]?.model ?? "unknown processor"}`,
    );
    const empty = await emptyRequestMs(server);
    for (const [index, { name, limitMs }] of SPEED_CASES.entries())
      line(name, await planMs(server, index, empty), limitMs);
    console.log(`an empty request takes ${empty.toFixed(3)} ms and is subtracted`);
    await server.kill();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function line(name: string, ms: number, limit: number): void {
  console.log(
    `${name.padEnd(36)} ${ms.toFixed(4)} ms  ${Math.round(1000 / ms)
      .toLocaleString("en")
      .padStart(7)} plans/s/core  ${ms <= limit ? "within" : "OVER"} ${limit} ms`,
  );
}

async function emptyRequestMs(server: WorkerServer): Promise<number> {
  await ask(server, 0, 0);
  const spent = await cpuOf(server, async () => {
    for (let request = 0; request < EMPTY_REQUESTS; request++) await ask(server, 0, 0);
  });
  return (spent * 1000) / EMPTY_REQUESTS;
}

/** The least of several blocks, since the machine may be shared. */
async function planMs(server: WorkerServer, index: number, emptyMs: number): Promise<number> {
  await ask(server, index, ITEMS * WARM_UP_ROUNDS);
  let plans = ITEMS * WARM_UP_ROUNDS;
  let seconds = await cpuOf(server, () => ask(server, index, plans));
  plans = ITEMS * Math.max(1, Math.round(((plans / ITEMS) * BLOCK_SECONDS) / Math.max(seconds, 0.01)));
  let least = Number.POSITIVE_INFINITY;
  for (let block = 0; block < BLOCKS; block++) {
    seconds = await cpuOf(server, () => ask(server, index, plans));
    least = Math.min(least, (seconds * 1000 - emptyMs) / plans);
  }
  return least;
}

async function ask(server: WorkerServer, index: number, plans: number): Promise<void> {
  const response = await fetch(`${server.url}/${index}?plans=${plans}`);
  if (!response.ok) throw new Error(await response.text());
  await response.text();
}

async function cpuOf(server: WorkerServer, work: () => Promise<void>): Promise<number> {
  const before = cpuSeconds([server.workerd]);
  await work();
  return cpuSeconds([server.workerd]) - before;
}
