/**
 * Measures the bytes of a plain hold at rest, after a checkpoint of the files: in its item and in D1, indexes and
 * half-filled pages included.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { applyLoad } from "./apply-load.ts";
import type { StockwardenServing, StockwardenSystem } from "../stockwarden/system.ts";
import { steadyTrigger } from "../workload/workload.ts";

/** Named as in the JSON report. */
export interface RecordBytes {
  readonly bytes_per_decision_item: number;
  readonly bytes_per_decision_d1: number;
}

const ITEMS = 20;
const POLL_MS = 200;

/** @param decisions of each of some items. */
export async function measureRecordBytes(
  system: StockwardenSystem,
  folder: string,
  decisions: number,
): Promise<RecordBytes> {
  await served(system, folder, async (serving) => {
    await serving.prepare(0, ITEMS);
    await decide(serving, 1, 0);
  });
  const before = { item: bytesOf(folder, isItem), d1: bytesOf(folder, isD1) };
  await served(system, folder, (serving) => decide(serving, decisions, ITEMS));
  const made = ITEMS * decisions;
  return {
    bytes_per_decision_item: (bytesOf(folder, isItem) - before.item) / made,
    bytes_per_decision_d1: (bytesOf(folder, isD1) - before.d1) / made,
  };
}

async function served(
  system: StockwardenSystem,
  folder: string,
  use: (serving: StockwardenServing) => Promise<void>,
): Promise<void> {
  const serving = await system.start(folder);
  try {
    await use(serving);
  } finally {
    await serving.stop();
  }
}

/** Waits until D1 holds every decision, and reads one again: no field that is shown may be missing. */
async function decide(serving: StockwardenServing, times: number, known: number): Promise<void> {
  await applyLoad({
    serving,
    connections: 4,
    until: { requests: ITEMS * times },
    trigger: (n) => steadyTrigger(n % ITEMS, n),
  });
  const expected = known + ITEMS * times;
  const tell = async (query: string) => (await serving.server.tell({ type: "sql", query })).rows;
  while (Number((await tell("SELECT count(*) AS n FROM workflows"))[0]?.["n"]) < expected) await sleep(POLL_MS);
  const [row] = await tell("SELECT workflow_id, status FROM workflows ORDER BY created_at DESC LIMIT 1");
  const response = await fetch(`${serving.url}/workflows/${String(row?.["workflow_id"])}`, {
    headers: serving.headers,
  });
  const { status, decision } = (await response.json()) as {
    status: string;
    decision: { reasons: string[]; evidence: object };
  };
  if (status !== "completed" || row?.["status"] !== status) throw new Error(`the newest decision is ${status}`);
  if (decision.reasons.length === 0 || Object.keys(decision.evidence).length === 0)
    throw new Error("a stored decision has lost its reasons");
}

const isItem = (path: string): boolean => /ItemObject/.test(path);
const isD1 = (path: string): boolean => /D1DatabaseObject/.test(path);

/** Pages of the databases; opening one checkpoints its write-ahead log. */
function bytesOf(folder: string, isCounted: (path: string) => boolean): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => /[0-9a-f]{64}\.sqlite$/.test(path) && isCounted(path),
  );
  if (files.length === 0) throw new Error("no database of the kind was found");
  return files.reduce((sum, file) => {
    const database = new DatabaseSync(join(folder, file));
    const number = (query: string, name: string): number => Number(database.prepare(query).get()?.[name]);
    const pages = number("PRAGMA page_count", "page_count") - number("PRAGMA freelist_count", "freelist_count");
    const bytes = pages * number("PRAGMA page_size", "page_size");
    database.close();
    return sum + bytes;
  }, 0);
}
