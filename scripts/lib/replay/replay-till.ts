/** A store's till: posts each evening's count, some of them twice at once, as one with bad reception does. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { StockwardenError, type Stockwarden, type Trigger, type Workflow } from "../../../src/client/client.ts";
import type { ItemLedger } from "./replay-ledger.ts";

/** The evening count, when the day's sales are known. */
const COUNTED_AT = "20:00:00";
const REPEAT_EVERY = 20;
const RUNNING_POLL_MS = 50;

export interface CountedItem {
  readonly productId: string;
  readonly ledger: ItemLedger;
  readonly safetyStock: number;
}

export class Till {
  repeats = 0;
  /** Of each post that was not repeated. */
  readonly latenciesMs: number[] = [];
  readonly #client: Stockwarden;
  readonly #storeId: string;
  readonly #faults: string[];
  #posts = 0;

  constructor(client: Stockwarden, storeId: string, faults: string[]) {
    this.#client = client;
    this.#storeId = storeId;
    this.#faults = faults;
  }

  /** The count of an evening, and the workflow once it is decided or waits for a person. */
  async post(item: CountedItem, date: string): Promise<Workflow> {
    const trigger = {
      product_id: item.productId,
      store_id: this.#storeId,
      current_stock: item.ledger.onHand,
      safety_stock_level: item.safetyStock,
      occurred_at: `${date}T${COUNTED_AT}Z`,
      backfill: true,
    };
    // A name of 27 kanji is longer than a key may be, once it is encoded.
    const key = createHash("sha256").update(`${date} ${item.productId}`).digest("hex");
    this.#posts += 1;
    if (this.#posts % REPEAT_EVERY === 0) await this.#postTwin(trigger, key, `${date} ${item.productId}`);
    const began = performance.now();
    const workflow = await this.#client.trigger(trigger, { idempotencyKey: key });
    if (this.#posts % REPEAT_EVERY !== 0) this.latenciesMs.push(performance.now() - began);
    return this.#untilDecided(workflow);
  }

  /** Two at once; the post that follows is then the third, and all of them must be the same workflow. */
  async #postTwin(trigger: Trigger, key: string, what: string): Promise<void> {
    this.repeats += 1;
    const send = () => workflowIdOf(this.#client.trigger(trigger, { idempotencyKey: key }));
    const answers = await Promise.all([send(), send()]);
    const ids = new Set([...answers, await send()].filter((id) => id !== STILL_DECIDING));
    if (ids.size !== 1)
      this.#faults.push(`[repeat decided] ${what}: a repeated post was answered with ${[...ids].join(", ")}`);
  }

  async #untilDecided(workflow: Workflow): Promise<Workflow> {
    let current = workflow;
    while (current.status === "running") {
      await sleep(RUNNING_POLL_MS);
      current = await this.#client.workflow(workflow.workflow_id);
    }
    return current;
  }
}

/** 409 to a repeated post: the first one is still being decided. */
const STILL_DECIDING = "409";

async function workflowIdOf(answer: Promise<Workflow>): Promise<string> {
  try {
    return (await answer).workflow_id;
  } catch (error) {
    if (error instanceof StockwardenError) return String(error.status);
    throw error;
  }
}
