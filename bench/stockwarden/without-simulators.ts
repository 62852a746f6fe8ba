/**
 * An environment whose D1, KV and rate limits answer at once in the isolate. On the platform these run beside the
 * Worker and cost it nothing but the call; locally they are simulator Workers in the same process, whose CPU would be
 * counted as the Worker's. A comparison with the whole Worker shows what they add.
 */
import type { Env } from "../../src/env.ts";
import { headOf, packYears } from "../../src/world/sales/sales-storage.ts";
import { bookOf, itemIndex } from "../workload/workload.ts";

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

/**
 * Takes every write, and answers the one read of the request path: an item's sales, as `load-demand.ts` would store
 * them.
 */
class StatementTaker {
  prepare(query: string): Statement {
    return new Statement(query);
  }

  async batch(statements: readonly Statement[]): Promise<{ results: readonly unknown[] }[]> {
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

  rows(): readonly unknown[] {
    const wantsHead = this.#query.startsWith("SELECT inputs_version, terms, sales FROM items");
    const wantsYears = this.#query.startsWith("SELECT packed FROM sales");
    if (!wantsHead && !wantsYears) return [];
    const { head, years } = storedSales(itemIndex(String(this.#bound[1])));
    return wantsHead ? [{ inputs_version: 1, terms: null, sales: head }] : years;
  }

  async all(): Promise<{ results: readonly unknown[] }> {
    return { results: this.rows() };
  }

  async first(): Promise<unknown> {
    return this.rows()[0] ?? null;
  }

  async run(): Promise<{ results: unknown[] }> {
    return { results: [] };
  }
}

interface StoredSales {
  readonly head: string;
  readonly years: readonly { readonly packed: string }[];
}

const stored = new Map<number, StoredSales>();
/** Sales differ by five patterns. Each is made once, so that making them is not counted as the Worker's work. */
const PATTERNS = 5;

function storedSales(item: number): StoredSales {
  const pattern = item % PATTERNS;
  const known = stored.get(pattern);
  if (known !== undefined) return known;
  const book = bookOf(pattern, Date.now());
  const years = packYears(book).toReversed();
  const made = { head: JSON.stringify(headOf(book)), years: years.map((year) => ({ packed: JSON.stringify(year) })) };
  stored.set(pattern, made);
  return made;
}
