/**
 * An environment whose D1, KV and rate limits answer at once in the isolate. On the platform these run beside the Worker
 * and cost it nothing but the call; locally they are simulator Workers in the same process, whose CPU would be counted as
 * the Worker's. What they add is seen by comparing with the whole Worker.
 */
import type { Env } from "../../src/env.ts";
import { historyOf, itemIndex } from "../workload.ts";

const unlimited: RateLimit = { limit: async () => ({ success: true }) };

const empty = { get: async () => null, put: async () => undefined } as unknown as KVNamespace;

const environments = new WeakMap<Env, Env>();

export function withoutSimulators(env: Env): Env {
  const known = environments.get(env);
  if (known !== undefined) return known;
  const made: Env = {
    ...env,
    LIMITER: unlimited,
    LIMITER_BULK: unlimited,
    AUTH_LIMITER: unlimited,
    CACHE: empty,
    DB: new StatementTaker() as unknown as D1Database,
  };
  environments.set(env, made);
  return made;
}

/** Takes every write, and answers the one read of the request path: an item's demand, as `load-demand.ts` would store it. */
class StatementTaker {
  prepare(query: string): Statement {
    return new Statement(query);
  }

  async batch(statements: readonly Statement[]): Promise<{ results: unknown[] }[]> {
    return statements.map((statement) => ({ results: statement.rows() }));
  }
}

class Statement {
  readonly #query: string;
  #bound: readonly unknown[] = [];

  constructor(query: string) {
    this.#query = query;
  }

  bind(...values: unknown[]): this {
    this.#bound = values;
    return this;
  }

  rows(): unknown[] {
    if (!this.#query.includes("FROM demand")) return [];
    const { firstDay, units } = historyOf(itemIndex(String(this.#bound[1])), Date.now());
    return units.map((sold, index) => ({ day: firstDay + index, units: sold, in_stock: 1 })).toReversed();
  }

  async all(): Promise<{ results: unknown[] }> {
    return { results: this.rows() };
  }

  async first(): Promise<unknown> {
    return this.rows()[0] ?? null;
  }

  async run(): Promise<{ results: unknown[] }> {
    return { results: [] };
  }
}
