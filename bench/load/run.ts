/**
 * `npm run load`: open-loop arrivals, which do not wait for each other as a store chain does not either: a burst at
 * opening, a hot item, duplicates, reviews, a model that is slow for some items. At the end every accepted trigger must
 * be decided, exactly once. Exits with 1 when one is not.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandFlags, countFlag, numberFlag } from "../../scripts/lib/command/command-flags.ts";
import { startScriptedLlm } from "../../test/support/peers/scripted-llm.ts";
import { Progress } from "../report/progress.ts";
import { twinsOfItems } from "../stockwarden/load-demand.ts";
import { stockwarden, type StockwardenServing } from "../stockwarden/system.ts";
import { STORE, itemName } from "../workload/workload.ts";
import { balance, type Sent } from "./ledger.ts";
import { morning, type Arrival } from "./mix.ts";

const USAGE = `npm run load [-- --rate 50] [--minutes 1] [--seed 1] [--without-model]
Plays a morning with bursts and duplicates against a local server and balances the books.
  --rate N          triggers a second, the mean over the whole run
  --minutes M       how long they arrive
  --seed N          another morning
  --without-model   no language model is asked`;

const flags = commandFlags(USAGE, {
  rate: { type: "string", default: "50" },
  minutes: { type: "string", default: "1" },
  seed: { type: "string", default: "1" },
  "without-model": { type: "boolean" },
});
const rate = numberFlag("--rate", flags.rate, 0.01);
const minutes = numberFlag("--minutes", flags.minutes, 0.01);
const seed = countFlag("--seed", flags.seed);
const ITEMS = 1_000;
/** Above this order value a person is asked; only goods that the mix makes expensive reach it. */
const VALUE_ABOVE = 1_000_000;
const DEAR = 1e7;
/** How the model's stand-in answers: correctly, or correctly after two seconds. */
const QUICK = "right";
const SLOW = "slow-2000";
/** Every wait of the service itself is shorter: the model's deadline, a retry, the backstop alarm. */
const PATIENCE_MS = 400_000;
const POLL_MS = 250;

const work = mkdtempSync(join(tmpdir(), "stockwarden-load-"));
const llm = await startScriptedLlm();
const progress = new Progress();
const settings: Record<string, string> = { REVIEW_VALUE_ABOVE: String(VALUE_ABOVE) };
if (flags["without-model"] !== true)
  Object.assign(settings, { OPENAI_API_KEY: "sk-load", OPENAI_BASE_URL: llm.baseUrl("by-item") });
let isSound = false;
try {
  progress.say("building the Worker");
  const serving = await stockwarden("whole", join(work, "builds")).start(join(work, "state"), { settings });
  try {
    isSound = await run(serving);
  } finally {
    await serving.kill();
  }
} finally {
  await llm.close();
  rmSync(work, { recursive: true, force: true });
}
process.exit(isSound ? 0 : 1);

async function run(serving: StockwardenServing): Promise<boolean> {
  const arrivals = morning(rate, minutes, ITEMS, seed);
  progress.say(`${arrivals.length} triggers in ${minutes} min`);
  await loadDemand(serving);
  const started = performance.now();
  const sent = await Promise.all(arrivals.map((arrival) => send(serving, arrival, started)));
  const books = balance(sent);
  progress.say("waiting until everything is decided and delivered");
  const undecided = await undecidedAfter(serving, books.workflows);
  const delivered = await deliveredCount(serving, books.workflows.size);
  progress.end();
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  const { p50, p90, p99, max } = books.latencyMs;
  console.log(
    `rate ${rate}/s for ${minutes} min, ${ITEMS} items, seed ${seed}, model ` +
      `${flags["without-model"] === true ? "off" : "on"}`,
  );
  console.log(
    `accepted ${books.accepted} of ${sent.length}, refused ${books.refused} (without Retry-After ` +
      `${books.refusedWithoutRetryAfter}), duplicates of one in progress ${books.stillInProgress}, not connected ` +
      `${books.unreached}, failed ${books.failed}`,
  );
  console.log(`latency from the intended send: p50 ${ms(p50)}, p90 ${ms(p90)}, p99 ${ms(p99)}, max ${ms(max)}`);
  console.log(
    `workflows ${books.workflows.size}: undecided ${undecided.length}, decided twice ${books.decidedTwice}, in ` +
      `the decision log ${delivered}`,
  );
  for (const line of undecided.slice(0, 5)) console.log(`  undecided: ${line}`);
  return (
    undecided.length === 0 &&
    books.decidedTwice === 0 &&
    books.refusedWithoutRetryAfter === 0 &&
    books.failed === 0 &&
    delivered === books.workflows.size
  );
}

/** Every item has sales; its name selects how the model's stand-in behaves. */
async function loadDemand(serving: StockwardenServing): Promise<void> {
  await serving.prepare(0, ITEMS);
  for (const query of [QUICK, SLOW].flatMap(twinsOfItems)) await serving.server.tell({ type: "sql", query });
}

async function send(serving: StockwardenServing, arrival: Arrival, started: number): Promise<Sent> {
  const meantAt = started + arrival.atMs;
  await sleep(Math.max(0, meantAt - performance.now()));
  try {
    const response = await fetch(`${serving.url}/inventory-trigger`, {
      method: "POST",
      headers: { ...serving.headers, "idempotency-key": arrival.key, prefer: "wait=30" },
      body: JSON.stringify(bodyOf(arrival)),
    });
    const workflow = (await response.json()) as { workflow_id?: string; status: string; revision: number };
    const latencyMs = performance.now() - meantAt;
    if (workflow.status === "awaiting_human_review" && workflow.workflow_id !== undefined)
      await approve(serving, workflow.workflow_id, workflow.revision);
    return {
      key: arrival.key,
      status: response.status,
      workflowId: response.ok ? (workflow.workflow_id ?? null) : null,
      retryAfter: response.headers.get("retry-after"),
      latencyMs,
    };
  } catch {
    // The connection failed: nothing was promised, and the sender would try again under the same key.
    return { key: arrival.key, status: 0, workflowId: null, retryAfter: null, latencyMs: performance.now() - meantAt };
  }
}

function bodyOf(arrival: Arrival) {
  return {
    product_id: `${arrival.slowModel ? SLOW : QUICK}~${itemName(arrival.item)}`,
    store_id: STORE,
    current_stock: arrival.stock,
    safety_stock_level: 500,
    on_order: 0,
    lead_time_days: 7,
    unit_cost: arrival.asksPerson ? DEAR : 1,
  };
}

async function approve(serving: StockwardenServing, workflowId: string, revision: number): Promise<void> {
  const response = await fetch(`${serving.url}/approve/${workflowId}`, {
    method: "POST",
    headers: serving.headers,
    body: JSON.stringify({ decision: "approve", reviewer: "load@example.com", revision }),
  });
  // 409: a newer trigger took the question's place, which is an end as well; whatever is still open is found below.
  await response.text();
}

/** Reads every workflow until none is open; what still is when patience ends is returned. */
async function undecidedAfter(serving: StockwardenServing, workflows: ReadonlySet<string>): Promise<string[]> {
  const deadline = performance.now() + PATIENCE_MS;
  let open = [...workflows];
  const state = new Map<string, string>();
  while (open.length > 0 && performance.now() < deadline) {
    const still: string[] = [];
    for (const id of open) {
      const response = await fetch(`${serving.url}/workflows/${id}`, { headers: serving.headers });
      const workflow = (await response.json()) as { status: string; revision: number };
      state.set(id, `${id} ${response.status} ${workflow.status}`);
      if (["completed", "rejected", "expired", "superseded"].includes(workflow.status)) continue;
      if (workflow.status === "awaiting_human_review") await approve(serving, id, workflow.revision);
      still.push(id);
    }
    open = still;
    if (open.length > 0) await sleep(POLL_MS);
  }
  return open.map((id) => state.get(id) ?? id);
}

/** Rows of the decision log that are in a final state; waits for delivery. */
async function deliveredCount({ server }: StockwardenServing, expected: number): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await server.tell({
      type: "sql",
      query: "SELECT count(*) AS n FROM workflows WHERE status NOT IN ('running', 'awaiting_human_review')",
    });
    const found = Number(rows[0]!["n"]);
    if (found >= expected || performance.now() > deadline) return found;
    await sleep(POLL_MS);
  }
}
