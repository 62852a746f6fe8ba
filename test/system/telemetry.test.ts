/** A full run of the service as an operator sees it: every line it prints, and every place a secret must not reach. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startLocalServer, type LocalServer } from "../../scripts/local-server.ts";
import { COUNTERS } from "../../src/telemetry/metric-names.ts";
import { ask, logLines, scrape, sweep, trigger, until } from "../support/black-box.ts";
import { startSentrySink, type SentrySink } from "../support/sentry-sink.ts";
import { filesHolding } from "../support/stored-state.ts";

const CANARY = "canary7f3a";
const secret = (name: string): string => `${CANARY}-${name}-0123456789abcdef`;
/** Every setting that is a secret; a new one belongs here. */
const SECRETS = {
  API_KEY: secret("api-key"),
  KEY_PEPPER: secret("pepper"),
  LINK_SECRET: `${secret("link-new")},${secret("link-old")}`,
};

/** What every line has, and the types of what it may have. */
const Line = z.looseObject({
  timestamp: z.iso.datetime(),
  level: z.enum(["debug", "info", "warn", "error"]),
  event: z.string().regex(/^[a-z]+(_[a-z]+)*$/),
  request_id: z.uuid().nullable().optional(),
  workflow_id: z.string().regex(/^[0-9a-f]{64}-\d+$/).optional(),
  product_id: z.string().optional(),
  store_id: z.string().optional(),
  node: z.enum(["validate", "forecast", "assess", "reason", "review", "act"]).optional(),
  latency_ms: z.number().min(0).nullable().optional(),
});
const OfWorkflow = Line.extend({ workflow_id: z.string(), product_id: z.string(), store_id: z.string() });
const EVENTS: Readonly<Record<string, z.ZodType>> = {
  http_request: Line.extend({ request_id: z.uuid(), method: z.string(), route: z.string(), status: z.number(), latency_ms: z.number() }),
  inventory_decision: OfWorkflow.extend({
    action: z.enum(["restock", "hold"]),
    quantity: z.number(),
    confidence: z.number().min(0).max(1),
    decided_by: z.enum(["plan", "llm", "fallback", "human", "expiry"]),
    latency_ms: z.number().min(0),
  }),
  review_asked: OfWorkflow.extend({ reason: z.string(), expires_at: z.iso.datetime() }),
  workflow_superseded: OfWorkflow.extend({ superseded_by: z.string() }),
  node_done: OfWorkflow.extend({ node: z.string(), latency_ms: z.number() }),
};

const errors = (type: string): string => `${COUNTERS.errors.name}{error_type="${type}"}`;

let persistTo: string;
let sink: SentrySink;
let server: LocalServer;

beforeAll(async () => {
  persistTo = await mkdtemp(join(tmpdir(), "stockwarden-telemetry-"));
  sink = await startSentrySink();
  server = await startLocalServer({ persistTo, env: { ...SECRETS, SENTRY_DSN: sink.dsn, LOG_LEVEL: "debug" } });
});
afterAll(async () => {
  await server?.stop();
  await sink?.close();
  await rm(persistTo, { recursive: true, force: true });
});

describe("a full run", () => {
  it("tells each workflow's story in lines that all fit the schema", async () => {
    const decided = await trigger(server, "PLENTY", { notes: secret("notes") });
    const asked = await trigger(server, "SHORT", { current_stock: 0 });
    await trigger(server, "SHORT", { current_stock: 0 });
    await ask(server, "POST", `/approve/${asked.body.workflow_id}`, { decision: "approve", comment: secret("comment") });
    await ask(server, "POST", `/approve/${asked.body.workflow_id}`, { decision: "reject" });
    await ask(server, "GET", `/review/v1.${secret("link-token")}`);
    await trigger(server, "PLENTY", { current_stock: "many" });
    await ask(server, "GET", "/reviews", undefined, { Authorization: `Bearer ${secret("wrong-key")}` });
    await ask(server, "GET", `/nowhere/${secret("path")}?token=${secret("query")}`);
    await sweep(server);
    await until(() => logLines(server).some(({ event }) => event === "sweep_done"));

    const lines = logLines(server);
    for (const line of lines) expect(EVENTS[String(line["event"])] ?? Line, JSON.stringify(line)).toSatisfy((schema: z.ZodType) => schema.safeParse(line).success);

    const eventsOf = (id: string) => lines.filter((line) => line["workflow_id"] === id).map(({ event }) => event);
    expect(eventsOf(decided.body.workflow_id).filter((event) => event !== "node_done" && event !== "node_skipped")).toEqual(["inventory_decision", "http_request"]);
    expect(eventsOf(asked.body.workflow_id)).toEqual(expect.arrayContaining(["review_asked", "inventory_decision"]));
    expect(eventsOf(asked.body.workflow_id).filter((event) => event === "inventory_decision")).toHaveLength(1);
    expect(new Set(lines.filter(({ event }) => event === "node_done").map(({ node }) => node))).toEqual(
      new Set(["validate", "forecast", "assess", "review", "act"]),
    );
  });

  it("counts what it refused, a moment later", async () => {
    await until(async () => ((await scrape(server)).get(errors("unauthorized")) ?? 0) > 0);
    const metrics = await scrape(server);
    expect(["unauthorized", "validation_failed", "already_decided"].map((type) => metrics.get(errors(type)))).toEqual([1, 1, 1]);
    expect(metrics.get('inventory_triggers_total{outcome="accepted"}')).toBe(3);
  });
});

describe("secrets", () => {
  it("reach no log line, no metric, no error report and no answer", async () => {
    await ask(server, "GET", "/metrics");
    const seen = { output: server.output(), metrics: (await ask(server, "GET", "/metrics")).text, sentry: sink.wire.join("\n") };
    for (const [place, text] of Object.entries(seen)) expect(text.includes(secret("api-key")), place).toBe(false);
    // Wrangler prints the paths of requests itself; what the service prints holds nothing that a client sent in confidence.
    expect(JSON.stringify(logLines(server))).not.toContain(CANARY);
    expect(seen.metrics).not.toContain(CANARY);
    expect(seen.sentry).not.toContain(CANARY);
  });

  it("reach no stored file but the one that holds the settings", async () => {
    await server.stop();
    const values = Object.values(SECRETS).flatMap((value) => value.split(","));
    expect(filesHolding(persistTo, [...values, secret("wrong-key"), secret("link-token")])).toEqual([]);
    expect(filesHolding(persistTo, [secret("notes")]).length, "the search does find what is stored").toBeGreaterThan(0);
  });
});
