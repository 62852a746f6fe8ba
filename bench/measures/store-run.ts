/**
 * Two morning's runs over a store with season and suppliers: over the items of one supplier, and over all. Some 12 % of
 * them come to a question. Both are measured in one process with all items there, since one item among ten thousand
 * costs more than among one thousand, however many of them a run decides. For each: seconds, CPU, memory, rows and
 * calls to D1. Beside it single triggers from one sender on the same items: over loopback, which no real sender has,
 * and from `DISTANCE_MS` away.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds, residentMb } from "../serving/processes.ts";
import { DISTANCE_MS } from "./batch.ts";
import type { Usage } from "../cost/meter.ts";
import type { StockwardenServing, StockwardenSystem } from "../stockwarden/system.ts";
import { STORE, itemName, steadyTrigger } from "../workload/workload.ts";

/** Named as in the JSON report. */
export interface RunFigures {
  readonly items: number;
  readonly seconds: number;
  /** Until the objects that it opened are closed again. */
  readonly cpu_s: number;
  readonly memory_mb: number;
  readonly object_rows_written: number;
  readonly d1_rows_written: number;
  readonly d1_calls: number;
  readonly waiting: number;
  readonly items_per_s: number;
  /** Single triggers from one sender over loopback. */
  readonly single_rps: number;
  /** The same from `DISTANCE_MS` away. */
  readonly distant_single_rps: number;
}

export interface RunPauses {
  /** Between the counts and the run. */
  readonly restMs: number;
  /** After it, until the platform has closed every object. */
  readonly idleMs: number;
}

interface Run {
  readonly run_id: string;
  readonly status: "running" | "done";
  readonly items: number;
  readonly decided: number;
  readonly waiting: number;
  readonly failed: number;
}

const POLL_MS = 200;
const TRIGGERS_A_BATCH = 100;
const SINGLE_TRIGGERS = 200;
/** Three of 25 items: a negative stock is a question. */
const ASKED_OF = 25;
const ASKED = 3;

/** A run over the items of the bakery, and one over all. */
export async function measureRuns(
  system: StockwardenSystem,
  folder: string,
  [few, many]: readonly [few: number, many: number],
  pauses: RunPauses,
): Promise<{ readonly few: RunFigures; readonly many: RunFigures }> {
  const serving = await system.start(folder);
  const store: Furnished = { serving, few, many, decisions: 0 };
  try {
    await furnish(store);
    for (let from = 0; from < many; from += TRIGGERS_A_BATCH)
      await count(serving, from, Math.min(many, from + TRIGGERS_A_BATCH));
    store.decisions = many;
    return {
      few: await measureRun(store, "bakery", 3, pauses),
      many: await measureRun(store, null, 4, pauses),
    };
  } finally {
    await serving.kill();
  }
}

interface Furnished {
  readonly serving: StockwardenServing;
  /** Items of the bakery, the first ones. */
  readonly few: number;
  readonly many: number;
  /** Made so far. */
  decisions: number;
}

/** @param unitCost another one than before, so that every item is decided again. */
async function measureRun(
  store: Furnished,
  supplier: "bakery" | null,
  unitCost: number,
  { restMs, idleMs }: RunPauses,
): Promise<RunFigures> {
  const { serving } = store;
  const items = supplier === null ? store.many : store.few;
  const singles = Math.min(store.few, SINGLE_TRIGGERS);
  const single_rps = await oneByOne(serving, singles, 0);
  const distant_single_rps = await oneByOne(serving, singles, DISTANCE_MS);
  store.decisions += 2 * singles;
  await stored(store);
  await catalogue(store, unitCost);
  await sleep(restMs);
  await ask(serving, "GET", "/meter");

  const cpuBefore = cpuSeconds(serving.pids);
  const started = performance.now();
  const asked = JSON.stringify({ store_id: STORE, supplier_id: supplier });
  const run = await finished(serving, await ask<Run>(serving, "POST", "/runs", asked));
  const seconds = (performance.now() - started) / 1_000;
  const memory_mb = residentMb(serving.pids);
  if (run.decided !== items || run.failed > 0)
    throw new Error(`the run decided ${run.decided} of ${items} items, ${run.failed} failed`);
  store.decisions += items;
  await stored(store);
  // Closing an object takes CPU too, ten seconds after its last call: of a short run, after the whole run.
  await sleep(idleMs);
  const cpu_s = cpuSeconds(serving.pids) - cpuBefore;
  const used = await ask<Usage>(serving, "GET", "/meter");
  return {
    items,
    seconds,
    cpu_s,
    memory_mb,
    object_rows_written: used.objectRowsWritten,
    d1_rows_written: used.d1RowsWritten,
    d1_calls: used.d1Calls,
    waiting: run.waiting,
    items_per_s: items / seconds,
    single_rps,
    distant_single_rps,
  };
}

/** The store as a real one is described: its season, suppliers, prices, a quarter of sales. */
async function furnish(store: Furnished): Promise<void> {
  const { serving } = store;
  await serving.prepare(0, store.many);
  await ask(serving, "PUT", `/stores/${STORE}`, JSON.stringify({ name: "Bench", time_zone: "Europe/Berlin" }));
  const week = Array.from({ length: 53 }, (_, index) => 1 + 0.2 * Math.sin((index / 53) * 2 * Math.PI));
  await ask(serving, "PUT", `/stores/${STORE}/season`, JSON.stringify({ week }));
  for (const name of ["bakery", "dairy"])
    await ask(serving, "PUT", `/suppliers/${name}`, JSON.stringify({ name, lead_time_days: 2, send: "none" }));
  await catalogue(store, 2);
}

async function catalogue({ serving, few, many }: Furnished, unitCost: number): Promise<void> {
  const rows = Array.from({ length: many }, (_, index) => {
    return `${itemName(index)},${STORE},${unitCost},${index < few ? "bakery" : "dairy"}\n`;
  });
  await ask(serving, "PUT", "/catalogue", `product_id,store_id,unit_cost,supplier_id\n${rows.join("")}`, "text/csv");
}

function counted(item: number): object {
  return { ...steadyTrigger(item, 0), ...(item % ASKED_OF < ASKED ? { current_stock: -1 } : {}) };
}

async function count(serving: StockwardenServing, from: number, to: number): Promise<void> {
  const triggers = Array.from({ length: to - from }, (_, n) => counted(from + n));
  await ask(serving, "POST", "/inventory-triggers", JSON.stringify({ triggers }));
}

/** Decisions a second of one sender that posts a trigger when the one before is answered. */
async function oneByOne(serving: StockwardenServing, count: number, distanceMs: number): Promise<number> {
  const started = performance.now();
  for (let n = 0; n < count; n++) {
    if (distanceMs > 0) await sleep(distanceMs);
    await ask(serving, "POST", "/inventory-trigger", JSON.stringify(counted(n)));
  }
  return count / ((performance.now() - started) / 1_000);
}

/** Waits until the database holds every decision, and no more. */
async function stored({ serving, decisions }: Furnished): Promise<void> {
  for (;;) {
    const { rows } = await serving.server.tell({ type: "sql", query: "SELECT count(*) AS n FROM workflows" });
    const found = Number(rows[0]?.["n"]);
    if (found > decisions) throw new Error(`${found} decisions are stored, and ${decisions} were made`);
    if (found === decisions) return;
    await sleep(POLL_MS);
  }
}

async function finished(serving: StockwardenServing, begun: Run): Promise<Run> {
  for (;;) {
    const run = await ask<Run>(serving, "GET", `/runs/${begun.run_id}`);
    if (run.status === "done") return run;
    await sleep(POLL_MS);
  }
}

async function ask<T>(
  { url, headers }: StockwardenServing,
  method: string,
  path: string,
  body?: string,
  type = "application/json",
): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, "content-type": type },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
