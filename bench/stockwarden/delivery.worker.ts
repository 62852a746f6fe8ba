/** The request path and its delivery: projections are gathered and sent, to a database that takes them at once. */
import type { Env } from "../../src/env.ts";
import worker, { CollectorObject as Collector, ItemObject as Item, StoreObject as Store } from "../../src/index.ts";
import { withoutSimulators } from "./without-simulators.ts";

// All of its classes, but for those below.
export * from "../../src/index.ts";

export class ItemObject extends Item {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, withoutSimulators(env));
  }
}

export class CollectorObject extends Collector {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, withoutSimulators(env));
  }
}

export class StoreObject extends Store {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, withoutSimulators(env));
  }
}

export default {
  fetch: (request, env, ctx) => worker.fetch(request, withoutSimulators(env), ctx),
} satisfies ExportedHandler<Env>;
