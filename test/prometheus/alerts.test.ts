/**
 * Alerts as a real Prometheus raises them, from what really fails at real servers. A minute of the rules passes in
 * three seconds; the queue's age and the database's size are lowered as well, since nothing makes them grow faster.
 * Not here: StockwardenLlmFailing, since the circuit stays open for longer than its hurried window;
 * StockwardenPurchaseOrdersOverdue, which waits for a cut-off and two minutes more; and StockwardenPurchaseOrderMissed,
 * which has a test of its own.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { DAY_MS } from "../../src/shared/durations.ts";
import { ask, trigger, until } from "../support/black-box.ts";
import { changeDatabase, changeItem } from "../support/builders/stored-state.ts";
import { smtpSink, type MailSink } from "../support/peers/mail-sink.ts";
import { isPrometheusInstalled, startPrometheus, type Prometheus } from "../support/peers/prometheus.ts";
import { startScriptedLlm, type ScriptedLlm } from "../support/peers/scripted-llm.ts";
import { SECRET, SHOP } from "../support/peers/shopify.ts";
import { loseAlarms } from "../support/server-state.ts";

/** Of a rule's minute. */
const SECONDS = 3;
const UNITS = { m: SECONDS, h: 60 * SECONDS, d: 24 * 60 * SECONDS } as const;
/** The longest rule is one of an hour, which is three minutes here. */
const RAISED_WITHIN_MS = 280_000;
const TEST_TIMEOUT_MS = 420_000;
const MAILS = 60;
const A_MOMENT = { LLM_TIMEOUT_MS: "3000", LLM_DEADLINE_MS: "3000" };
/** Five requests of full length cost what a day may. */
const BUDGET = {
  LLM_DAILY_BUDGET_USD: "0.05",
  OPENAI_PRICES: '{"gpt-4o-mini":{"input":0,"output":5}}',
  LLM_TIMEOUT_MS: "240000",
  LLM_DEADLINE_MS: "240000",
};

/** The peers of this one fail. */
const PEERS = "peers";
/** The database of this one takes no workflow. */
const DATABASE = "database";

const ALERTS: readonly (readonly [alert: string, where: typeof PEERS | typeof DATABASE])[] = [
  ["StockwardenReviewsOverdue", PEERS],
  ["StockwardenDeliveriesFailing", PEERS],
  ["StockwardenEffectsParked", PEERS],
  ["StockwardenSignInMailFailing", PEERS],
  ["StockwardenShopUnheard", PEERS],
  ["StockwardenKeysRefused", PEERS],
  ["StockwardenRateLimited", PEERS],
  ["StockwardenUnexpectedErrors", PEERS],
  ["StockwardenReviewBacklogAgeing", PEERS],
  ["StockwardenLlmCircuitOpen", PEERS],
  ["StockwardenDatabaseNearlyFull", PEERS],
  ["StockwardenNoDecisions", DATABASE],
  ["StockwardenErrorRatioHigh", DATABASE],
  ["StockwardenSweepMissing", DATABASE],
  ["StockwardenBackgroundWorkFailing", DATABASE],
  ["StockwardenRecordRefused", DATABASE],
  ["StockwardenLlmBudgetNearCap", DATABASE],
];

interface Watched {
  readonly server: LocalServer;
  readonly prometheus: Prometheus;
}

let folder: string;
let llm: ScriptedLlm;
let mail: MailSink;
const watched = new Map<string, Watched>();
const going = new AbortController();
const loops: Promise<void>[] = [];

beforeAll(async () => {
  if (!isPrometheusInstalled()) return;
  folder = await mkdtemp(join(tmpdir(), "stockwarden-alerts-"));
  llm = await startScriptedLlm();
  mail = await smtpSink();
  for (let at = 0; at < MAILS; at++) mail.refuseNext(550);
  await Promise.all([failingPeers(), failingDatabase()]);
});
afterAll(async () => {
  going.abort();
  await Promise.all(loops);
  for (const { server, prometheus } of watched.values()) await Promise.all([prometheus.stop(), server.stop()]);
  await llm?.close();
  await mail?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

it.runIf(isPrometheusInstalled())(
  "each alert is raised by what it is about, and StockwardenDown last",
  async () => {
    const missing = new Set(ALERTS.map(([alert]) => alert));
    await until(async () => {
      for (const [alert, where] of ALERTS) if ((await firing(alert, where)) > 0) missing.delete(alert);
      return missing.size === 0;
    }, RAISED_WITHIN_MS).catch(() => undefined);
    expect([...missing]).toEqual([]);

    going.abort();
    await Promise.all(loops);
    expect(await firing("StockwardenDown", DATABASE)).toBe(0);
    await watched.get(DATABASE)!.server.kill();
    await until(async () => (await firing("StockwardenDown", DATABASE)) > 0);
  },
  TEST_TIMEOUT_MS,
);

function firing(alert: string, where: string): Promise<number> {
  return watched.get(where)!.prometheus.value(`count(ALERTS{alertname="${alert}",alertstate="firing"})`);
}

function hurried(rules: string): string {
  return rules
    .replaceAll(/(\[|for: )(\d+)([mhd])/g, (_, before, count, unit: keyof typeof UNITS) => {
      return `${before}${Number(count) * UNITS[unit]}s`;
    })
    .replace("> 10800", "> 20")
    .replace("> 8e9", "> 1e5");
}

async function watch(where: string, server: LocalServer): Promise<void> {
  watched.set(where, {
    server,
    prometheus: await startPrometheus(join(folder, `prometheus-${where}`), server, hurried),
  });
}

/** Again and again until the end, whatever is answered. */
function keepOn(everyMs: number, work: () => Promise<unknown>): void {
  const loop = async (): Promise<void> => {
    while (!going.signal.aborted) {
      await work().catch(() => undefined);
      await sleep(everyMs, undefined, { signal: going.signal }).catch(() => undefined);
    }
  };
  loops.push(loop());
}

async function failingPeers(): Promise<void> {
  const persistTo = join(folder, PEERS);
  const mails = { REVIEW_EMAIL_TO: "ana@shop.example", REVIEW_EMAIL_FROM: "stock@shop.example", MAIL_URL: mail.url };
  const adviser = { OPENAI_BASE_URL: llm.baseUrl("500"), OPENAI_MODEL: "scripted", ...A_MOMENT };
  let server = await startLocalServer({ persistTo, env: mails });
  await ask(server, "PUT", "/people/ana", { name: "Ana", email: "ana@shop.example" });
  await ask(server, "PUT", "/webhooks/erp", {
    url: "http://localhost:9/hook",
    events: ["review.opened", "decision.completed"],
    secret: `whsec_${Buffer.from("a-webhook-secret-of-32-bytes-len").toString("base64")}`,
  });
  await ask(server, "PUT", "/stores/main/connections/shopify", {
    domain: SHOP,
    location_id: "1",
    secrets: [SECRET],
  });
  const till = (await ask(server, "POST", "/keys", { name: "till", scopes: ["read"] })).body.key as string;
  const broken = (await trigger(server, "BROKEN")).body.workflow_id as string;
  const late = (await trigger(server, "LATE", { current_stock: 0 })).body.workflow_id as string;
  await until(async () => (await ask(server, "GET", "/reviews")).body.reviews.length > 0);
  await server.stop();
  changeItem(persistTo, broken, `UPDATE workflow SET record = '{"schema":99}'`);
  loseAlarms(persistTo, [late.split("-")[0]!]);
  changeDatabase(persistTo, `UPDATE workflows SET expires_at = 1 WHERE workflow_id = '${late}'`);
  server = await startLocalServer({ persistTo, env: { ...mails, ...adviser } });
  await watch(PEERS, server);
  keepOn(5_000, async () => {
    await trigger(server, "BROKEN");
    await ask(server, "GET", "/reviews", undefined, { Authorization: "Bearer wrong" });
    await ask(server, "POST", "/sign-in", { email: "ana@shop.example" });
    const forged = { "X-Shopify-Hmac-Sha256": "AAAA", "X-Shopify-Shop-Domain": SHOP };
    for (let at = 0; at < 5; at++) await ask(server, "POST", "/connect/shopify/main", {}, forged);
  });
  const overLimit = { Authorization: `Bearer ${till}` };
  keepOn(2_000, () => Promise.all(Array.from({ length: 12 }, () => ask(server, "GET", "/keys", undefined, overLimit))));
  let asked = 0;
  keepOn(4_000, () => trigger(server, `ASKED-${asked++}`, { current_stock: 0 }));
  const short = ["a", "b", "c", "d", "e", "f"];
  for (const product of short) await teach(server, product);
  keepOn(2_000, () => Promise.all(short.map((product) => shortOf(server, product))));
}

async function failingDatabase(): Promise<void> {
  const persistTo = join(folder, DATABASE);
  const server = await startLocalServer({
    persistTo,
    env: { OPENAI_BASE_URL: llm.baseUrl("held"), OPENAI_MODEL: "gpt-4o-mini", ...BUDGET },
  });
  const short = ["a", "b", "c", "d", "e", "f"];
  for (const product of short) await teach(server, product);
  await ask(server, "PUT", "/products/REFUSED", { unit_cost: 2 });
  changeDatabase(
    persistTo,
    `CREATE TRIGGER refused BEFORE INSERT ON workflows BEGIN SELECT RAISE(ABORT, 'the disk refuses'); END;
     ALTER TABLE sessions RENAME TO sessions_away`,
  );
  await watch(DATABASE, server);
  keepOn(1_000, async () => {
    await trigger(server, "REFUSED");
    await ask(server, "GET", "/sessions");
  });
  void Promise.allSettled(short.map((product) => shortOf(server, product)));
}

async function teach(server: LocalServer, product: string): Promise<void> {
  const day = (ago: number): string => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
  const sales = Array.from({ length: 60 }, (_, at) => `${day(60 - at)},${3 + (at % 5)}`);
  await ask(server, "PUT", `/history/${product}`, `date,units\n${sales.join("\n")}\n`, { "Content-Type": "text/csv" });
}

function shortOf(server: LocalServer, product: string) {
  return trigger(server, product, { current_stock: 1, notes: "a festival next week" });
}
