/**
 * A real Prometheus watches a server for a minute in which triggers are decided, asked about and repeated, an adviser
 * fails, every object is evicted and the server is killed. In the end its queries give the counts that the clients
 * know.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../scripts/lib/server/ports.ts";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { FLUSH_AFTER_MS } from "../../src/metrics/tallies.ts";
import { ask, scrape, until } from "../support/black-box.ts";
import { isPrometheusInstalled, startPrometheus, type Prometheus } from "../support/peers/prometheus.ts";
import { startScriptedLlm, type ScriptedLlm } from "../support/peers/scripted-llm.ts";

const PRODUCTS = 24;
/** At least a minute of scraping, as the promise has it. */
const WATCHED_MS = 60_000;
const REFUSED = 7;

/** A trigger under its own idempotency key: repeated until it is acknowledged, as a client would. */
interface Sent {
  readonly key: string;
  readonly body: Record<string, unknown>;
  workflowId: string | null;
}

let folder: string;
let llm: ScriptedLlm;
let server: LocalServer;
let prometheus: Prometheus;
const sent: Sent[] = [];

describe.runIf(isPrometheusInstalled())("what Prometheus knows after a rough minute", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "stockwarden-prometheus-"));
    llm = await startScriptedLlm();
    const start = { port: await freePort(), persistTo: join(folder, "state"), env: adviser(llm) };
    server = await startLocalServer(start);
    prometheus = await startPrometheus(join(folder, "prometheus"), server);
    const startedAt = Date.now();
    await teachDemand();

    await wave(1);
    await answerOpenQuestions();
    await refuseSome();
    // Refusals are written a moment later; a server that is stopped or killed before that loses them, and no decision.
    await until(refusalsAreWritten);

    // Every object is evicted: a stop and a start, as a deploy does.
    await server.stop();
    server = await startLocalServer(start);
    await wave(2);

    // Killed in the middle of a wave; what was not acknowledged is repeated.
    const interrupted = wave(3);
    await until(
      () => sent.filter(({ key, workflowId }) => key.startsWith("3-") && workflowId !== null).length >= PRODUCTS / 2,
    );
    await server.kill();
    await interrupted;
    server = await startLocalServer(start);
    await repeatUnacknowledged();
    await answerOpenQuestions();
    await wave(4);
    await answerOpenQuestions();

    await sleep(Math.max(FLUSH_AFTER_MS + 3_000, startedAt + WATCHED_MS - Date.now()));
  });
  afterAll(async () => {
    await prometheus?.stop();
    await server?.stop();
    await llm?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it("is each decision once, by action and result", async () => {
    const known = await outcomes();
    expect(known.decisions.size).toBeGreaterThan(2);
    await until(async () => (await prometheus.value("sum(inventory_decisions_total)")) === sum(known.decisions));
    expect(nonZero(await prometheus.query("inventory_decisions_total"))).toEqual(known.decisions);
    expect(await prometheus.value("sum(inventory_decision_latency_seconds_count)")).toBe(sum(known.decisions));
    expect(nonZero(await prometheus.query("sum by (product_id) (inventory_decision_latency_seconds_count)"))).toEqual(
      known.products,
    );
  });

  it("is each review's outcome once, by channel", async () => {
    const known = await outcomes();
    await until(
      async () =>
        (await prometheus.value("sum(inventory_review_outcomes_total)")) === sum(known.reviews) &&
        (await prometheus.value("inventory_reviews_pending")) === known.pending,
    );
    expect(nonZero(await prometheus.query("inventory_review_outcomes_total"))).toEqual(known.reviews);
    expect(await prometheus.value("inventory_review_wait_seconds_count")).toBe(sum(known.reviews));
    expect(await prometheus.value("inventory_reviews_pending")).toBe(known.pending);
    expect(await prometheus.value("inventory_reviews_overdue")).toBe(0);
  });

  it("is each request that the model server saw, but for those that a crash cut off", async () => {
    const counted = await prometheus.value("sum(inventory_llm_requests_total)");
    expect(counted).toBeGreaterThan(0);
    expect(counted).toBeLessThanOrEqual(llm.requests.length);
    expect(counted).toBeGreaterThanOrEqual(llm.requests.length - PRODUCTS);
    expect(await prometheus.value('inventory_llm_requests_total{outcome="advice"}')).toBe(2);
    expect(await prometheus.value('inventory_llm_requests_total{outcome="server_error"}')).toBeGreaterThan(0);
    expect(await prometheus.value("max_over_time(inventory_llm_circuit_open[2m])")).toBe(1);
  });

  it("is each refusal, by type", async () => {
    expect(await prometheus.value('inventory_errors_total{error_type="unauthorized"}')).toBe(REFUSED);
    expect(await prometheus.value('inventory_errors_total{error_type="validation_failed"}')).toBe(REFUSED);
  });

  it("never went backwards", async () => {
    for (const name of [
      "inventory_decisions_total",
      "inventory_review_outcomes_total",
      "inventory_llm_requests_total",
      "inventory_errors_total",
    ]) {
      expect(await prometheus.value(`sum(resets(${name}[5m]))`), name).toBe(0);
    }
    expect(await prometheus.value("sum(resets(inventory_decision_latency_seconds_bucket[5m]))")).toBe(0);
  });

  it("was scraped without a fault for a minute while the server ran", async () => {
    expect(await prometheus.value("sum(sum_over_time(up[5m]))"), "scrapes that succeeded").toBeGreaterThan(15);
    expect(await prometheus.value("max_over_time(scrape_duration_seconds[1m])")).toBeLessThan(5);
  });

  it("passes promtool check metrics", async () => {
    const { text } = await ask(server, "GET", "/metrics");
    expect(execFileSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" })).toBe("");
  });
});

/** Asked about the products whose demand is known; its server answers twice, and fails from then on. */
function adviser(of: ScriptedLlm): Record<string, string> {
  return {
    OPENAI_BASE_URL: of.baseUrl("right+right+500"),
    OPENAI_MODEL: "scripted",
    LLM_TIMEOUT_MS: "3000",
    LLM_DEADLINE_MS: "3000",
  };
}

async function teachDemand(): Promise<void> {
  const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const csv = `date,units\n${Array.from({ length: 60 }, (_, at) => `${day(60 - at)},${3 + (at % 5)}`).join("\n")}\n`;
  for (let product = 0; product < PRODUCTS; product += 6) {
    await ask(server, "PUT", `/history/SKU-${product}`, csv, { "Content-Type": "text/csv" });
  }
}

/** One trigger a product: every other one holds, the rest is short of stock and mostly asked about. */
async function wave(number: number): Promise<void> {
  const fresh = Array.from({ length: PRODUCTS }, (_, product): Sent => ({
    key: `${number}-${product}`,
    body: {
      product_id: `SKU-${product}`,
      current_stock: product % 2 === 0 ? 200 + number : number,
      safety_stock_level: 40,
    },
    workflowId: null,
  }));
  sent.push(...fresh);
  for (const trigger of fresh) await send(trigger);
}

async function repeatUnacknowledged(): Promise<void> {
  for (const trigger of sent) if (trigger.workflowId === null) await send(trigger);
}

async function send(trigger: Sent): Promise<void> {
  try {
    const { body } = await ask(server, "POST", "/inventory-trigger", trigger.body, { "Idempotency-Key": trigger.key });
    trigger.workflowId = body?.workflow_id ?? null;
  } catch {
    // The server is down: repeated later under the same key.
  }
}

async function answerOpenQuestions(): Promise<void> {
  const { body } = await ask(server, "GET", "/reviews?status=pending&limit=100");
  const open = body.reviews as { workflow_id: string; revision: number; recommendation: { quantity: number } }[];
  for (const [at, { workflow_id, revision, recommendation }] of open.entries()) {
    const verdicts = [
      { decision: "approve" },
      { decision: "reject" },
      { decision: "modify", quantity: recommendation.quantity + 1 },
      null,
    ];
    const verdict = verdicts[at % verdicts.length];
    if (verdict) await ask(server, "POST", `/approve/${workflow_id}`, { ...verdict, revision });
  }
}

async function refuseSome(): Promise<void> {
  for (let time = 0; time < REFUSED; time++) {
    await ask(server, "GET", "/reviews", undefined, { Authorization: "Bearer wrong" });
    await ask(server, "POST", "/inventory-trigger", { product_id: "SKU-1" });
  }
}

async function refusalsAreWritten(): Promise<boolean> {
  const metrics = await scrape(server);
  return ["unauthorized", "validation_failed"].every(
    (type) => metrics.get(`inventory_errors_total{error_type="${type}"}`) === REFUSED,
  );
}

/** What became of every acknowledged trigger, asked one by one. */
async function outcomes() {
  const decisions = new Map<string, number>();
  const products = new Map<string, number>();
  const reviews = new Map<string, number>();
  let pending = 0;
  for (const id of new Set(sent.map(({ workflowId }) => workflowId))) {
    const { body } = await ask(server, "GET", `/workflows/${id}`);
    const { status, decision, review } = body;
    if (status === "awaiting_human_review") pending++;
    if (review !== null && review.status !== "pending") {
      raise(reviews, `channel=${review.status === "superseded" ? "trigger" : review.channel} outcome=${review.status}`);
    }
    // What a person's No answers already is no decision of its own.
    if (!["completed", "rejected", "expired"].includes(status) || body.stands !== null) continue;
    const result = status === "completed" && review !== null ? review.status : status;
    raise(decisions, `action=${decision.recommended_action} result=${result}`);
    raise(products, `product_id=${body.product_id}`);
  }
  return { decisions, products, reviews, pending };
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}

function nonZero(counts: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...counts].filter(([, count]) => count > 0));
}
