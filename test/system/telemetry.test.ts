/** A full run of the service as an operator sees it: every line it prints, and every place a secret must not reach. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { COUNTERS } from "../../src/metrics/metric-names.ts";
import { ask, logLines, scrape, sweep, trigger, until } from "../support/black-box.ts";
import { httpPeer, type HttpPeer, type PeerAnswer, type PeerRequest } from "../support/peers/http-peer.ts";
import { startSentrySink, type SentrySink } from "../support/peers/sentry-sink.ts";
import { spansIn } from "../support/peers/trace-collector.ts";
import { changeDatabase, filesHolding } from "../support/builders/stored-state.ts";
import { ownFolder } from "../support/own-folder.ts";

const CANARY = "canary7f3a";
const secret = (name: string): string => `${CANARY}-${name}-0123456789abcdef`;
/** Every setting that is a secret; a new one belongs here. */
const SECRETS = {
  API_KEY: secret("api-key"),
  KEY_PEPPER: secret("pepper"),
  LINK_SECRET: `${secret("link-new")},${secret("link-old")}`,
  SLACK_BOT_TOKEN: secret("slack-bot"),
  SLACK_SIGNING_SECRET: secret("slack-signing"),
  WEBHOOK_SECRET: `whsec_${Buffer.from(secret("webhook")).toString("base64")}`,
  OPENAI_API_KEY: secret("openai"),
};
const MAIL_KEY = secret("mail");
const OTEL_KEY = secret("otel");
const VALUES = [...Object.values(SECRETS).flatMap((value) => value.split(",")), MAIL_KEY, OTEL_KEY];

/** What the collector of traces answers. */
let collector: PeerAnswer = {};

/** Slack, mail, webhook and model in one; the model's answer is no JSON, so that its fault is told as well. */
function answerPeer({ path }: PeerRequest): PeerAnswer {
  if (path.startsWith("/otel")) return collector;
  return path.includes("/chat/completions")
    ? { body: `<html>${secret("model-reply")}</html>` }
    : { body: { ok: true, ts: "1.1", channel: "C1", id: "1" } };
}

function settings(peer: HttpPeer): Record<string, string> {
  return {
    ...SECRETS,
    SLACK_CHANNEL: "C1",
    SLACK_API_URL: `${peer.origin}/slack`,
    WEBHOOK_URL: `${peer.origin}/webhook`,
    MAIL_URL: peer.origin.replace("http://", `http://:${MAIL_KEY}@`),
    REVIEW_EMAIL_TO: "ana@example.com",
    REVIEW_EMAIL_FROM: "stock@example.com",
    OPENAI_BASE_URL: `${peer.origin}/v1`,
    OPENAI_MODEL: "garbled",
    OTEL_EXPORTER_OTLP_ENDPOINT: `${peer.origin}/otel/`,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${OTEL_KEY}`,
    LLM_DEADLINE_MS: "2000",
    LOG_LEVEL: "debug",
  };
}

/** What every line has, and the types of what it may have. */
const Line = z.looseObject({
  timestamp: z.iso.datetime(),
  level: z.enum(["debug", "info", "warn", "error"]),
  event: z.string().regex(/^[a-z]+(_[a-z]+)*$/),
  request_id: z.uuid().nullable().optional(),
  workflow_id: z
    .string()
    .regex(/^[0-9a-f]{64}-\d+$/)
    .optional(),
  product_id: z.string().optional(),
  store_id: z.string().optional(),
  node: z.enum(["validate", "forecast", "assess", "reason", "review", "act"]).optional(),
  latency_ms: z.number().min(0).nullable().optional(),
});
const OfWorkflow = Line.extend({ workflow_id: z.string(), product_id: z.string(), store_id: z.string() });
const EVENTS: Readonly<Record<string, z.ZodType>> = {
  http_request: Line.extend({
    request_id: z.uuid(),
    method: z.string(),
    route: z.string(),
    status: z.number(),
    latency_ms: z.number(),
  }),
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

const persistTo = ownFolder("telemetry");
let sink: SentrySink;
let peer: HttpPeer;
let server: LocalServer;
/** Of the links that people were sent: each lets its holder decide. */
let linkTokens: string[] = [];
/** Made by the service and shown once. */
let apiKey = "";

beforeAll(async () => {
  sink = await startSentrySink();
  peer = await httpPeer(answerPeer);
  server = await startLocalServer({ persistTo, env: { ...settings(peer), SENTRY_DSN: sink.dsn } });
});
afterAll(async () => {
  await server?.stop();
  await sink?.close();
  await peer?.close();
});

describe("a full run", () => {
  it("tells each workflow's story in lines that all fit the schema", async () => {
    const decided = await trigger(server, "PLENTY", { notes: secret("notes") });
    apiKey = (await ask(server, "POST", "/keys", { name: "till", scopes: ["trigger", "read"] })).body.key;
    expect((await ask(server, "GET", "/reviews", undefined, { Authorization: `Bearer ${apiKey}` })).status).toBe(200);
    const asked = await trigger(server, "SHORT", { current_stock: 0 });
    await until(() => peer.requests.some(({ path, body }) => path.startsWith("/slack") && /\/review\//.test(body)));
    await until(() => peer.requests.some(({ body }) => body.includes("ana@example.com") && /\/review\//.test(body)));
    linkTokens = peer.requests.flatMap(({ body }) =>
      [...body.matchAll(/\/review\/([\w.~-]+)/g)].map(([, token]) => token!),
    );
    for (const token of linkTokens) await ask(server, "GET", `/review/${token}`);
    const dateOf = (at: number) => `2026-0${1 + Math.floor(at / 28)}-${String(1 + (at % 28)).padStart(2, "0")}`;
    const csv = `date,units\n${Array.from({ length: 40 }, (_, at) => `${dateOf(at)},5`).join("\n")}\n`;
    await ask(server, "PUT", "/history/KNOWN", csv, { "Content-Type": "text/csv" });
    const advised = await trigger(server, "KNOWN", { current_stock: 3, notes: secret("notes") });
    await trigger(server, "SHORT", { current_stock: 0 });
    await ask(server, "POST", `/approve/${asked.body.workflow_id}`, {
      decision: "approve",
      comment: secret("comment"),
    });
    await ask(server, "POST", `/approve/${asked.body.workflow_id}`, { decision: "reject" });
    await ask(server, "GET", `/review/v1.${secret("link-token")}`);
    await trigger(server, "PLENTY", { current_stock: "many" });
    await ask(server, "GET", "/reviews", undefined, { Authorization: `Bearer ${secret("wrong-key")}` });
    await ask(server, "GET", `/nowhere/${secret("path")}?token=${secret("query")}`);
    await sweep(server);
    await until(() => logLines(server).some(({ event }) => event === "sweep_done"));
    await until(() =>
      logLines(server).some(
        ({ event, workflow_id }) => event === "effect_delivered" && workflow_id === asked.body.workflow_id,
      ),
    );

    const lines = logLines(server);
    for (const line of lines)
      expect(EVENTS[String(line["event"])] ?? Line, JSON.stringify(line)).toSatisfy(
        (schema: z.ZodType) => schema.safeParse(line).success,
      );

    const eventsOf = (id: string) => lines.filter((line) => line["workflow_id"] === id).map(({ event }) => event);
    const told = eventsOf(decided.body.workflow_id).filter(
      (event) => event !== "node_done" && event !== "node_skipped",
    );
    expect(told.slice(0, 2)).toEqual(["inventory_decision", "http_request"]);
    expect(eventsOf(asked.body.workflow_id)).toEqual(expect.arrayContaining(["review_asked", "inventory_decision"]));
    expect(eventsOf(asked.body.workflow_id).filter((event) => event === "inventory_decision")).toHaveLength(1);
    expect(eventsOf(advised.body.workflow_id)).toEqual(expect.arrayContaining(["llm_request", "llm_call"]));
    expect(new Set(lines.filter(({ event }) => event === "node_done").map(({ node }) => node))).toEqual(
      new Set(["validate", "forecast", "assess", "reason", "review", "act"]),
    );
  });

  it("counts what it refused, a moment later", async () => {
    await until(async () => ((await scrape(server)).get(errors("unauthorized")) ?? 0) > 0);
    const metrics = await scrape(server);
    expect(["unauthorized", "validation_failed", "already_decided"].map((type) => metrics.get(errors(type)))).toEqual([
      1, 1, 1,
    ]);
    expect(metrics.get('inventory_triggers_total{outcome="accepted"}')).toBe(4);
  });
});

describe("traces", () => {
  const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  const collected = () => peer.requests.filter(({ path }) => path.startsWith("/otel/")).flatMap(spansIn);
  const ofTrace = (trace: string) => collected().filter(({ traceId }) => traceId === trace);
  const calls = (trace: string) =>
    peer.requests.filter(({ headers }) => String(headers["traceparent"]).startsWith(`00-${trace}-`));

  it("go on with the caller's: the request, each node, each outside call, which is told of its own span", async () => {
    const body = { product_id: "TRACED", current_stock: 0, safety_stock_level: 40 };
    const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` };
    const { body: asked } = await ask(server, "POST", "/inventory-trigger", body, headers);
    await ask(server, "POST", `/approve/${asked.workflow_id}`, { decision: "reject" });
    const channels = () => ofTrace(TRACE).flatMap(({ attributes }) => attributes["stockwarden.channel"] ?? []);
    await until(() => ["email", "slack", "webhook"].every((channel) => channels().includes(channel)));
    await until(() => ofTrace(TRACE).some(({ name }) => name === "node act"));

    const spans = ofTrace(TRACE);
    const [request, ...others] = spans.filter(({ kind }) => kind === 2);
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      name: "POST /inventory-trigger",
      parentSpanId: "00f067aa0ba902b7",
      attributes: { "http.route": "/inventory-trigger", "http.response.status_code": "202" },
    });
    const nodes = spans.filter(({ name }) => name.startsWith("node "));
    expect(nodes.map(({ name }) => name)).toEqual(
      ["validate", "forecast", "assess", "reason", "review", "act"].map((node) => `node ${node}`),
    );
    for (const { parentSpanId, attributes } of nodes)
      expect([parentSpanId, attributes["stockwarden.workflow_id"]]).toEqual([request!.spanId, asked.workflow_id]);
    // A call is told of its span before the span is over.
    const told = () => calls(TRACE).map(({ headers: sent }) => String(sent["traceparent"]).split("-")[2]);
    const spanOf = (id: string | undefined) => ofTrace(TRACE).find(({ spanId }) => spanId === id);
    await until(() => told().every((id) => spanOf(id) !== undefined));
    expect(calls(TRACE).map(({ path }) => path.split("/")[1])).toEqual(
      expect.arrayContaining(["slack", "webhook", ""]),
    );
    for (const id of told()) expect(spanOf(id)?.kind, id).toBe(3);
  });

  it("hold the call to a model, and its fault", () => {
    const asking = collected().find(({ name }) => name === "ask the model");
    expect(asking).toMatchObject({ kind: 3, status: { code: 2 }, attributes: { "stockwarden.model": "garbled" } });
    const sent = peer.requests.find(({ path }) => path.includes("/chat/completions"));
    expect(sent?.headers["traceparent"]).toBe(`00-${asking!.traceId}-${asking!.spanId}-01`);
  });

  it("are not kept where the caller does not keep its own, and are passed on all the same", async () => {
    const trace = TRACE.replace("4", "5");
    const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-00` };
    await ask(
      server,
      "POST",
      "/inventory-trigger",
      { product_id: "UNKEPT", current_stock: 0, safety_stock_level: 40 },
      headers,
    );
    await until(() => calls(trace).some(({ path }) => path.startsWith("/slack")));
    expect(ofTrace(trace)).toEqual([]);
    const broken = { traceparent: "00-00000000000000000000000000000000-00f067aa0ba902b7-01" };
    expect((await ask(server, "GET", "/reviews", undefined, broken)).status).toBe(200);
  });

  it("hold no review link, and no word of anybody", () => {
    const opened = collected().filter(({ attributes }) => attributes["http.route"] === "/review/:token");
    expect(opened.length).toBeGreaterThan(linkTokens.length);
    const text = JSON.stringify(collected());
    for (const token of [...linkTokens, apiKey, CANARY, "ana@", peer.origin]) expect(text).not.toContain(token);
  });
});

describe("a collector that fails", () => {
  const exports = () => peer.requests.filter(({ path }) => path.startsWith("/otel"));
  const unsent = () => logLines(server).filter(({ event }) => event === "traces_unsent").length;
  /** The same item each time: plenty is there. */
  async function decides(): Promise<void> {
    const sentBefore = exports().length;
    const { status, body } = await trigger(server, "PLENTY");
    expect([status, body.decision.recommended_action]).toEqual([200, "hold"]);
    await until(() => exports().length > sentBefore);
  }

  it.each([
    ["is full", { status: 429, headers: { "Retry-After": "60" } }],
    ["is broken", { status: 500, body: "<html>no</html>" }],
    ["hangs up", { hangUp: true }],
    ["leads elsewhere", { status: 307, headers: { Location: "/elsewhere" } }],
  ] satisfies [string, PeerAnswer][])("and %s: costs a log line, and no answer", async (_what, answer) => {
    const before = unsent();
    collector = answer;
    await decides();
    await until(() => unsent() > before);
    expect(peer.requests.filter(({ path }) => path === "/elsewhere")).toEqual([]);
    collector = {};
  });

  it("and does not answer: nothing waits for it", async () => {
    const { promise: heldUntil, resolve: letGo } = Promise.withResolvers<void>();
    collector = { heldUntil };
    await decides();
    // The answer is here while the collector still holds the spans of it.
    await decides();
    collector = {};
    letGo();
    await decides();
  });
});

describe("secrets", () => {
  it("reach no log line, no metric, no error report, and no mail, message, webhook or prompt", async () => {
    const { text: metrics } = await ask(server, "GET", "/metrics");
    const log = JSON.stringify(logLines(server));
    // Nor does the log hold what was said in confidence: notes, comments, prompts, replies, paths, links.
    for (const [place, text] of Object.entries({ log, metrics, sentry: sink.wire.join("\n") }))
      expect(text.includes(CANARY), place).toBe(false);
    expect(linkTokens.length).toBeGreaterThan(1);
    for (const token of [...linkTokens, apiKey]) expect(log).not.toContain(token);

    const sent = peer.requests
      .map(({ body, headers }) => JSON.stringify([{ ...headers, authorization: null }, body]))
      .join("\n");
    for (const value of VALUES) expect(sent).not.toContain(value);
  });

  it("reach no stored file but the one that holds the settings", async () => {
    await server.stop();
    expect(
      filesHolding(persistTo, [...VALUES, ...linkTokens, apiKey, secret("wrong-key"), secret("link-token")]),
    ).toEqual([]);
    expect(filesHolding(persistTo, [secret("notes")]).length, "the search does find what is stored").toBeGreaterThan(0);
  });

  it("reach no error report when the service does fail", async () => {
    changeDatabase(persistTo, "ALTER TABLE workflows RENAME TO workflows_away");
    server = await startLocalServer({ persistTo, env: { ...settings(peer), SENTRY_DSN: sink.dsn } });
    expect((await ask(server, "GET", `/reviews?cursor=${secret("cursor")}`)).status).toBe(422);
    expect((await ask(server, "GET", "/reviews")).status).toBe(500);
    await until(() => sink.events.length > 0);
    for (const [place, text] of Object.entries({
      sentry: sink.wire.join("\n"),
      log: JSON.stringify(logLines(server)),
    })) {
      expect(text.includes(CANARY), place).toBe(false);
    }
  });
});
