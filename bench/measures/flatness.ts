/**
 * Measures what must not grow: the cost of a decision with the number of items, and of the review queue's first page
 * with its length.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { applyLoad } from "./apply-load.ts";
import { cpuSeconds } from "../serving/processes.ts";
import type { Serving } from "../serving/serving.ts";
import type { StockwardenServing } from "../stockwarden/system.ts";
import { steadyTrigger } from "../workload/workload.ts";

export interface FlatnessScale {
  readonly items: readonly [few: number, many: number];
  readonly pending: readonly [few: number, many: number];
  readonly requests: number;
  /** Of the queue, read for one figure, after as many to warm up. */
  readonly pages: number;
  /** How long items are idle before the next request. */
  readonly idleMs: number;
}

/** CPU seconds of the serving process per 1,000 decisions. */
export interface ItemCosts {
  /** Only a few items exist. */
  readonly few: number;
  /** The same few, after many others got one request each. */
  readonly among_many: number;
  /** Items whose objects the platform closed after idle time; each gets one request. */
  readonly reopened: number;
}

/** CPU milliseconds of the serving process for the first page of the review queue. */
export interface QueueCosts {
  readonly short_ms: number;
  readonly long_ms: number;
}

const CONNECTIONS = 16;
/** Made by one statement. */
const ROWS_PER_STATEMENT = 10_000;

export async function measureItems(
  serving: Serving,
  { items: [few, many], requests, idleMs }: FlatnessScale,
): Promise<ItemCosts> {
  await serving.prepare(0, many);
  const ask = (from: number, to: number, count: number) =>
    applyLoad({
      serving,
      connections: CONNECTIONS,
      until: { requests: count },
      trigger: (n) => steadyTrigger(from + (n % (to - from)), n),
    });
  const cost = async (from: number, to: number, count: number): Promise<number> => {
    const before = cpuSeconds(serving.pids);
    await ask(from, to, count);
    return ((cpuSeconds(serving.pids) - before) / count) * 1_000;
  };
  await ask(0, few, requests);
  const alone = await cost(0, few, requests);
  await ask(few, many, many - few);
  // Waits until the platform has closed them again, since closing takes CPU too.
  await sleep(idleMs);
  await ask(0, few, requests);
  const amongMany = await cost(0, few, requests);
  await sleep(idleMs);
  const reopened = await cost(few, many, Math.min(requests, many - few));
  return { few: alone, among_many: amongMany, reopened };
}

export async function measureQueue(
  serving: StockwardenServing,
  { pending: [few, many], pages }: FlatnessScale,
): Promise<QueueCosts> {
  await serving.prepare(0, 1);
  await applyLoad({ serving, connections: 1, until: { requests: 1 }, trigger: (n) => steadyTrigger(0, n) });
  await projected(serving);
  await addPending(serving, 0, few);
  const short = await queuePageMs(serving, pages);
  await addPending(serving, few, many);
  return { short_ms: short, long_ms: await queuePageMs(serving, pages) };
}

async function projected({ server }: StockwardenServing): Promise<void> {
  while (
    (await server.tell({ type: "sql", query: "SELECT 1 FROM workflows WHERE status = 'completed' LIMIT 1" })).rows
      .length === 0
  )
    await sleep(50);
}
/** Pending reviews as projections would have written them, copied from a real row; a list reads no record. */
async function addPending({ server }: StockwardenServing, from: number, to: number): Promise<void> {
  const deadline = Date.now() + 86_400_000;
  for (let first = from; first < to; first += ROWS_PER_STATEMENT) {
    const last = Math.min(to, first + ROWS_PER_STATEMENT) - 1;
    await server.tell({
      type: "sql",
      query: `WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i < ${last}),
                sample AS (SELECT * FROM workflows WHERE status = 'completed' LIMIT 1)
              INSERT INTO workflows (workflow_id, version, store_id, product_id, status, review_status, expires_at,
                decided_at, created_at, record, listed)
              SELECT 'pending-' || i, 1, store_id, product_id, 'awaiting_human_review', 'pending', ${deadline} + i,
                NULL, created_at, record,
                json_object('schema', 1, 'revision', 1, 'reason', 'low_confidence', 'recommendation',
                  json_object('action', 'restock', 'quantity', 4, 'confidence', 0.5), 'unitCost', NULL)
              FROM sample, n`,
    });
  }
}

/** CPU milliseconds of the serving process for one page: steadier than its latency. */
async function queuePageMs(serving: StockwardenServing, pages: number): Promise<number> {
  const read = async (): Promise<void> => {
    for (let page = 0; page < pages; page++) {
      const response = await fetch(`${serving.url}/reviews?status=pending&limit=50`, { headers: serving.headers });
      const { reviews } = (await response.json()) as { reviews: unknown[] };
      if (reviews.length !== 50) throw new Error(`a page of ${reviews.length}`);
    }
  };
  await read();
  const before = cpuSeconds(serving.pids);
  await read();
  return ((cpuSeconds(serving.pids) - before) / pages) * 1_000;
}
