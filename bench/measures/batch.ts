/**
 * Compares `POST /inventory-triggers` with single calls: decisions a second, the same items, from one sender and many.
 * On this machine a call has no network delay, so one sender also gets an artificial distance, where a batch saves
 * most.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { applyLoad } from "./apply-load.ts";
import type { StockwardenServing } from "../stockwarden/system.ts";
import { steadyTrigger } from "../workload/workload.ts";

export interface BatchFigures {
  /** One sender that posts a trigger or a batch when the one before is answered. */
  readonly one_sender: Comparison;
  /** The same, with `DISTANCE_MS` between them. */
  readonly one_distant_sender: Comparison;
  /** As many as keep the machine busy. */
  readonly many_senders: Comparison;
}

export interface Comparison {
  readonly single_rps: number;
  readonly batched_rps: number;
}

const TRIGGERS_A_BATCH = 100;
const SINGLE_SENDERS = 16;
/** A batch runs its items sixteen at once, so a few batches keep the machine as busy. */
const BATCH_SENDERS = 4;
/** Round trip from a store to the nearest data centre. */
export const DISTANCE_MS = 20;
/** Single calls from a distance are slow and steady, so a part of them is enough. */
const DISTANT_PART = 0.05;

export async function measureBatch(
  serving: StockwardenServing,
  items: number,
  decisions: number,
): Promise<BatchFigures> {
  await serving.prepare(0, items);
  const trigger = (n: number) => steadyTrigger(n % items, n);
  const single = async (connections: number, requests: number): Promise<number> =>
    (await applyLoad({ serving, connections, until: { requests }, trigger })).rps;
  const post = (size: number, senders: number, count: number, distanceMs: number) =>
    posted(serving, { size, senders, count, distanceMs }, trigger);
  await single(SINGLE_SENDERS, items * 2);
  await post(TRIGGERS_A_BATCH, BATCH_SENDERS, decisions, 0);
  return {
    one_sender: { single_rps: await single(1, decisions), batched_rps: await post(TRIGGERS_A_BATCH, 1, decisions, 0) },
    one_distant_sender: {
      single_rps: await post(1, 1, decisions * DISTANT_PART, DISTANCE_MS),
      batched_rps: await post(TRIGGERS_A_BATCH, 1, decisions, DISTANCE_MS),
    },
    many_senders: {
      single_rps: await single(SINGLE_SENDERS, decisions),
      batched_rps: await post(TRIGGERS_A_BATCH, BATCH_SENDERS, decisions, 0),
    },
  };
}

interface Posting {
  /** Triggers a request; one is a single call. */
  readonly size: number;
  readonly senders: number;
  readonly count: number;
  readonly distanceMs: number;
}

/** Decisions a second. */
async function posted(
  serving: StockwardenServing,
  { size, senders, count, distanceMs }: Posting,
  trigger: (n: number) => object,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  const sender = async (): Promise<void> => {
    while (next < count) {
      const first = next;
      next += size;
      await sleep(distanceMs);
      const triggers = Array.from({ length: size }, (_, n) => trigger(first + n));
      await (size === 1 ? postOne(serving, triggers[0]!) : postBatch(serving, triggers));
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return next / ((performance.now() - started) / 1_000);
}

async function postOne({ url, headers }: StockwardenServing, trigger: object): Promise<void> {
  const response = await fetch(`${url}/inventory-trigger`, { method: "POST", headers, body: JSON.stringify(trigger) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`single call: ${response.status} ${text}`);
}

/** Streamed as NDJSON; throws when any trigger of it was not decided. */
async function postBatch({ url, headers }: StockwardenServing, triggers: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/inventory-triggers`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/x-ndjson" },
    body: triggers.map((trigger) => JSON.stringify(trigger)).join("\n"),
  });
  const lines = (await response.text()).trimEnd().split("\n");
  const refused = lines.filter((line) => (JSON.parse(line) as { status: number }).status !== 200);
  if (lines.length !== triggers.length || refused.length > 0)
    throw new Error(`batch: ${response.status} ${refused[0] ?? lines.length}`);
}
