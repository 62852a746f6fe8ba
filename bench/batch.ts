/** `POST /inventory-triggers` against single calls: decisions a second, the same items, from one sender and from many. */
import { applyLoad } from "./load.ts";
import type { StockwardenServing } from "./stockwarden/system.ts";
import { steadyTrigger } from "./workload.ts";

export interface BatchFigures {
  /** One sender that posts a trigger or a batch when the one before is answered. */
  readonly one_sender: Comparison;
  /** As many as keep the machine busy. */
  readonly many_senders: Comparison;
}

export interface Comparison {
  readonly single_rps: number;
  readonly batched_rps: number;
}

const TRIGGERS_A_BATCH = 100;
const SINGLE_SENDERS = 16;
/** A batch runs its items sixteen at once, so that a few batches are as busy. */
const BATCH_SENDERS = 4;

export async function measureBatch(serving: StockwardenServing, items: number, decisions: number): Promise<BatchFigures> {
  await serving.prepare(0, items);
  const trigger = (n: number) => steadyTrigger(n % items, n);
  const single = async (connections: number, requests: number): Promise<number> =>
    (await applyLoad({ serving, connections, until: { requests }, trigger })).rps;
  await single(SINGLE_SENDERS, items * 2);
  await batched(serving, BATCH_SENDERS, decisions, trigger);
  return {
    one_sender: { single_rps: await single(1, decisions), batched_rps: await batched(serving, 1, decisions, trigger) },
    many_senders: { single_rps: await single(SINGLE_SENDERS, decisions), batched_rps: await batched(serving, BATCH_SENDERS, decisions, trigger) },
  };
}

async function batched(serving: StockwardenServing, senders: number, decisions: number, trigger: (n: number) => object): Promise<number> {
  let next = 0;
  const started = performance.now();
  const sender = async (): Promise<void> => {
    while (next < decisions) {
      const first = next;
      next += TRIGGERS_A_BATCH;
      await postBatch(serving, Array.from({ length: TRIGGERS_A_BATCH }, (_, n) => trigger(first + n)));
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return next / ((performance.now() - started) / 1_000);
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
  if (lines.length !== triggers.length || refused.length > 0) throw new Error(`batch: ${response.status} ${refused[0] ?? lines.length}`);
}
