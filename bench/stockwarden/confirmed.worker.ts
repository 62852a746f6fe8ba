/**
 * Stockwarden up to its answer, for items that are idle in between: projections are taken at once and go nowhere. Held
 * back, as on the request path, they would keep the objects open.
 */
import type { Env } from "../../src/env.ts";
import worker, { ItemObject as Item } from "./delivery.worker.ts";
import { withCollector } from "./with-collector.ts";

export * from "../../src/index.ts";

const withTaking = withCollector(async () => undefined);

export class ItemObject extends Item {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, withTaking(env));
  }
}

export default worker;
