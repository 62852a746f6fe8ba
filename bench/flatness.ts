/** What must not grow: cost a decision with the number of items, and the review queue's first page with its length. */
import { applyLoad } from "./load.ts";
import { cpuSeconds } from "./processes.ts";
import type { StockwardenServing } from "./stockwarden/system.ts";
import { steadyTrigger } from "./workload.ts";

export type Flatness = readonly { readonly what: string; readonly ratio: number; readonly from: number; readonly to: number }[];

export interface FlatnessScale {
  readonly items: readonly [few: number, many: number];
  readonly pending: readonly [few: number, many: number];
  readonly requests: number;
}

const CONNECTIONS = 16;
/** Pages read for one figure, and rows made by one statement. */
const PAGES = 200;
const ROWS_PER_STATEMENT = 10_000;

export async function measureFlatness(serving: StockwardenServing, scale: FlatnessScale): Promise<Flatness> {
  const [fewItems, manyItems] = scale.items;
  await serving.prepare(0, manyItems);
  const few = await cpuPerThousand(serving, fewItems, scale.requests);
  const many = await cpuPerThousand(serving, manyItems, scale.requests);
  const [fewPending, manyPending] = scale.pending;
  await addPending(serving, 0, fewPending);
  const short = await queuePageMs(serving);
  await addPending(serving, fewPending, manyPending);
  const long = await queuePageMs(serving);
  return [
    { what: `CPU a decision over ${manyItems} items against ${fewItems}`, ratio: many / few, from: few, to: many },
    { what: `queue page with ${manyPending} pending against ${fewPending}`, ratio: long / short, from: short, to: long },
  ];
}

async function cpuPerThousand(serving: StockwardenServing, items: number, requests: number): Promise<number> {
  const trigger = (n: number) => steadyTrigger(n % items, n);
  await applyLoad({ serving, connections: CONNECTIONS, until: { requests: items * 2 }, trigger });
  const before = cpuSeconds(serving.pids);
  await applyLoad({ serving, connections: CONNECTIONS, until: { requests }, trigger });
  return ((cpuSeconds(serving.pids) - before) / requests) * 1_000;
}

/** Pending reviews as projections would have left them, made from a real row. */
async function addPending({ server }: StockwardenServing, from: number, to: number): Promise<void> {
  const deadline = Date.now() + 86_400_000;
  for (let first = from; first < to; first += ROWS_PER_STATEMENT) {
    const last = Math.min(to, first + ROWS_PER_STATEMENT) - 1;
    await server.tell({
      type: "sql",
      query: `WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i < ${last}),
                sample AS (SELECT * FROM workflows WHERE status = 'completed' LIMIT 1)
              INSERT INTO workflows (workflow_id, version, store_id, product_id, status, review_status, expires_at, decided_at, created_at, record)
              SELECT 'pending-' || i, 1, store_id, product_id, 'awaiting_human_review', 'pending', ${deadline} + i, NULL, created_at,
                json_set(record, '$.id', 'pending-' || i, '$.status', 'awaiting_human_review')
              FROM sample, n`,
    });
  }
}

async function queuePageMs(serving: StockwardenServing): Promise<number> {
  const page = async (): Promise<void> => {
    const response = await fetch(`${serving.url}/reviews?status=pending&limit=50`, { headers: serving.headers });
    const { reviews } = (await response.json()) as { reviews: unknown[] };
    if (reviews.length !== 50) throw new Error(`a page of ${reviews.length}`);
  };
  for (let i = 0; i < PAGES / 4; i++) await page();
  const times: number[] = [];
  for (let i = 0; i < PAGES; i++) {
    const started = performance.now();
    await page();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[PAGES / 2]!;
}
