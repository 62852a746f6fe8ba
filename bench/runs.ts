/**
 * `npm run bench:runs`: how long a run over a store's items takes on the local server, with a SIGKILL in the middle.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { concurrently } from "../src/shared/concurrently.ts";
import { commandFlags, countFlag } from "../scripts/lib/command/command-flags.ts";
import { startLocalServer, type LocalServer } from "../scripts/lib/server/local-server.ts";

const USAGE = `npm run bench:runs [-- --items 10000]
Counts every item of a store, changes all settings, and times one run that decides every item again;
the server is killed once.`;

const BATCH = 500;
/** Share of the items after which the server is killed. */
const KILL_AT = 0.4;
const POLL_MS = 500;
const READ_AT_ONCE = 8;

const items = countFlag("--items", commandFlags(USAGE, { items: { type: "string", default: "10000" } }).items);
const products = Array.from({ length: items }, (_, index) => `SKU-${String(index).padStart(6, "0")}`);
const persistTo = await mkdtemp(join(tmpdir(), "stockwarden-bench-runs-"));
let server: LocalServer = await startLocalServer({ persistTo });
try {
  await catalogue(2);
  for (let from = 0; from < items; from += BATCH) {
    const triggers = products
      .slice(from, from + BATCH)
      .map((product_id) => ({ product_id, current_stock: 50, safety_stock_level: 4 }));
    await ask("POST", "/inventory-triggers", JSON.stringify({ triggers }), "application/json");
  }
  await catalogue(3);
  const began = performance.now();
  const { run_id } = await ask("POST", "/runs", "{}", "application/json");
  let isKilled = false;
  for (;;) {
    await sleep(POLL_MS);
    const run = await ask("GET", `/runs/${run_id}`);
    if (!isKilled && run.items >= items * KILL_AT) {
      isKilled = true;
      await server.kill();
      server = await startLocalServer({ persistTo });
      continue;
    }
    if (run.status !== "done") continue;
    const seconds = (performance.now() - began) / 1_000;
    console.log(
      `${run.items} items in ${seconds.toFixed(0)} s, a kill and a restart included: ${run.decided} decided, ` +
        `${run.unchanged} unchanged, ${run.failed} failed; ${(run.items / seconds).toFixed(0)} items a second`,
    );
    if (run.decided !== items) throw new Error(`${items - run.decided} items were not decided`);
    break;
  }
  const once = await decidedByTheRun();
  if (once !== items) throw new Error(`${items - once} items have other decisions than their count and the run`);
  console.log(`${once} items have one decision of their count and one of the run`);
} finally {
  await server.stop();
  await rm(persistTo, { recursive: true, force: true });
}

/** How many items have exactly two decisions: their count's, and the run's. */
async function decidedByTheRun(): Promise<number> {
  const found = await concurrently(products, READ_AT_ONCE, async (product) => {
    const { decisions } = await ask("GET", `/products/${product}`);
    return decisions.length === 2;
  });
  return found.filter(Boolean).length;
}

async function catalogue(unitCost: number): Promise<void> {
  const rows = products.map((product) => `${product},${unitCost}\n`).join("");
  await ask("PUT", "/catalogue", `product_id,unit_cost\n${rows}`, "text/csv");
}

async function ask(method: string, path: string, body?: string, type?: string): Promise<any> {
  const response = await fetch(server.url + path, {
    method,
    headers: { Authorization: `Bearer ${server.key}`, ...(type === undefined ? {} : { "Content-Type": type }) },
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
