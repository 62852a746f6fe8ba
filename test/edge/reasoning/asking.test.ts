import { reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { ItemDeps } from "../../../src/item/deps.ts";
import { silentDeliverer } from "../../../src/item/deliverer.ts";
import { Desk } from "../../../src/item/desk.ts";
import { Triggers, type TriggerCall } from "../../../src/item/triggers.ts";
import type { Adviser, Question } from "../../../src/reasoning/adviser.ts";
import { judgeAgain } from "../../../src/reasoning/judge.ts";
import { parseSettings } from "../../../src/settings.ts";
import type { AdviceOutcome, AdviceRecord, Workflow } from "../../../src/workflow/types.ts";

const T0 = Date.UTC(2040, 2, 1, 6);
const DAY_MS = 86_400_000;
const DEADLINE_MS = 60_000;

afterEach(() => reset());

/** An adviser whose answers the test gives, when it wants to. */
class HeldAdviser implements Adviser {
  readonly model = "held";
  readonly asked: Question[] = [];
  readonly #answers: ((outcome: AdviceOutcome) => void)[] = [];

  advise(question: Question): Promise<AdviceOutcome> {
    this.asked.push(question);
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  /** Answers the latest question with a tenth more than its baseline. */
  async answer(changes: Partial<AdviceRecord> = {}): Promise<void> {
    const record = aRecord(changes);
    const question = this.asked.at(-1)!;
    this.#answers.at(-1)!(record.outcome === "advice" ? judgeAgain(record, question, null) : { kind: "failed", failure: record.outcome, record });
    await settled();
  }
}

function aRecord(changes: Partial<AdviceRecord> = {}): AdviceRecord {
  return {
    model: "held",
    promptVersion: "2026-11-standard",
    attempts: 1,
    outcome: "advice",
    latencyMs: 1_200,
    tokensIn: 900,
    tokensOut: 120,
    costUsd: 0.000_2,
    facts: "{}",
    reply: JSON.stringify({
      product_id: "SKU-1",
      proposal: "multiplier",
      multiplier: 1.1,
      quantity: null,
      direction: "raise",
      event: null,
      evidence: ["notes"],
      reason: "A fair is near.",
      doubt: 0.1,
    }),
    tries: ["advice"],
    ...changes,
  };
}

/** Promises that are ready are done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

interface Life {
  readonly desk: Desk;
  readonly triggers: Triggers;
  readonly adviser: HeldAdviser;
  /** Lets the next load of the inputs hang until it is called. */
  holdInputs(): () => void;
}

/** One life of the item's object on storage that survives it; `after` a crash, the next one. */
function aLife(storage: DurableObjectStorage, startedAt = T0): Life {
  const adviser = new HeldAdviser();
  let gate: Promise<void> = Promise.resolve();
  const settings = parseSettings({ API_KEY: "k", OPENAI_BASE_URL: "https://models.example/v1", CONFIDENCE_THRESHOLD: "0", LLM_DEADLINE_MS: String(DEADLINE_MS) });
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
  const firstDay = Math.floor(T0 / DAY_MS) - 60;
  const deps: ItemDeps = {
    objectId: "f".repeat(64),
    settings: settings.settings,
    inputs: {
      loadForDecision: async () => {
        await gate;
        return {
          stored: { inputsVersion: 0, terms: {} },
          history: { firstDay, startDate: "2040-01-01", units: Array.from({ length: 60 }, (_, day) => 10 + (day % 3)), inStock: Array.from({ length: 60 }, () => true) },
        };
      },
      forecast: async () => null,
    } as Partial<ItemDeps["inputs"]> as ItemDeps["inputs"],
    cache: { get: async () => undefined, put: async () => undefined },
    project: async () => undefined,
    adviser,
    deliverer: silentDeliverer,
    now: () => startedAt,
    elapsed: () => 0,
    onFailure: (where, cause) => {
      throw new Error(where, { cause });
    },
    waitUntil: (work) => void work.catch(() => undefined),
  };
  const desk = new Desk(storage, deps);
  return {
    desk,
    triggers: new Triggers(desk),
    adviser,
    holdInputs() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      desk.inputs.forget();
      return resolve;
    },
  };
}

function aCall(changes: { stock?: number; occurredAt?: number } = {}): TriggerCall {
  return {
    schema: 1,
    item: { storeId: "main", productId: "SKU-1" },
    trigger: { currentStock: changes.stock ?? 20, safetyStock: 10, onOrder: null, backordered: 0, terms: {}, notes: "A fair is near", occurredAt: changes.occurredAt ?? null },
    idempotency: null,
    waitMs: 0,
    arrivedAt: T0,
    requestId: null,
    sender: "till",
    origin: "http://localhost:8787",
  };
}

async function send(life: Life, changes: Parameters<typeof aCall>[0] = {}): Promise<Workflow> {
  const answer = await life.triggers.handle(aCall(changes));
  if (answer.kind !== "workflow") throw new Error(answer.reason);
  return answer.workflow;
}

/** Runs in an object's storage; objects of the class itself are not involved. */
function onDisk(test: (storage: DurableObjectStorage) => Promise<void>): () => Promise<void> {
  return () => runInDurableObject(env.ITEM.getByName("asking"), (_, state) => test(state.storage));
}

describe("an item with an adviser", () => {
  it(
    "is running while the adviser thinks, and decided when it has answered",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const running = await send(life);
      expect(running).toMatchObject({ status: "running", decision: null });
      await life.adviser.answer();
      const decided = life.desk.journal.read(running.seq)!;
      expect(decided).toMatchObject({
        status: "completed",
        decision: { decidedBy: "llm", fallback: false, model: "held", tokens: 1_020, costUsd: 0.000_2, modelWords: "A fair is near." },
        advice: { outcome: "advice", attempts: 1, quantity: decided.decision!.quantity },
      });
      expect(decided.decision!.rationale).toMatch(/^A language model moved the plan's \d+ to \d+\.$/);
      expect(decided.audit.map((entry) => entry.event)).toEqual(["received", "adviser_called", "adviser_answered", "executed"]);
    }),
  );

  it(
    "lets the plan stand, labelled, when the adviser fails",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      await life.adviser.answer({ outcome: "server_error", reply: null, attempts: 3 });
      expect(life.desk.journal.read(seq)).toMatchObject({ status: "completed", decision: { decidedBy: "fallback", fallback: true }, advice: { attempts: 3 } });
    }),
  );

  it(
    "judges the answer under the facts of its arrival, not of the question",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      const asked = life.adviser.asked[0]!.plan.quantity;
      life.desk.commit({ receipt: { reference: "truck", quantity: 1_000, receivedAt: T0 + 1_000, answer: "{}" } });
      await life.adviser.answer();
      expect(asked).toBeGreaterThan(0);
      expect(life.desk.journal.read(seq)!.decision).toMatchObject({ action: "hold", quantity: 0 });
    }),
  );

  it(
    "wants its alarm after the adviser's deadline, and not before, while it waits",
    onDisk(async (storage) => {
      const life = aLife(storage);
      await send(life);
      await send(life, { stock: 19 });
      expect(life.desk.nextDue()! - T0).toBeGreaterThan(DEADLINE_MS);
      expect(life.desk.nextDue()! - T0).toBeLessThan(DEADLINE_MS + 10_000);
    }),
  );
});

describe("an item whose object died", () => {
  it(
    "during the call, asks again without any traffic",
    onDisk(async (storage) => {
      const { seq } = await send(aLife(storage));
      const next = aLife(storage, T0 + DEADLINE_MS);
      expect(next.desk.nextDue()! - (T0 + DEADLINE_MS)).toBeLessThan(5_000);
      await next.triggers.resume();
      expect(next.adviser.asked).toHaveLength(1);
      await next.adviser.answer();
      expect(next.desk.journal.read(seq)).toMatchObject({ status: "completed", decision: { decidedBy: "llm" } });
    }),
  );

  it(
    "during two calls, asks no third time and lets the plan stand",
    onDisk(async (storage) => {
      const { seq } = await send(aLife(storage));
      await aLife(storage).triggers.resume();
      const third = aLife(storage);
      await third.triggers.resume();
      expect(third.adviser.asked).toEqual([]);
      expect(third.desk.journal.read(seq)).toMatchObject({ status: "completed", decision: { decidedBy: "fallback" } });
    }),
  );

  it(
    "after the reply and before the decision, does not pay for it twice",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      life.holdInputs();
      await life.adviser.answer();
      expect(life.desk.journal.read(seq)).toMatchObject({ status: "running", advice: { outcome: "advice" } });
      const next = aLife(storage);
      await next.triggers.resume();
      expect(next.adviser.asked).toEqual([]);
      expect(next.desk.journal.read(seq)).toMatchObject({ status: "completed", decision: { decidedBy: "llm", costUsd: 0.000_2 } });
    }),
  );

  it(
    "after a failure's report, does not ask again either",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const { seq } = await send(life);
      life.holdInputs();
      await life.adviser.answer({ outcome: "quota", reply: null });
      const next = aLife(storage);
      await next.triggers.resume();
      expect(next.adviser.asked).toEqual([]);
      expect(next.desk.journal.read(seq)).toMatchObject({ status: "completed", decision: { decidedBy: "fallback" }, advice: { outcome: "quota" } });
    }),
  );

  it(
    "with several triggers waiting, decides on the newest count alone",
    onDisk(async (storage) => {
      const life = aLife(storage);
      const first = await send(life);
      const second = await send(life, { stock: 3 });
      const next = aLife(storage);
      await next.triggers.resume();
      expect(next.adviser.asked.map((question) => question.workflowId)).toEqual([second.id]);
      expect(next.desk.journal.read(first.seq)).toMatchObject({ status: "superseded", supersededBy: second.id });
    }),
  );
});
