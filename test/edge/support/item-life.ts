/**
 * One item on real storage, with an adviser that answers when the test says so: what the object does while a
 * model thinks, and what its next life finds after a crash.
 */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { ItemDeps } from "../../../src/item/deps.ts";
import { Item } from "../../../src/item/item.ts";
import type { TriggerCall } from "../../../src/item/trigger-call.ts";
import { Triggers } from "../../../src/item/triggers.ts";
import type { Deliverer } from "../../../src/review/deliverer.ts";
import type { Adviser, AdviceRequest } from "../../../src/adviser/adviser.ts";
import { judgeAgain } from "../../../src/adviser/words/judge.ts";
import { parseSettings } from "../../../src/config/settings.ts";
import type { AdviceOutcome, AdviceRecord } from "../../../src/workflow/advice/advice.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { UNKNOWN_WORLD } from "../../../src/world/types.ts";
import { DAY_MS } from "../../../src/shared/durations.ts";

export { DAY_MS } from "../../../src/shared/durations.ts";

/** Of the item that lives here: a record is read back under its workflow's id. */
export const OBJECT_ID = "f".repeat(64);
export const T0 = Date.UTC(2040, 2, 1, 6);
export const DEADLINE_MS = 60_000;

/** With no channel configured there is nobody to tell. */
const silentDeliverer: Deliverer = {
  plan: () => [],
  attempt: async (_workflow, delivery) => ({ ...delivery, status: "dropped" }),
};

/** An adviser whose answers the test gives, when it wants to. */
class HeldAdviser implements Adviser {
  readonly model = "held";
  readonly asked: AdviceRequest[] = [];
  readonly #answers: ((outcome: AdviceOutcome) => void)[] = [];

  advise(request: AdviceRequest): Promise<AdviceOutcome> {
    this.asked.push(request);
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  /** Answers the latest request with a tenth more than its baseline. */
  async answer(changes: Partial<AdviceRecord> = {}): Promise<void> {
    const record = aRecord(changes);
    const request = this.asked.at(-1)!;
    this.#answers.at(-1)!(
      record.outcome === "advice"
        ? judgeAgain(record, request, null)
        : { kind: "failed", failure: record.outcome, record },
    );
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
    reply: aReply(),
    tries: ["advice"],
    ...changes,
  };
}

/** A model's words as they come over the wire: a tenth more than the baseline, unless changed. */
export function aReply(changes: Record<string, unknown> = {}): string {
  const reply = {
    product_id: "SKU-1",
    proposal: "multiplier",
    multiplier: 1.1,
    quantity: null,
    direction: "raise",
    event: null,
  };
  return JSON.stringify({ ...reply, evidence: ["notes"], reason: "A fair is near.", doubt: 0.1, ...changes });
}

/** Promises that are ready are done. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export interface Life {
  readonly item: Item;
  readonly triggers: Triggers;
  readonly adviser: HeldAdviser;
  /** Lets the next load of the inputs hang until it is called. */
  holdInputs(): () => void;
}

/**
 * One life of the item's object on storage that survives it, and after a crash the next one; `changes` replace what it
 * needs of the world.
 */
export function aLife(storage: DurableObjectStorage, startedAt = T0, changes: Partial<ItemDeps> = {}): Life {
  const adviser = new HeldAdviser();
  let gate: Promise<void> = Promise.resolve();
  const settings = parseSettings({
    API_KEY: "k",
    OPENAI_BASE_URL: "https://models.example/v1",
    CONFIDENCE_THRESHOLD: "0",
    LLM_DEADLINE_MS: String(DEADLINE_MS),
  });
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
  const firstDay = Math.floor(T0 / DAY_MS) - 60;
  const deps: ItemDeps = {
    objectId: OBJECT_ID,
    settings: settings.settings,
    inputs: {
      loadForDecision: async () => {
        await gate;
        return {
          stored: { inputsVersion: 0, terms: {} },
          history: {
            firstDay,
            startDate: "2040-01-01",
            units: Array.from({ length: 60 }, (_, day) => 10 + (day % 3)),
            inStock: Array.from({ length: 60 }, () => true),
          },
        };
      },
      forecast: async () => null,
    } as Partial<ItemDeps["inputs"]> as ItemDeps["inputs"],
    worldOf: async () => UNKNOWN_WORLD,
    purchaseObjectOf: () => "e".repeat(64),
    tellPurchaseOrder: async () => ({ kind: "taken" }),
    cache: { get: async () => undefined, put: async () => undefined },
    project: async () => undefined,
    adviser,
    deliverer: silentDeliverer,
    now: () => startedAt,
    elapsed: () => 0,
    onCommitted: () => undefined,
    onFailure: (where, cause) => {
      throw new Error(where, { cause });
    },
    waitUntil: (work) => void work.catch(() => undefined),
    ...changes,
  };
  const item = new Item(storage, deps);
  return {
    item,
    triggers: new Triggers(item),
    adviser,
    holdInputs() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      item.knowledge.inputs.forget();
      return resolve;
    },
  };
}

export function aCall(changes: { stock?: number; occurredAt?: number } = {}): TriggerCall {
  return {
    schema: 1,
    item: { storeId: "main", productId: "SKU-1" },
    trigger: {
      currentStock: changes.stock ?? 20,
      safetyStock: 10,
      onOrder: null,
      backordered: 0,
      terms: {},
      notes: "A fair is near",
      occurredAt: changes.occurredAt ?? null,
    },
    idempotency: null,
    waitMs: 0,
    arrivedAt: T0,
    requestId: null,
    sender: { principal: "key:till", label: "till" },
    origin: "http://localhost:8787",
  };
}

export async function send(life: Life, changes: Parameters<typeof aCall>[0] = {}): Promise<Workflow> {
  const answer = await life.triggers.handle(aCall(changes));
  if (answer.kind !== "workflow") throw new Error(answer.reason);
  return answer.workflow;
}

/** Runs in an object's storage; objects of the class itself are not involved. */
export function onDisk(test: (storage: DurableObjectStorage) => Promise<void>): () => Promise<void> {
  return () => runInDurableObject(env.ITEM.getByName("asking"), (_, state) => test(state.storage));
}
