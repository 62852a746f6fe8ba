/**
 * Stockwarden up to its answer: the collector takes projections and never says that it is done, so each item sends once
 * and then keeps what follows. What is taken out is measured apart: delivery, and the whole Worker with its simulators.
 */
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../src/env.ts";
import worker, { ItemObject } from "./delivery.worker.ts";

export * from "../../src/index.ts";
export { ItemObject };

/** Longer than any measurement. (A promise that nothing will ever settle is cut off by workerd.) */
const HELD_MS = 3_600_000;

export class CollectorObject extends DurableObject<Env> {
  async push(): Promise<void> {
    await scheduler.wait(HELD_MS);
  }
}

export default worker;
