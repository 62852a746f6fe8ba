/**
 * The object of one store: owns the versioned snapshot of what concerns its items (store, suppliers, events, season).
 * Routes write the database and then call `changed`; isolates ask for the version, items for their slice. An answer reads
 * the database only after a change, or when the snapshot is so old that a lost call might be behind it.
 *
 * The store's id comes with each call; `ctx.id.name` is not relied on.
 */
import { DurableObject } from "cloudflare:workers";
import type { StorageBindings } from "../storage/bindings.ts";
import { storageOf } from "../storage/storage.ts";
import { reportCalls } from "../telemetry/report-calls.ts";
import { telemetryOf } from "../telemetry/telemetry.ts";
import { errorFields } from "../telemetry/log.ts";
import { sliceOf } from "../world/slice.ts";
import type { StoreWorld, WorldSlice } from "../world/types.ts";
import { Learner } from "./learner.ts";
import { NOTHING_KNOWN, renewed } from "./snapshot.ts";
import { SnapshotRows } from "./snapshot-rows.ts";

/** Covers a change whose call was lost, as an item's own inputs do. */
const TRUSTED_MS = 3_600_000;
/** After a failed load the database is left alone for this long; what is known answers. */
const RETRY_AFTER_FAILURE_MS = 5_000;

/** What a trigger must be decided on; 0 = nothing was ever said, or uploaded for many items at once. */
export interface StoreVersions {
  readonly world: number;
  readonly uploads: number;
}

export class StoreObject extends DurableObject<StorageBindings> {
  static {
    reportCalls(this);
  }

  readonly #rows: SnapshotRows;
  readonly #learner: Learner;
  #world: StoreWorld = NOTHING_KNOWN;
  /** A change was heard of that is not loaded yet. */
  #stale: boolean;
  #uploads: number;
  #validUntil = 0;
  #loading: Promise<void> | null = null;
  /** Changes heard of in this life. */
  #changes = 0;

  constructor(ctx: DurableObjectState, env: StorageBindings) {
    super(ctx, env);
    this.#rows = new SnapshotRows(ctx.storage);
    this.#learner = new Learner(ctx.storage, env);
    const kept = this.#rows.read();
    this.#stale = kept?.stale ?? true;
    this.#uploads = kept?.uploads ?? 0;
    if (kept === null) return;
    this.#world = kept.world;
    if (!kept.stale) this.#validUntil = Date.now() + TRUSTED_MS;
  }

  async versions(storeId: string): Promise<StoreVersions> {
    const { version } = await this.#fresh(storeId);
    return { world: version, uploads: this.#uploads };
  }

  async slice(storeId: string, productId: string, supplierId: string | null): Promise<WorldSlice> {
    return sliceOf(await this.#fresh(storeId), productId, supplierId);
  }

  async world(storeId: string): Promise<StoreWorld> {
    return this.#fresh(storeId);
  }

  /** The database holds something else than the snapshot: the next answer knows it. */
  async changed(): Promise<void> {
    this.#learner.note();
    this.#forget();
  }

  #forget(): void {
    this.#changes++;
    this.#validUntil = 0;
    this.#loading = null;
    if (this.#stale) return;
    this.#stale = true;
    this.#keep();
  }

  /** Inputs of many items were uploaded at once: each reads its own again at its next trigger. */
  async uploaded(): Promise<void> {
    this.#uploads++;
    this.#keep();
    this.#learner.note();
  }

  /** Sales of one item changed; the item heard of it by itself. */
  async salesChanged(): Promise<void> {
    this.#learner.note();
  }

  /** Learns the season and measures events where there is something new; a sweep calls. True when anything was learned. */
  async learn(storeId: string): Promise<boolean> {
    const isLearned = await this.#learner.learn(storeId, await this.#fresh(storeId), Date.now());
    if (isLearned) this.#forget();
    return isLearned;
  }

  /** Goes on with what one call could not finish; a sweep would go on as well. */
  override async alarm(): Promise<void> {
    const { storeId } = this.#learner;
    if (storeId === null) return;
    try {
      await this.learn(storeId);
    } catch (error) {
      telemetryOf(this.env).log.warn("season_not_learned", { store_id: storeId, ...errorFields(error) });
    }
  }

  #keep(): void {
    this.#rows.write({ world: this.#world, stale: this.#stale, uploads: this.#uploads });
  }

  async #fresh(storeId: string): Promise<StoreWorld> {
    while (Date.now() >= this.#validUntil) {
      this.#loading ??= this.#load(storeId).finally(() => (this.#loading = null));
      await this.#loading;
    }
    return this.#world;
  }

  async #load(storeId: string): Promise<void> {
    const changes = this.#changes;
    try {
      const loaded = await storageOf(this.env).world.ofStore(storeId);
      if (changes !== this.#changes) return;
      const world = renewed(this.#world, loaded);
      const isKept = world === this.#world && !this.#stale;
      this.#world = world;
      this.#stale = false;
      if (!isKept) this.#keep();
      this.#validUntil = Date.now() + TRUSTED_MS;
    } catch (error) {
      telemetryOf(this.env).log.warn("world_not_loaded", { store_id: storeId, ...errorFields(error) });
      if (changes === this.#changes) this.#validUntil = Date.now() + RETRY_AFTER_FAILURE_MS;
    }
  }
}
