/**
 * When a store's snapshot may be trusted: until a known change, and for an hour at most, which covers a change whose
 * call was lost. After a failed load the known snapshot answers for a moment, and the database is left alone.
 */
import type { StoreWorld } from "../world/types.ts";
import type { SnapshotRows } from "./snapshot-rows.ts";
import { NOTHING_KNOWN, renewed } from "./store-snapshot.ts";
import { HOUR_MS } from "../shared/durations.ts";

/** Like the limit on an item's inputs. */
const TRUSTED_MS = HOUR_MS;
const RETRY_AFTER_FAILURE_MS = 5_000;

export interface SnapshotSource {
  /** From now on the store is told of changes that concern every store. */
  register(storeId: string): Promise<void>;
  load(storeId: string): Promise<Omit<StoreWorld, "version">>;
  onLoaded(world: StoreWorld, storeId: string): Promise<void>;
  onFailure(cause: unknown, storeId: string): void;
}

export class FreshSnapshot {
  readonly #rows: SnapshotRows;
  readonly #source: SnapshotSource;
  #world: StoreWorld = NOTHING_KNOWN;
  /** A known change is not loaded yet. */
  #stale = true;
  #uploads = 0;
  #validUntil = 0;
  #loading: Promise<void> | null = null;
  #isRegistered = false;
  /** Since the object was opened: a load that a change overtakes is made again. */
  #changes = 0;

  constructor(rows: SnapshotRows, source: SnapshotSource) {
    this.#rows = rows;
    this.#source = source;
    const kept = rows.read();
    if (kept === null) return;
    this.#isRegistered = true;
    this.#world = kept.world;
    this.#stale = kept.stale;
    this.#uploads = kept.uploads;
    if (!kept.stale) this.#validUntil = Date.now() + TRUSTED_MS;
  }

  /** As it was last loaded; it may be old. */
  get known(): StoreWorld {
    return this.#world;
  }

  /** Bulk uploads so far: each item reads its own inputs again at its next trigger. */
  get uploads(): number {
    return this.#uploads;
  }

  async read(storeId: string): Promise<StoreWorld> {
    while (Date.now() >= this.#validUntil) {
      this.#loading ??= this.#load(storeId).finally(() => (this.#loading = null));
      await this.#loading;
    }
    return this.#world;
  }

  /** The database differs from the snapshot; the next answer uses the new data. */
  forget(): void {
    this.#changes++;
    this.#validUntil = 0;
    this.#loading = null;
    if (this.#stale) return;
    this.#stale = true;
    this.#keep();
  }

  countUpload(): void {
    this.#uploads++;
    this.#keep();
  }

  async #load(storeId: string): Promise<void> {
    const changes = this.#changes;
    try {
      // Before the load: a later change that this load misses is then sent to this store.
      if (!this.#isRegistered) await this.#source.register(storeId);
      this.#isRegistered = true;
      const loaded = await this.#source.load(storeId);
      if (changes !== this.#changes) return;
      const world = renewed(this.#world, loaded);
      const isKept = world === this.#world && !this.#stale;
      this.#world = world;
      this.#stale = false;
      if (!isKept) this.#keep();
      this.#validUntil = Date.now() + TRUSTED_MS;
      await this.#source.onLoaded(world, storeId);
    } catch (error) {
      this.#source.onFailure(error, storeId);
      if (changes === this.#changes) this.#validUntil = Date.now() + RETRY_AFTER_FAILURE_MS;
    }
  }

  #keep(): void {
    this.#rows.write({ world: this.#world, stale: this.#stale, uploads: this.#uploads });
  }
}
