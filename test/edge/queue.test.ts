/** One workflow at a time: what happens to triggers that arrive while an adviser is being asked. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Desk } from "../../src/item/desk.ts";
import { silentDeliverer } from "../../src/item/deliverer.ts";
import { Triggers, type TriggerAnswer, type TriggerCall } from "../../src/item/triggers.ts";
import { requireSettings } from "../../src/settings.ts";
import type { AdviceOutcome, AdviceRecord } from "../../src/workflow/types.ts";
import { itemStub, T0, useWorld } from "./support/world.ts";

useWorld();

const RECORD: AdviceRecord = {
  model: "test",
  promptVersion: "1",
  attempts: 1,
  outcome: "timeout",
  latencyMs: 5,
  tokensIn: 0,
  tokensOut: 0,
  costUsd: 0,
  facts: "",
  reply: null,
};
const FAILED: AdviceOutcome = { kind: "failed", failure: "timeout", record: RECORD };

interface Bench {
  readonly triggers: Triggers;
  readonly desk: Desk;
  /** Workflow ids that the adviser was asked about, in order. */
  readonly asked: string[];
  /** Lets the oldest unanswered question end. */
  answer(): Promise<void>;
}

/** An item whose adviser answers when the test says so; everything else is real. */
function withItem<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
  return runInDurableObject(itemStub(), (_instance, state) => {
    const asked: string[] = [];
    const open: ((outcome: AdviceOutcome) => void)[] = [];
    const pending: Promise<unknown>[] = [];
    const history = { firstDay: Math.floor(T0 / 86_400_000) - 60, startDate: "2040-01-01", units: Array.from({ length: 60 }, () => 10), inStock: Array.from({ length: 60 }, () => true) };
    const desk = new Desk(state.storage, {
      objectId: state.id.toString(),
      settings: requireSettings(env),
      inputs: { ...notAsked, loadForDecision: async () => ({ stored: null, history }), forecast: async () => null },
      cache: { get: async () => undefined, put: async () => undefined },
      project: async () => undefined,
      adviser: {
        model: "test",
        advise: (question) => {
          asked.push(question.workflowId);
          return new Promise((resolve) => open.push(resolve));
        },
      },
      deliverer: silentDeliverer,
      now: () => Date.now(),
      elapsed: () => performance.now(),
      onFailure: (where, cause) => {
        throw new Error(`failed in ${where}`, { cause });
      },
      waitUntil: (promise) => pending.push(promise),
    });
    const bench: Bench = {
      triggers: new Triggers(desk),
      desk,
      asked,
      async answer() {
        open.shift()?.(FAILED);
        await new Promise((resolve) => setTimeout(resolve, 20));
      },
    };
    return work(bench);
  });
}

const notAsked = {
  item: async () => null,
  history: async () => null,
  putTerms: () => Promise.reject(new Error("not here")),
  deleteTerms: async () => null,
  addDemand: () => Promise.reject(new Error("not here")),
  putForecast: () => Promise.reject(new Error("not here")),
};

function aCall(currentStock: number, changes: Partial<TriggerCall> = {}): TriggerCall {
  return {
    schema: 1,
    item: { storeId: "main", productId: "SKU-1" },
    trigger: { currentStock, safetyStock: 5, onOrder: null, backordered: 0, terms: {}, notes: null, occurredAt: null },
    idempotency: null,
    waitMs: 0,
    arrivedAt: Date.now(),
    requestId: null,
    sender: "test",
    origin: "http://localhost:8787",
    ...changes,
  };
}

const workflowOf = (answer: TriggerAnswer) => {
  if (answer.kind !== "workflow") throw new Error(answer.reason);
  return answer.workflow;
};

describe("while an adviser is being asked", () => {
  it("a caller that will not wait gets the running workflow, which is on disk", async () => {
    await withItem(async ({ triggers, desk }) => {
      const workflow = workflowOf(await triggers.handle(aCall(10)));
      expect(workflow.status).toBe("running");
      expect(desk.journal.read(workflow.seq)).toMatchObject({ status: "running" });
    });
  });

  it("a caller that waits gets the decision", async () => {
    await withItem(async ({ triggers, answer }) => {
      const waiting = triggers.handle(aCall(10, { waitMs: 5_000 }));
      await new Promise((resolve) => setTimeout(resolve, 20));
      await answer();
      expect(workflowOf(await waiting).decision).toMatchObject({ decidedBy: "fallback", fallback: true });
    });
  });

  it("the newest waiting trigger supersedes those that waited before it, and is run next", async () => {
    await withItem(async ({ triggers, desk, asked, answer }) => {
      const [first, second, third, fourth] = [
        workflowOf(await triggers.handle(aCall(10))),
        workflowOf(await triggers.handle(aCall(9))),
        workflowOf(await triggers.handle(aCall(8))),
        workflowOf(await triggers.handle(aCall(7))),
      ];
      const statuses = () => [first, second, third, fourth].map(({ seq }) => desk.journal.read(seq)!.status);
      expect(statuses()).toEqual(["running", "superseded", "superseded", "running"]);
      expect(desk.journal.read(second.seq)!.supersededBy).toBe(third.id);
      expect(asked).toEqual([first.id]);
      await answer();
      expect(asked).toEqual([first.id, fourth.id]);
      await answer();
      expect(statuses().filter((status) => status === "running")).toEqual([]);
      expect(desk.journal.open.length).toBeLessThanOrEqual(1);
    });
  });

  it("a trigger with an older count is superseded at once", async () => {
    await withItem(async ({ triggers }) => {
      const first = workflowOf(await triggers.handle(aCall(10)));
      const late = aCall(3);
      const older = workflowOf(await triggers.handle({ ...late, trigger: { ...late.trigger, occurredAt: T0 - 1_000 } }));
      expect(older).toMatchObject({ status: "superseded", supersededBy: first.id });
    });
  });

  it("a restarted object asks again and ends what it had accepted, with no further traffic", async () => {
    const seq = await withItem(async ({ triggers }) => workflowOf(await triggers.handle(aCall(10))).seq);
    await withItem(async ({ triggers, desk, asked, answer }) => {
      expect(desk.nextDue()).toBeLessThanOrEqual(Date.now() + 1_000);
      await triggers.resume();
      expect(asked).toHaveLength(1);
      await answer();
      expect(desk.journal.read(seq)!.status).not.toBe("running");
    });
  });
});
