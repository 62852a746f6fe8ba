/**
 * What the item knows about its store: a slice of the store's world, kept in memory under its version. A trigger brings
 * the version that it must be decided on, so a warm item makes no call. Alarms bring none, so the slice is asked for
 * again after FRESH_MS; a verdict always asks.
 */
import type { ItemIdentity } from "../../storage/identity.ts";
import { UNKNOWN_WORLD, type WorldSlice } from "../../world/types.ts";

/** As long as isolates keep a version. */
const FRESH_MS = 20_000;
/** After a failed call the store's object is left alone for this long, and the known slice is used. */
const RETRY_AFTER_FAILURE_MS = 5_000;

export interface StoreKnowledgeDeps {
  readonly ask: (item: ItemIdentity, supplierId: string | null) => Promise<WorldSlice>;
  readonly now: () => number;
  readonly onFailure: (cause: unknown) => void;
}

export class StoreKnowledge {
  readonly #deps: StoreKnowledgeDeps;
  #slice: WorldSlice = UNKNOWN_WORLD;
  #supplierId: string | null = null;
  #askedAt = -Infinity;
  /** After a failure, no call is made before this moment. */
  #quietUntil = -Infinity;

  constructor(deps: StoreKnowledgeDeps) {
    this.#deps = deps;
  }

  /** Replaced as a whole when it changes, so derived values can be cached by it. */
  get slice(): WorldSlice {
    return this.#slice;
  }

  /**
   * True when the slice may be decided on without asking.
   *
   * @param version what the caller knows of the store: 0 = nobody said anything; undefined = the caller does not know.
   */
  isFresh(version: number | undefined, supplierId: string | null): boolean {
    const now = this.#deps.now();
    if (now < this.#quietUntil) return true;
    if (version === undefined) return supplierId === this.#supplierId && now - this.#askedAt < FRESH_MS;
    if (version === 0 && this.#slice.version === 0) return true;
    return version <= this.#slice.version && supplierId === this.#supplierId;
  }

  /** Takes the slice that the store's object sent. */
  hear(slice: WorldSlice, supplierId: string | null, askedAt = this.#deps.now()): void {
    // Answers may arrive out of order: an older version changes nothing.
    if (slice.version < this.#slice.version) return;
    if (slice.version !== this.#slice.version || supplierId !== this.#supplierId) this.#slice = slice;
    this.#supplierId = supplierId;
    this.#askedAt = askedAt;
  }

  /** Never rejects: when the store's object cannot be reached, the known slice is used. */
  async refresh(item: ItemIdentity, supplierId: string | null): Promise<void> {
    const askedAt = this.#deps.now();
    try {
      const slice = await this.#deps.ask(item, supplierId);
      this.hear(slice, supplierId, askedAt);
    } catch (cause) {
      this.#quietUntil = askedAt + RETRY_AFTER_FAILURE_MS;
      this.#deps.onFailure(cause);
    }
  }
}
