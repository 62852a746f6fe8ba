/**
 * Stockwarden up to its answer: the item's first projection never finishes, so later ones wait. The parts left out
 * are measured separately: delivery, and the whole Worker with its simulators.
 */
import type { Env } from "../../src/env.ts";
import worker, { ItemObject as Item } from "./delivery.worker.ts";

export * from "../../src/index.ts";

/** Longer than any measurement. (A promise that nothing will ever settle is cut off by workerd.) */
const HELD_MS = 3_600_000;

const holding = { getByName: () => ({ push: () => scheduler.wait(HELD_MS) }) } as unknown as Env["COLLECTOR"];

const held = new WeakMap<Env, Env>();

/** One for each real one, as the platform gives every object the same: settings and telemetry are kept by it. */
function withHolding(env: Env): Env {
  const made = held.get(env) ?? { ...env, COLLECTOR: holding };
  held.set(env, made);
  return made;
}

export class ItemObject extends Item {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, withHolding(env));
  }
}

export default worker;
