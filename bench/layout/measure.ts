/**
 * `npm run measure:writes`: what one write costs an object, in rows (the cursor's `rowsWritten`) and in fsyncs of the
 * object's own files; then what real decisions of Stockwarden cost. The item's table layout rests on these figures.
 * Needs strace.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandFlags } from "../../scripts/lib/command/command-flags.ts";
import { formatTable } from "../../scripts/lib/command/table.ts";
import { buildWorker } from "../serving/build-worker.ts";
import { countFsyncs, straceIsThere } from "../measures/fsyncs.ts";
import { OBJECT_FILES, stockwarden, type StockwardenServing } from "../stockwarden/system.ts";
import { ROOT, serveWorker } from "../serving/worker-server.ts";
import { steadyTrigger, type TriggerRequest } from "../workload/workload.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const REQUESTS = 200;
const RESTOCKS = 50;
/** Whatever follows an answer is done by then. */
const SETTLED_MS = 5_000;
const VARIANTS = [
  "integer-key",
  "text-key",
  "text-key-without-rowid",
  "indexed",
  "two-rows-one-transaction",
  "two-rows-awaited-apart",
  "row-and-new-alarm",
  "row-and-same-alarm",
];

const USAGE = `npm run measure:writes
Counts the rows and fsyncs that each kind of write, and each kind of decision, costs an object. It needs strace.`;

commandFlags(USAGE, {});
if (!straceIsThere()) {
  console.error("strace is missing: apt-get install strace");
  process.exit(1);
}
const work = mkdtempSync(join(tmpdir(), "stockwarden-writes-"));
try {
  const rows = [...(await probeLayouts()), ...(await probeDecisions())];
  const right = (title: string) => ({ title, align: "right" as const });
  console.log(formatTable([{ title: `a request, mean of ${REQUESTS}` }, right("rows"), right("fsyncs")], rows));
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exit(0);

async function probeLayouts(): Promise<string[][]> {
  const config = join(ROOT, "bench/layout/wrangler.toml");
  const bundle = buildWorker(config, join(work, "build"), join(ROOT, "bench/layout/probe.ts"));
  const server = await serveWorker({
    config,
    bundle,
    persistTo: join(work, "layout"),
    settings: {},
    migrations: [],
    inspectorPort: null,
  });
  const ask = async (variant: string): Promise<number> => {
    const response = await fetch(`${server.url}/${variant}?item=${variant}`);
    return ((await response.json()) as { rows_written: number }).rows_written;
  };
  const table: string[][] = [];
  for (const variant of VARIANTS) {
    await ask(variant); // Schema and first-touch costs are paid here.
    let rows = 0;
    const fsyncs = await countFsyncs([server.workerd], OBJECT_FILES, async () => {
      for (let i = 0; i < REQUESTS; i++) rows += await ask(variant);
    });
    table.push([variant, (rows / REQUESTS).toFixed(2), (fsyncs.own / REQUESTS).toFixed(2)]);
  }
  await server.kill();
  return table;
}

/** The rows of a decision are counted by the test of the layout, in the isolate; fsyncs are seen from here only. */
async function probeDecisions(): Promise<string[][]> {
  const serving = await stockwarden("whole", join(work, "build")).start(join(work, "stockwarden"));
  await serving.prepare(0, REQUESTS * 2);
  const steady = await decide(serving, "decision: hold, warm item", (n) => steadyTrigger(0, n), steadyTrigger(0, 0));
  const first = await decide(
    serving,
    "decision: restock, an item's first",
    (n) => ({ ...steadyTrigger(1 + n, n), current_stock: 0 }),
    null,
  );
  const keyed = await decide(
    serving,
    "decision: hold, with an idempotency key",
    (n) => steadyTrigger(0, n),
    steadyTrigger(0, 0),
    true,
  );
  const atOnce = await restock(serving, "decision: restock, its supplier is not sent orders", "none", REQUESTS + 1);
  const gathered = await restock(
    serving,
    "decision: restock, a line of a purchase order",
    "manual",
    REQUESTS + 1 + RESTOCKS,
  );
  await serving.kill();
  return [steady, first, keyed, ...atOnce, ...gathered];
}

/** Fsyncs of items that have their tables already, one restock each, and of what keeps purchase orders. */
async function restock(
  serving: StockwardenServing,
  name: string,
  send: "none" | "manual",
  firstItem: number,
): Promise<string[][]> {
  const ask = async (method: string, path: string, body: object): Promise<string> => {
    const response = await fetch(`${serving.url}${path}`, {
      method,
      headers: serving.headers,
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  const items = Array.from({ length: RESTOCKS }, (_, n) => steadyTrigger(firstItem + n, n));
  const byPhone = { reference: "by-phone", quantity: 1, expected_at: new Date(Date.now() + DAY_MS).toISOString() };
  await ask("PUT", `/suppliers/${send}`, { send, lead_time_days: 2 });
  for (const item of items) {
    const { product_id, store_id } = item;
    await ask("PUT", `/products/${product_id}?store_id=${store_id}`, { supplier_id: send });
    await ask("POST", "/inventory-trigger", item);
    await ask("POST", `/products/${product_id}/orders?store_id=${store_id}`, byPhone);
  }
  await sleep(SETTLED_MS);
  const decided = async (): Promise<void> => {
    for (const item of items) {
      const answer = await ask("POST", "/inventory-trigger", { ...item, current_stock: 0 });
      if (!answer.includes('"recommended_action":"restock"')) throw new Error(`not a restock: ${answer}`);
      if (answer.includes('"order_status":"planned"') !== (send === "manual")) throw new Error(`not so: ${answer}`);
    }
    await sleep(SETTLED_MS);
  };
  const { lines } = await countFsyncs(serving.pids, null, decided);
  const share = (files: RegExp): string => (lines.filter((line) => files.test(line)).length / RESTOCKS).toFixed(2);
  return [
    [name, "", share(/ItemObject/)],
    [`${" ".repeat(10)}at its purchase order`, "", share(/PurchaseOrdersObject/)],
  ];
}

async function decide(
  serving: StockwardenServing,
  name: string,
  trigger: (n: number) => TriggerRequest,
  warmUp: TriggerRequest | null,
  keyed = false,
): Promise<string[]> {
  const post = async (body: TriggerRequest): Promise<void> => {
    const key: Record<string, string> = keyed ? { "idempotency-key": crypto.randomUUID() } : {};
    const response = await fetch(`${serving.url}${serving.path(body)}`, {
      method: "POST",
      headers: { ...serving.headers, ...key },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    await response.text();
  };
  if (warmUp !== null) await post(warmUp);
  const fsyncs = await countFsyncs(serving.pids, serving.ownFiles, async () => {
    for (let n = 0; n < REQUESTS; n++) await post(trigger(n));
  });
  return [name, "", (fsyncs.own / REQUESTS).toFixed(2)];
}
