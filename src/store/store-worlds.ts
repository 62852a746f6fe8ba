/**
 * An isolate's memory of the version of each store's world that a trigger must be decided on. The store's object is
 * asked at most every 20 s, and "nothing is said of this store" is remembered like any other answer.
 */
import type { StoreBindings } from "./bindings.ts";
import type { StoreObject } from "./store-object.ts";
import type { StoreVersions } from "./store-versions.ts";
import { inTime } from "../shared/waiting/in-time.ts";
import { oncePerEnv } from "../shared/once-per-env.ts";

/** A change reaches every trigger within 60 s: this, plus twice the time that a call may take. */
const KEPT_MS = 20_000;
/** Stores an isolate remembers; the oldest entries are dropped first. */
const MOST_STORES = 10_000;

interface Known {
  readonly versions: StoreVersions;
  readonly until: number;
}

export class StoreWorlds {
  readonly #ask: (storeId: string) => Promise<StoreVersions>;
  readonly #known = new Map<string, Known>();
  #forgotten = 0;

  constructor(ask: (storeId: string) => Promise<StoreVersions>) {
    this.#ask = ask;
  }

  /**
   * Undefined when the store's object cannot be reached: the item then uses what it knows. Requests share known answers
   * but never a call under way, since workerd does not let one request wait for another's promise.
   */
  async versions(storeId: string, now: number): Promise<StoreVersions | undefined> {
    const known = this.#known.get(storeId);
    if (known !== undefined && now < known.until) return known.versions;
    const forgotten = this.#forgotten;
    try {
      const versions = await this.#ask(storeId);
      // An answer from before a change is not kept.
      if (forgotten === this.#forgotten) this.#keep(storeId, { versions, until: now + KEPT_MS });
      return versions;
    } catch {
      return undefined;
    }
  }

  /** A change was made through this isolate: the next trigger here uses it at once. */
  forget(): void {
    this.#forgotten++;
    this.#known.clear();
  }

  #keep(storeId: string, known: Known): void {
    this.#known.delete(storeId);
    this.#known.set(storeId, known);
    if (this.#known.size > MOST_STORES) this.#known.delete(this.#known.keys().next().value!);
  }
}

export const storeWorldsOf: (env: StoreBindings) => StoreWorlds = oncePerEnv(
  (env: StoreBindings) => new StoreWorlds(async (storeId) => inTime(storeObject(env, storeId).versions(storeId))),
);

export function storeObject(env: StoreBindings, storeId: string): DurableObjectStub<StoreObject> {
  return env.STORE.getByName(storeId);
}
