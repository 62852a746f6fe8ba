/** `POST /inventory-triggers` against single calls: decisions a second, the same items, the whole Worker. */
import { applyLoad } from "./load.ts";
import type { StockwardenServing } from "./stockwarden/system.ts";
import { steadyTrigger } from "./workload.ts";

export interface BatchFigures {
  readonly single_rps: number;
  readonly batched_rps: number;
}

const CONNECTIONS = 16;
const TRIGGERS_A_BATCH = 100;
/** Batches under way at once, as a sender of many stores would have them. */
const BATCHES_AT_ONCE = 4;

export async function measureBatch(serving: StockwardenServing, items: number, decisions: number): Promise<BatchFigures> {
  await serving.prepare(0, items);
  const trigger = (n: number) => steadyTrigger(n % items, n);
  await applyLoad({ serving, connections: CONNECTIONS, until: { requests: items * 2 }, trigger });
  const single = await applyLoad({ serving, connections: CONNECTIONS, until: { requests: decisions }, trigger });
  let next = 0;
  const started = performance.now();
  const sender = async (): Promise<void> => {
    while (next < decisions) {
      const first = next;
      next += TRIGGERS_A_BATCH;
      await postBatch(serving, Array.from({ length: TRIGGERS_A_BATCH }, (_, n) => trigger(first + n)));
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, sender));
  const seconds = (performance.now() - started) / 1_000;
  return { single_rps: single.rps, batched_rps: next / seconds };
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
