/** The whole path to a model and back, over HTTP on both sides: real Worker, real objects, a server that misbehaves. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { INJECTIONS } from "../support/injections.ts";
import { type ScriptedLlm, startScriptedLlm } from "../support/peers/scripted-llm.ts";
import { ownFolder } from "../support/own-folder.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

/** Far more than a request over loopback takes, also on a busy machine: only what hangs by script runs into it. */
const ATTEMPT_MS = 8_000;
/** Room for one wait between attempts and never for two, which take 12 s: a run of every fault takes a minute. */
const DEADLINE_MS = 12_500;
/** What an answer may take beside the adviser's deadline, on a busy machine. */
const MARGIN_MS = 30_000;
const EVERY_FAULT_MS = 300_000;

interface Answer {
  readonly status: number;
  readonly ms: number;
  readonly body: {
    readonly workflow_id: string;
    readonly status: string;
    readonly decision: {
      readonly recommended_quantity: number;
      readonly decided_by: string;
      readonly fallback: boolean;
      readonly rationale: string;
      readonly model_words: string | null;
      readonly tokens: number | null;
      readonly cost_usd: number | null;
    } | null;
    readonly review: { readonly reasons: readonly string[] } | null;
    readonly nodes: readonly { readonly node: string; readonly note?: string }[];
  };
}

let llm: ScriptedLlm;
const folder = ownFolder("adviser");
let server: LocalServer;
let items = 0;

beforeAll(async () => {
  llm = await startScriptedLlm();
  server = await start();
});

afterAll(async () => {
  await server?.kill();
  await llm?.close();
});

function start(
  changes: { port?: number; persistTo?: string; env?: Record<string, string> } = {},
): Promise<LocalServer> {
  return startLocalServer({
    persistTo: changes.persistTo ?? folder,
    ...(changes.port === undefined ? {} : { port: changes.port }),
    env: {
      OPENAI_BASE_URL: llm.baseUrl("by-item"),
      OPENAI_MODEL: "gpt-4o-mini",
      LLM_REPLAY_MODELS: "gpt-4o",
      LLM_TIMEOUT_MS: String(ATTEMPT_MS),
      LLM_DEADLINE_MS: String(DEADLINE_MS),
      CONFIDENCE_THRESHOLD: "0",
      ...changes.env,
    },
  });
}

async function request(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  on = server,
): Promise<Answer> {
  const started = performance.now();
  const isCsv = typeof body === "string";
  const response = await fetch(`${on.url}${path}`, {
    method,
    headers: {
      "x-api-key": on.key,
      ...(body === undefined ? {} : { "content-type": isCsv ? "text/csv" : "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isCsv ? body : JSON.stringify(body) }),
  });
  const parsed = (await response.json()) as Answer["body"];
  return { status: response.status, ms: performance.now() - started, body: parsed };
}

/** A new item that sells ten a day and is short of stock; its name says how the model's server treats it. */
async function aShortItem(mode: string, on = server): Promise<string> {
  const productId = `${mode}~${++items}`;
  const rows = Array.from(
    { length: 60 },
    (_, day) => `${new Date(Date.now() - (60 - day) * DAY_MS).toISOString().slice(0, 10)},${9 + (day % 3)}`,
  );
  const put = await request(
    "PUT",
    `/history/${encodeURIComponent(productId)}`,
    `date,units\n${rows.join("\n")}\n`,
    {},
    on,
  );
  expect(put.status).toBe(201);
  return productId;
}

function trigger(
  productId: string,
  changes: Record<string, unknown> = {},
  prefer = "wait=30",
  on = server,
): Promise<Answer> {
  const body = {
    product_id: productId,
    current_stock: 20,
    safety_stock_level: 10,
    notes: "A fair is near",
    ...changes,
  };
  return request("POST", "/inventory-trigger", body, { prefer }, on);
}

async function decide(mode: string): Promise<Answer> {
  return trigger(await aShortItem(mode));
}

function requestsFor(productId: string): number {
  return llm.requests.filter((seen) => seen.productId === productId).length;
}

describe("a trigger with a model behind it", () => {
  it("is decided by the model's word inside the bounds, with its cost", async () => {
    const { status, body } = await decide("right");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "completed",
      decision: {
        decided_by: "llm",
        fallback: false,
        tokens: 1_020,
        model_words: "The notes point to slightly higher demand.",
      },
    });
    expect(body.decision!.cost_usd).toBeGreaterThan(0);
    expect(body.decision!.rationale).toMatch(/^A language model moved the plan's \d+ to \d+\.$/);
  });

  it("answers 202 to a caller that does not wait, and goes on", async () => {
    const item = await aShortItem("held");
    const { status, body } = await trigger(item, {}, "respond-async");
    expect({ status, workflow: body.status, decision: body.decision }).toEqual({
      status: 202,
      workflow: "running",
      decision: null,
    });
    llm.release(item);
    expect(await finished(body.workflow_id)).toMatchObject({ status: "completed", decision: { decided_by: "llm" } });
  });

  it("waits no longer than its caller", async () => {
    const item = await aShortItem("held");
    const { status, body } = await trigger(item, {}, "wait=1");
    expect({ status, workflow: body.status }).toEqual({ status: 202, workflow: "running" });
    llm.release(item);
    await finished(body.workflow_id);
  });
});

/** A crash in a call is followed up at the adviser's deadline; the rest is for a busy machine. */
const FINISHED_WITHIN_MS = 120_000;

async function finished(workflowId: string, on = server): Promise<Answer["body"]> {
  for (const deadline = Date.now() + FINISHED_WITHIN_MS; Date.now() < deadline; await sleep(200)) {
    const { body } = await request("GET", `/workflows/${workflowId}`, undefined, {}, on);
    if (body.status !== "running") return body;
  }
  throw new Error(`${workflowId} is still running`);
}

/** `inventory_llm_requests_total` by outcome, zeros left out. */
async function requestsCounted(): Promise<Map<string, number>> {
  const response = await fetch(`${server.url}/metrics`, { headers: { "x-api-key": server.key } });
  const lines = [...(await response.text()).matchAll(/^inventory_llm_requests_total\{outcome="(\w+)"\} (\d+)$/gm)];
  return new Map(
    lines.map(([, outcome = "", count]) => [outcome, Number(count)] as const).filter(([, count]) => count > 0),
  );
}

describe("whatever the model's server does, a decision is made inside the deadline", () => {
  const fallbacks: readonly (readonly [mode: string, note: string])[] = [
    ["hang", "timeout"],
    ["stalled-body", "timeout"],
    ["408", "timeout"],
    ["409", "server_error"],
    ["429-after-2", "rate_limited"],
    ["429-after-300", "rate_limited"],
    ["429-after-date", "rate_limited"],
    ["insufficient-quota", "quota"],
    ["500", "server_error"],
    ["502", "server_error"],
    ["503", "server_error"],
    ["529", "server_error"],
    ["reset", "network"],
    ["html", "bad_reply"],
    ["empty", "bad_reply"],
    ["truncated", "bad_reply"],
    ["refusal", "refused"],
    ["length", "bad_reply"],
    ["wrong-types", "bad_reply"],
    ["negative", "bad_reply"],
    ["nan", "bad_reply"],
    ["unknown-item", "bad_reply"],
    ["megabyte", "bad_reply"],
  ];
  /** Fewer than open the circuit; a right answer after each group sets its count back. */
  const AT_ONCE = 4;

  it("by the plan, labelled as a fallback, for every fault", { timeout: EVERY_FAULT_MS }, async () => {
    for (let at = 0; at < fallbacks.length; at += AT_ONCE) {
      const group = fallbacks.slice(at, at + AT_ONCE);
      const answers = await Promise.all(group.map(([mode]) => decide(mode)));
      const right = await decide("right");
      expect(right.body.decision!.decided_by).toBe("llm");
      for (const [index, { ms, body }] of answers.entries()) {
        const [mode, note] = group[index]!;
        expect({ mode, ...body, nodes: body.nodes.find((node) => node.node === "reason") }).toMatchObject({
          mode,
          status: "completed",
          decision: { decided_by: "fallback", fallback: true },
          nodes: { note: `adviser failed: ${note}` },
        });
        expect(ms, mode).toBeLessThan(DEADLINE_MS + MARGIN_MS);
        expect(requestsFor(llm.requests.findLast((seen) => seen.mode === mode)!.productId), mode).toBeLessThanOrEqual(
          3,
        );
      }
    }
  });

  it("with every request counted under what it came to", async () => {
    const outcomeOf = new Map(fallbacks.map(([mode, note]) => [mode, note]));
    const expected = new Map<string, number>();
    for (const { mode } of llm.requests) {
      const outcome = outcomeOf.get(mode) ?? "advice";
      expected.set(outcome, (expected.get(outcome) ?? 0) + 1);
    }
    await expect.poll(async () => requestsCounted(), { timeout: 60_000, interval: 500 }).toEqual(expected);
  });

  it.each([
    ["extra-keys", false],
    ["fractional", false],
    ["billion", true],
    ["certain-nonsense", true],
  ])("inside the bounds, for %s (a person is asked: %s)", async (mode, asks) => {
    const plan = (await decide("refusal")).body.decision!.recommended_quantity;
    const { status, body } = await decide(mode);
    expect(Number.isInteger(body.decision!.recommended_quantity)).toBe(true);
    expect(body.decision!.recommended_quantity).toBeLessThanOrEqual(plan * 2);
    expect(status).toBe(asks ? 202 : 200);
    if (asks) expect(body.review!.reasons).toContain("model_left_band");
  });

  it("by a person, when an obedient model does what a note demands", async () => {
    for (const { text } of INJECTIONS.filter(({ name }) =>
      /^(plain|supplier message) in notes: (Ignore all|SYSTEM)/.test(name),
    )) {
      const { status, body } = await trigger(await aShortItem("obedient"), { notes: text });
      expect(status).toBe(202);
      expect(body).toMatchObject({ status: "awaiting_human_review" });
    }
  });
});

describe("a stored decision", () => {
  it("is replayed from its journal without asking anybody, and nothing changes", async () => {
    const item = await aShortItem("right");
    const { body } = await trigger(item);
    // What is uploaded later has no part in what was judged then.
    await request("PUT", `/history/${encodeURIComponent(item)}`, "date,units\n2020-01-01,9000\n");
    const replay = await request("POST", `/workflows/${body.workflow_id}/replay`);
    expect(replay.status).toBe(200);
    expect(replay.body).toMatchObject({
      workflow_id: body.workflow_id,
      facts: "journal",
      changed: false,
      difference: { quantity: 0, review_added: [], review_dropped: [] },
      replayed: { quantity: body.decision!.recommended_quantity, model: "gpt-4o-mini" },
      call: null,
    });
    expect(requestsFor(item)).toBe(1);
    expect((await request("GET", `/workflows/${body.workflow_id}`)).body).toEqual(body);
  });

  it("is replayed with another model and prompt, and the difference is shown", async () => {
    const item = await aShortItem("right+billion");
    const { body } = await trigger(item);
    const replay = await request("POST", `/workflows/${body.workflow_id}/replay`, {
      model: "gpt-4o",
      prompt: "2026-11-terse",
    });
    expect(replay.body).toMatchObject({
      changed: true,
      replayed: {
        model: "gpt-4o",
        prompt: "2026-11-terse",
        asks_for_review: expect.arrayContaining(["model_left_band"]),
      },
      difference: { review_added: expect.arrayContaining(["model_left_band"]) },
      call: { outcome: "advice", attempts: 1, tokens: 1_020 },
    });
    expect(llm.requests.findLast((seen) => seen.productId === item)!.body.model).toBe("gpt-4o");
    expect((await request("GET", `/workflows/${body.workflow_id}`)).body).toEqual(body);
  });

  it("is not replayed by a prompt that does not exist, nor before there is a decision", async () => {
    const item = await aShortItem("held");
    const { body } = await trigger(item, {}, "respond-async");
    expect(await request("POST", `/workflows/${body.workflow_id}/replay`)).toMatchObject({
      status: 409,
      body: { code: "not_decided" },
    });
    llm.release(item);
    await finished(body.workflow_id);
    expect(await request("POST", `/workflows/${body.workflow_id}/replay`, { prompt: "1999" })).toMatchObject({
      status: 422,
    });
    expect(await request("POST", `/workflows/${body.workflow_id}/replay`, { modle: "x" })).toMatchObject({
      status: 422,
    });
  });
});

describe("a crash", () => {
  it("during the call is followed by a new call and a decision, without any traffic", async () => {
    const item = await aShortItem("hang+right");
    const { body } = await trigger(item, {}, "respond-async");
    while (requestsFor(item) < 1) await sleep(20);
    await server.kill();
    server = await start({ port: server.port });
    expect(await finished(body.workflow_id)).toMatchObject({ status: "completed", decision: { decided_by: "llm" } });
    expect(requestsFor(item)).toBe(2);
  });

  it("after the reply pays for nothing twice", async () => {
    const item = await aShortItem("right");
    const { body } = await trigger(item);
    await server.kill();
    server = await start({ port: server.port });
    expect((await request("GET", `/workflows/${body.workflow_id}`)).body).toEqual(body);
    await sleep(3_000);
    expect(requestsFor(item)).toBe(1);
  });
});

describe("the circuit", () => {
  it("opens after five failed calls of different items, and the next item's decision costs no request", async () => {
    for (let call = 0; call < 5; call += 1) await decide("insufficient-quota");
    const item = await aShortItem("right");
    const { body } = await trigger(item);
    expect(body).toMatchObject({
      status: "completed",
      decision: { decided_by: "fallback", fallback: true, cost_usd: 0 },
    });
    expect(body.nodes.find((node) => node.node === "reason")!.note).toBe("adviser failed: circuit_open");
    expect(requestsFor(item)).toBe(0);
  });
});

describe("the day's budget", () => {
  it("holds under 50 triggers at once: what it does not grant is not asked, and decided by the plan", async () => {
    const persistTo = mkdtempSync(join(tmpdir(), "stockwarden-budget-"));
    // An answer of full length costs a cent, so five at once are all that fit.
    const frugal = await start({
      persistTo,
      env: {
        LLM_DAILY_BUDGET_USD: "0.05",
        OPENAI_PRICES: '{"gpt-4o-mini":{"input":0,"output":5}}',
        LLM_TIMEOUT_MS: "60000",
        LLM_DEADLINE_MS: "90000",
      },
    });
    try {
      const products = await Promise.all(Array.from({ length: 50 }, () => aShortItem("held", frugal)));
      let answered = 0;
      const asking = products.map(async (productId) => {
        const { status, body } = await trigger(productId, {}, "wait=30", frugal);
        answered += 1;
        return status === 202 ? finished(body.workflow_id, frugal) : body;
      });
      const asked = () => products.filter((productId) => requestsFor(productId) > 0);
      // The answers come when nothing more is to be asked: an answer gives back what it did not use.
      await expect.poll(() => answered + asked().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(50);
      expect(asked()).toHaveLength(5);
      llm.release(...asked());
      const labels = (await Promise.all(asking)).map((body) => body.decision!.decided_by);
      expect(labels.filter((label) => label === "llm")).toHaveLength(5);
      expect(labels.filter((label) => label === "fallback")).toHaveLength(45);
    } finally {
      await frugal.kill();
      rmSync(persistTo, { recursive: true, force: true });
    }
  });
});
