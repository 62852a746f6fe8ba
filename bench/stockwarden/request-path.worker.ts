/**
 * Stockwarden up to its answer: the item's first projection never finishes, so later ones wait. The parts left out
 * are measured separately: delivery, and the whole Worker with its simulators.
 */
import type { Env } from "../../src/env.ts";
import worker, { ItemObject as Item } from "./delivery.worker.ts";
import { withCollector } from "./with-collector.ts";

export * from "../../src/index.ts";

/** Longer than any measurement. (A promise that nothing will ever settle is cut off by workerd.) */
const HELD_MS = 3_600_000;

const withHolding = withCollector(() => scheduler.wait(HELD_MS));

export class ItemObject extends Item {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, withHolding(env));
  }
}

export default worker;
