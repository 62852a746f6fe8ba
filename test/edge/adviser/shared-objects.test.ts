import { env } from "cloudflare:workers";
import { abortAllDurableObjects, evictDurableObject, reset, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { adviserState } from "../../../src/adviser/adviser-state.ts";
import type { LlmBudget } from "../../../src/adviser/limits/budget-object.ts";
import { type Budget, createBudget } from "../../../src/adviser/limits/budget.ts";
import { CACHE_MS, type Circuit, circuitMemory, createCircuit } from "../../../src/adviser/limits/circuit.ts";
import { OPEN_MS } from "../../../src/adviser/limits/circuit-state.ts";
import type { Reservation } from "../../../src/adviser/limits/reservation.ts";
import { anAdviceRequest } from "../../support/builders/advice-request.ts";
import { parseSettings } from "../../../src/config/settings.ts";
import {
  type AdviserBindings,
  budgetObject,
  circuitDoor,
  replayAdviser,
} from "../../../src/adviser/workers-adviser.ts";
import { DAY_MS } from "../../../src/shared/durations.ts";

const bindings = env as unknown as AdviserBindings;
const T0 = Date.UTC(2040, 0, 3, 12);

beforeEach(() => vi.useFakeTimers({ now: T0, toFake: ["Date"] }));
afterEach(async () => {
  vi.useRealTimers();
  await reset();
});

/** One isolate's view: its own memory, the shared object. */
function anIsolate(): Circuit {
  return createCircuit(circuitDoor(bindings.CIRCUIT), () => Date.now(), circuitMemory());
}

function budget(dailyUsd: number): Budget {
  const door = {
    reserve: (request: Parameters<LlmBudget["reserve"]>[0]) => budgetObject(bindings.BUDGET).reserve(request),
    settle: (held: Reservation, spent: number) => budgetObject(bindings.BUDGET).settle(held, spent),
  };
  return createBudget(door, dailyUsd);
}

async function call(circuit: Circuit, outcome: "succeeded" | "failed"): Promise<string> {
  const admission = await circuit.admit();
  await circuit.report(outcome, admission);
  return admission.kind;
}

describe("the shared circuit", () => {
  it("opens at five failed calls in a row, whichever isolates made them", async () => {
    const isolates = [anIsolate(), anIsolate(), anIsolate()];
    for (let n = 0; n < 5; n += 1) expect(await call(isolates[n % 3]!, "failed")).toBe("closed");
    expect(await anIsolate().admit()).toEqual({ kind: "open", until: T0 + OPEN_MS });
  });

  it("half-opens for exactly one of many callers and closes when that one succeeds", async () => {
    for (let n = 0; n < 5; n += 1) await call(anIsolate(), "failed");
    vi.setSystemTime(T0 + OPEN_MS);
    const isolates = Array.from({ length: 8 }, anIsolate);
    const admissions = await Promise.all(isolates.map((isolate) => isolate.admit()));
    expect(admissions.filter(({ kind }) => kind === "probe")).toHaveLength(1);
    expect(admissions.filter(({ kind }) => kind === "open")).toHaveLength(7);
    const prober = admissions.findIndex(({ kind }) => kind === "probe");
    await isolates[prober]!.report("succeeded", admissions[prober]!);
    expect((await anIsolate().admit()).kind).toBe("closed");
    vi.setSystemTime(T0 + OPEN_MS + CACHE_MS);
    expect((await isolates[(prober + 1) % 8]!.admit()).kind).toBe("closed");
  });

  it("counts failed calls that end at the same moment", async () => {
    const isolates = Array.from({ length: 5 }, anIsolate);
    await Promise.all(isolates.map((isolate) => call(isolate, "failed")));
    expect((await anIsolate().admit()).kind).toBe("open");
  });

  it("stays open when its object is evicted or dies", async () => {
    for (let n = 0; n < 5; n += 1) await call(anIsolate(), "failed");
    await evictDurableObject(bindings.CIRCUIT.getByName("llm"));
    expect((await anIsolate().admit()).kind).toBe("open");
    await abortAllDurableObjects();
    expect((await anIsolate().admit()).kind).toBe("open");
  });

  it("writes nothing while calls succeed", async () => {
    for (let n = 0; n < 5; n += 1) await call(anIsolate(), "succeeded");
    await runInDurableObject(bindings.CIRCUIT.getByName("llm"), async (_, state) => {
      expect([...(await state.storage.list()).keys()]).toEqual([]);
    });
  });
});

describe("the day's budget", () => {
  it("holds under 50 calls at once: no more is granted than it has", async () => {
    const granted = await Promise.all(Array.from({ length: 50 }, () => budget(0.1).reserve(0.01)));
    expect(granted.filter((held) => held !== null)).toHaveLength(10);
    expect(await budgetObject(bindings.BUDGET).spentToday()).toBe(100_000);
  });

  it("gives back what a call did not need, and counts what it needed more", async () => {
    const cheap = await budget(1).reserve(0.5);
    await cheap!.settle(0.2);
    expect(await budgetObject(bindings.BUDGET).spentToday()).toBe(200_000);
    const dear = await budget(1).reserve(0.5);
    await dear!.settle(0.9);
    expect(await budgetObject(bindings.BUDGET).spentToday()).toBe(1_100_000);
    expect(await budget(1).reserve(0.000_001)).toBeNull();
  });

  it("keeps the worst case of a call whose cost is not known, and of one that died", async () => {
    const held = await budget(1).reserve(0.6);
    await held!.settle(null);
    await abortAllDurableObjects();
    expect(await budget(1).reserve(0.6)).toBeNull();
  });

  it("begins anew with each UTC day, and a late settlement does not touch the new one", async () => {
    const yesterday = await budget(1).reserve(0.9);
    vi.setSystemTime(T0 + DAY_MS);
    expect(await budgetObject(bindings.BUDGET).spentToday()).toBe(0);
    expect(await budget(1).reserve(0.8)).not.toBeNull();
    await yesterday!.settle(0.1);
    expect(await budgetObject(bindings.BUDGET).spentToday()).toBe(800_000);
  });

  it("grants nothing when it is nothing", async () => {
    expect(await budget(0).reserve(0.001)).toBeNull();
  });

  it("and the circuit are shown to the metrics", async () => {
    const parsed = parseSettings({
      API_KEY: "k",
      OPENAI_BASE_URL: "https://models.example/v1",
      LLM_DAILY_BUDGET_USD: "2",
    });
    if (!parsed.ok) throw new Error("settings");
    expect(await adviserState(parsed.settings, bindings, T0)).toEqual({
      circuitOpen: 0,
      budgetUsd: 2,
      spentTodayUsd: 0,
    });
    await budget(2).reserve(0.5);
    for (let n = 0; n < 5; n += 1) await call(anIsolate(), "failed");
    expect(await adviserState(parsed.settings, bindings, T0)).toEqual({
      circuitOpen: 1,
      budgetUsd: 2,
      spentTodayUsd: 0.5,
    });
  });

  it("leaves nothing behind when it is only looked at", async () => {
    expect(await budgetObject(bindings.BUDGET).spentToday()).toBe(0);
    await runInDurableObject(budgetObject(bindings.BUDGET), (_, state) => {
      expect(state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'spend'").toArray()).toEqual([]);
    });
  });
});

describe("a replay with a model", () => {
  const settings = (changes: Record<string, string> = {}) => {
    const parsed = parseSettings({
      API_KEY: "k",
      OPENAI_API_KEY: "k",
      OPENAI_BASE_URL: "https://models.example/v1",
      OPENAI_MODEL: "gpt-4o-mini",
      LLM_DAILY_BUDGET_USD: "2",
      ...changes,
    });
    if (!parsed.ok) throw new Error("settings");
    return parsed.settings;
  };

  it("asks the configured models and those of LLM_REPLAY_MODELS, and no other", () => {
    const ask = (name: string, changes: Record<string, string> = {}) =>
      replayAdviser(settings(changes), name, bindings, () => undefined);
    expect(ask("no-such-model#")).toBe("not_allowed");
    expect(ask("#2026-11-terse")).toMatchObject({ model: "gpt-4o-mini" });
    expect(ask("gpt-4o#", { LLM_REPLAY_MODELS: "gpt-4o" })).toMatchObject({ model: "gpt-4o" });
  });

  it("never opens the circuit of decisions, however often it fails, and spends from a purse of its own", async () => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("{}", { status: 404 }));
    const adviser = replayAdviser(settings(), "gpt-4o-mini#", bindings, () => undefined);
    if (adviser === null || adviser === "not_allowed") throw new Error("no adviser");
    for (let n = 0; n < 6; n++) expect(await adviser.advise(anAdviceRequest())).toMatchObject({ kind: "failed" });
    expect(await anIsolate().admit()).toEqual({ kind: "closed" });
    expect(await budgetObject(bindings.BUDGET).spentToday()).toBe(0);
    vi.restoreAllMocks();
  });

  it("is made no more when its own budget is spent", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("{}", { status: 404 }));
    const adviser = replayAdviser(settings({ LLM_REPLAY_BUDGET_USD: "0" }), "gpt-4o-mini#", bindings, () => undefined);
    if (adviser === null || adviser === "not_allowed") throw new Error("no adviser");
    expect(await adviser.advise(anAdviceRequest())).toMatchObject({ failure: "budget_exhausted" });
    expect(fetched).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
