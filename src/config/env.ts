/** The Worker's environment: bindings typed by hand-kept names of `wrangler.toml`, settings as raw text. */
import type { ItemObject } from "../item/item-object.ts";
import type { LlmBudget } from "../adviser/budget-object.ts";
import type { CollectorObject } from "../projection/collector.ts";

export interface Env {
  readonly ITEM: DurableObjectNamespace<ItemObject>;
  readonly COLLECTOR: DurableObjectNamespace<CollectorObject>;
  /** An `itty-durable` object, called by `circuitDoor` (reasoning/workers-adviser.ts). */
  readonly CIRCUIT: DurableObjectNamespace;
  readonly BUDGET: DurableObjectNamespace<LlmBudget>;
  readonly DB: D1Database;
  /** A PostgreSQL in the place of D1, unless there is none (docs/postgresql.md). */
  readonly HYPERDRIVE?: Hyperdrive;
  readonly CACHE: KVNamespace;
  readonly LIMITER: RateLimit;
  readonly LIMITER_BULK: RateLimit;
  readonly AUTH_LIMITER: RateLimit;
  readonly EMAIL?: SendEmail;
  /** Workers Analytics Engine, off unless bound (docs/operations.md). */
  readonly ANALYTICS?: AnalyticsEngineDataset;
}
