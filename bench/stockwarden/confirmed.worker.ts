/**
 * Stockwarden up to its answer, for items that are idle in between: projections are taken at once and go nowhere. Held
 * back, as on the request path, they would keep the objects open.
 */
import type { Env } from "../../src/env.ts";
import worker, { ItemObject as Item } from "./delivery.worker.ts";

export * from "../../src/index.ts";

const taking = { getByName: () => ({ push: async () => undefined }) } as unknown as Env["COLLECTOR"];

const taken = new WeakMap<Env, Env>();

/** One for each real one, as the platform gives every object the same: settings and telemetry are kept by it. */
function withTaking(env: Env): Env {
  const made = taken.get(env) ?? { ...env, COLLECTOR: taking };
  taken.set(env, made);
  return made;
}

export class ItemObject extends Item {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, withTaking(env));
  }
}

export default worker;
