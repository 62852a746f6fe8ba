import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseSettings, type Settings } from "../../../src/config/settings.ts";
import { createLog, errorFields } from "../../../src/telemetry/log.ts";
import { logAttempt, logCommitted } from "../../../src/telemetry/workflow-lines.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { T0, aDelivery, aReview } from "../../support/builders/a-workflow.ts";
import { aDecidedWorkflow, someAdvice } from "../../support/builders/decided-workflow.ts";
import { captureLog } from "../../support/captured-log.ts";

let log: ReturnType<typeof captureLog>;
beforeEach(() => {
  log = captureLog();
});
afterEach(() => vi.restoreAllMocks());

describe("a log line", () => {
  it("is one JSON object with time, level, event and the context that was bound on the way", () => {
    const request = createLog(settings()).with({ request_id: "req-1" });
    request.with({ workflow_id: "wf-1" }).with({ node: "reason" }).warn("llm_call", { latency_ms: 812 });
    expect(log.lines).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: "warn",
        event: "llm_call",
        request_id: "req-1",
        workflow_id: "wf-1",
        node: "reason",
        latency_ms: 812,
      },
    ]);
    expect(log.raw[0]).not.toContain("\n");
  });

  it.each([
    ["debug", ["a", "b", "c", "d"]],
    ["info", ["b", "c", "d"]],
    ["warn", ["c", "d"]],
    ["error", ["d"]],
  ])("is printed at LOG_LEVEL %s and above", (LOG_LEVEL, events) => {
    const logger = createLog(settings({ LOG_LEVEL }));
    logger.debug("a");
    logger.info("b");
    logger.warn("c");
    logger.error("d");
    expect(log.lines.map(({ event }) => event)).toEqual(events);
  });

  it("says of an error what it was and why, and cuts what is long", () => {
    const error = new TypeError("x".repeat(5_000), { cause: new Error("D1 is away") });
    createLog(settings()).error("unexpected_error", errorFields(error));
    expect(log.lines[0]).toMatchObject({
      error_name: "TypeError",
      cause: "D1 is away",
      error: expect.stringMatching(/^x{2000}…$/),
    });
  });

  it("holds no secret, whether configured or somebody else's", () => {
    const secrets = {
      API_KEY: 'root"key\\canary',
      SLACK_BOT_TOKEN: "canary-bot-token",
      SLACK_SIGNING_SECRET: "canary-signing",
      SLACK_CHANNEL: "C1",
      LINK_SECRET: "canary-new,canary-old",
      SENTRY_DSN: "https://canary-dsn@sentry.example/1",
    };
    createLog(settings(secrets)).info("x", {
      nested: { list: Object.values(secrets), link: "https://host/review/v1.aaaaaaaaaaaaaaaaaaaaaaaa" },
      orderLink: "https://host/order-link/v1.bbbbbbbbbbbbbbbbbbbbbbbb",
      signIn: "https://host/sign-in/cccccccccccccccccccccccc?next=%2Forders",
      header: "Bearer abcdefghijklmnop",
      mail: "smtps://user:hunter2hunter2@mail.example",
      hook: "https://hooks.slack.com/services/T000/B000/xxxxxxxx",
    });
    expect(log.raw[0]).not.toMatch(/canary|aaaaaaaa|bbbbbbbb|cccccccc|abcdefgh|hunter2|T000/);
    expect(log.lines[0]).toMatchObject({ event: "x" });
  });
});

describe("a workflow's lines", () => {
  it("tell each decision once, with what decided it", () => {
    const running = aDecidedWorkflow({ status: "running", decision: null, latencyMs: null });
    commit(null, running);
    commit(running, aDecidedWorkflow());
    commit(
      aDecidedWorkflow(),
      aDecidedWorkflow({ version: 2, deliveries: [aDelivery({ status: "done", attempts: 1 })] }),
    );
    expect(log.lines.filter(({ event }) => event === "inventory_decision")).toMatchObject([
      {
        product_id: "SKU-1",
        action: "restock",
        quantity: 120,
        confidence: 0.83,
        decided_by: "plan",
        latency_ms: 12,
        result: "completed",
      },
    ]);
  });

  it("tell the question, its verdict and how long a person took", () => {
    const asked = aDecidedWorkflow({ status: "awaiting_human_review", review: aReview() });
    commit(null, asked);
    commit(
      asked,
      aDecidedWorkflow({ review: aReview({ status: "approved", channel: "slack", decidedAt: T0 + 90_000 }) }),
    );
    expect(log.lines).toMatchObject([
      { event: "review_asked", reason: "low_confidence", revision: 1, confidence: 0.83 },
      { event: "inventory_decision", result: "approved", channel: "slack", waited_ms: 90_000 },
    ]);
  });

  it("tell an adviser's call with its cost, and a failed one as a warning", () => {
    commit(null, aDecidedWorkflow({ advice: someAdvice() }));
    commit(null, aDecidedWorkflow({ advice: someAdvice({ outcome: "timeout", attempts: 3 }) }));
    expect(log.lines.filter(({ event }) => event === "llm_call")).toMatchObject([
      { level: "info", node: "reason", outcome: "advice", tokens_in: 900, cost_usd: 0.002, latency_ms: 800 },
      { level: "warn", outcome: "timeout", attempts: 3 },
    ]);
    expect(log.raw.join("")).not.toContain("{}");
  });

  it("tell a parked effect as an error, without naming the recipient", () => {
    const delivery = aDelivery({ channel: "email", recipient: "ana@example.com", attempts: 1 });
    logAttempt(createLog(settings()), delivery, 20);
    logAttempt(createLog(settings()), { ...delivery, status: "parked", attempts: 8, error: "550" }, 30);
    expect(log.lines).toMatchObject([
      { event: "effect_retried", level: "warn", attempts: 1, latency_ms: 20 },
      { event: "effect_parked", level: "error", attempts: 8, latency_ms: 30, error: "550" },
    ]);
    expect(log.raw.join("")).not.toContain("ana@");
  });

  it("tell each node's time at debug", () => {
    const nodes = [{ node: "forecast", status: "done", durationMs: 2.5, note: "from history" }] as const;
    commit(null, aDecidedWorkflow({ nodes }), { LOG_LEVEL: "debug" });
    expect(log.lines[0]).toMatchObject({ level: "debug", event: "node_done", node: "forecast", latency_ms: 2.5 });
  });
});

function commit(before: Workflow | null, after: Workflow, env: Record<string, string> = {}): void {
  const bound = createLog(settings(env)).with({
    workflow_id: after.id,
    product_id: after.productId,
    store_id: after.storeId,
  });
  logCommitted(bound, before, after);
}

function settings(env: Record<string, string> = {}): Settings {
  const parsed = parseSettings({ API_KEY: "root-key", ...env });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}
