/**
 * `npm run cost`: what a million decisions cost at list price, from what a run of the real
 * Worker uses. Three paths: the statistical plan alone; a model asked; a person asked and answering.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandFlags, countFlag } from "../../scripts/lib/command/command-flags.ts";
import { fromInvocationFolder } from "../../scripts/lib/command/invocation.ts";
import { formatTable } from "../../scripts/lib/command/table.ts";
import { startScriptedLlm } from "../../test/support/peers/scripted-llm.ts";
import { thisMachine } from "../report/machine.ts";
import { cpuSeconds } from "../serving/processes.ts";
import type { Acknowledged } from "../serving/serving.ts";
import { stockwarden, type StockwardenServing } from "../stockwarden/system.ts";
import { steadyTrigger } from "../workload/workload.ts";
import { measureRecordBytes } from "../measures/record-bytes.ts";
import { atRest, billFor, type AtRest, type Bill } from "./bill.ts";
import type { Usage } from "./meter.ts";
import { PRICES_DATE } from "./prices.ts";

const USAGE = `npm run cost [-- --json FILE] [--items 50]
Counts rows, requests and CPU of a decision on each path and multiplies them by the price list.
  --json FILE   writes the bill as JSON, too
  --items N     items that decide on each path`;

const flags = commandFlags(USAGE, { json: { type: "string" }, items: { type: "string", default: "50" } });
const ITEMS = countFlag("--items", flags.items);
/** Batches of projections gather for a twentieth of a second; after this wait all are delivered. */
const DELIVERED_MS = 1_500;
/** Decisions of each of some items whose bytes are counted. */
const STORED_DECISIONS = 100;
const REVIEWER = "cost@example.com";

interface Path {
  readonly name: "statistical" | "statistical_lone" | "llm" | "reviewed";
  readonly title: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Decisions of an item between two rings of its backstop alarm, which rings every 30 s at most. */
  readonly decisionsPerRing: number;
  /** Sent after each answer: what a person does about it. */
  readonly answer: ((serving: StockwardenServing, workflow: Acknowledged) => Promise<void>) | null;
}

interface WireWorkflow extends Acknowledged {
  readonly status: string;
  readonly decision: { readonly cost_usd: number | null } | null;
}

const work = mkdtempSync(join(tmpdir(), "stockwarden-cost-"));
const llm = await startScriptedLlm();
const paths: readonly Path[] = [
  { name: "statistical", title: "statistical plan", settings: {}, decisionsPerRing: 5, answer: null },
  { name: "statistical_lone", title: "the same, lone decisions", settings: {}, decisionsPerRing: 1, answer: null },
  {
    name: "llm",
    title: "a model asked",
    settings: { OPENAI_API_KEY: "sk-cost", OPENAI_BASE_URL: llm.baseUrl("right"), LLM_DAILY_BUDGET_USD: "100" },
    decisionsPerRing: 1,
    answer: null,
  },
  {
    name: "reviewed",
    title: "a person asked",
    settings: { CONFIDENCE_THRESHOLD: "1" },
    decisionsPerRing: 1,
    answer: approve,
  },
];
try {
  const system = stockwarden("metered", join(work, "builds"));
  const bills = new Map<Path, Bill>();
  for (const path of paths) {
    process.stderr.write(`${path.title}: ${ITEMS * path.decisionsPerRing} decisions …\n`);
    const serving = await system.start(join(work, path.name), { settings: path.settings });
    try {
      bills.set(path, await billOf(path, serving));
    } finally {
      await serving.kill();
    }
  }
  process.stderr.write("bytes at rest …\n");
  const whole = stockwarden("whole", join(work, "builds"));
  const kept = atRest(await measureRecordBytes(whole, join(work, "kept"), STORED_DECISIONS));
  print(bills, kept);
  if (flags.json !== undefined) {
    const report = {
      ...Object.fromEntries([...bills].map(([path, bill]) => [path.name, bill])),
      at_rest: kept,
      prices_of: PRICES_DATE,
      machine: thisMachine(new Date()),
    };
    writeFileSync(fromInvocationFolder(flags.json), `${JSON.stringify(report, null, 2)}\n`);
  }
} finally {
  await llm.close();
  rmSync(work, { recursive: true, force: true });
}
process.exit(0);

/**
 * Items decide in turn, `decisionsPerRing` times each; then their backstop alarms ring. One a ring is the most
 * expensive case: a decision that is its item's only one for minutes. An item's first decision, which also makes its
 * tables, is not counted.
 */
async function billOf(path: Path, serving: StockwardenServing): Promise<Bill> {
  await serving.prepare(0, ITEMS);
  await decideAll(path, serving, 1);
  await usageSince(serving);
  const cpuBefore = cpuSeconds(serving.pids);
  const modelUsd = await decideAll(path, serving, path.decisionsPerRing);
  const used = await usageSince(serving);
  const cpuMilliseconds = (cpuSeconds(serving.pids) - cpuBefore) * 1_000;
  return billFor({ ...used, cpuMilliseconds, modelUsd }, ITEMS * path.decisionsPerRing);
}

/** Returns what was spent at the model. */
async function decideAll(path: Path, serving: StockwardenServing, times: number): Promise<number> {
  let modelUsd = 0;
  const last = new Map<number, string>();
  for (let n = 0; n < ITEMS * times; n++) {
    const workflow = await decide(path, serving, n % ITEMS, n);
    last.set(n % ITEMS, workflow.workflow_id);
    modelUsd += workflow.decision?.cost_usd ?? 0;
  }
  await sleep(DELIVERED_MS);
  for (const workflowId of last.values())
    await (await fetch(`${serving.url}/ring/${workflowId}`, { method: "POST" })).text();
  return modelUsd;
}

async function decide(path: Path, serving: StockwardenServing, item: number, count: number): Promise<WireWorkflow> {
  // Short of stock only where a person is asked: an order is a second row, and holds are what most triggers end in.
  const trigger = { ...steadyTrigger(item, count), ...(path.answer === null ? {} : { current_stock: 3 }) };
  const response = await fetch(`${serving.url}${serving.path(trigger)}`, {
    method: "POST",
    headers: { ...serving.headers, prefer: "wait=30" },
    body: JSON.stringify(trigger),
  });
  const workflow = (await response.json()) as WireWorkflow;
  if (!response.ok) throw new Error(JSON.stringify(workflow));
  if (workflow.status === "awaiting_human_review") await path.answer?.(serving, workflow);
  return workflow;
}

async function approve(serving: StockwardenServing, workflow: Acknowledged): Promise<void> {
  const response = await fetch(`${serving.url}/approve/${workflow.workflow_id}`, {
    method: "POST",
    headers: serving.headers,
    body: JSON.stringify({ decision: "approve", reviewer: REVIEWER }),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.text();
}

/** Reads the meter once everything is delivered, and sets it back. */
async function usageSince(serving: StockwardenServing): Promise<Usage> {
  await sleep(DELIVERED_MS);
  return (await (await fetch(`${serving.url}/meter`)).json()) as Usage;
}

function print(bills: ReadonlyMap<Path, Bill>, kept: AtRest): void {
  const columns = [
    { title: "US dollars per million decisions" },
    ...[...bills.keys()].map(({ title }) => ({ title, align: "right" as const })),
  ];
  const names = Object.keys([...bills.values()][0]!.terms);
  const cell = (bill: Bill, name: string): string => {
    const { per_decision, usd_per_million } = bill.terms[name]!;
    return `${per_decision.toFixed(2)} -> ${usd_per_million.toFixed(2)}`;
  };
  console.log(`${ITEMS} items a path, prices of ${PRICES_DATE}; used a decision -> dollars\n`);
  console.log(
    formatTable(columns, [
      ...names.map((name) => [name, ...[...bills.values()].map((bill) => cell(bill, name))]),
      ["together", ...[...bills.values()].map((bill) => bill.usd_per_million.toFixed(2))],
      ["largest", ...[...bills.values()].map((bill) => bill.largest_term)],
    ]),
  );
  console.log(
    `\nA plain hold at rest: ${kept.bytes_per_decision_d1.toFixed(0)} bytes in D1, ` +
      `${kept.bytes_per_decision_item.toFixed(0)} in its item. ` +
      `A million of them: ${kept.d1_usd_a_year.toFixed(2)} dollars for a year in D1, ` +
      `${kept.item_usd_a_day.toFixed(4)} for their day in the items.`,
  );
}
