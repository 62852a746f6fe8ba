/**
 * Gathers the projections of many items briefly and writes them as one batch, so the database does not get one write a
 * decision. It stores nothing: an item keeps what was not confirmed and sends it again (I7), so a collector that dies
 * causes a delay but loses no row.
 */
import { DurableObject } from "cloudflare:workers";
import { databaseFailure, isDatabaseAway } from "../shared/database-away.ts";
import { noteFailure, telemetryOf } from "../telemetry/telemetry.ts";
import type { StorageBindings } from "../storage/bindings.ts";
import { storageOf } from "../storage/storage.ts";
import type { Projection } from "../storage/workflow-log.ts";

/** Schema of `Projection` in a call. During a rollout an item may run another release; it then sends again (I12). */
export const PROJECTION_SCHEMA = 1;
/**
 * How long the first projection of a batch waits for others: unnoticed by a person, and enough for a burst. It waits
 * shorter where the one before it came alone, since the item waits, too, and the time of both is billed.
 */
const GATHER_MS = 50;
const GATHER_LONE_MS = 5;
/** Rows a batch; with records of some 3 kB the statement's JSON stays below the 2 MB that D1 takes for one value. */
const BATCH_ROWS = 250;
/** Characters a batch, for the same limit: records that carry an adviser's facts and reply are ten times as long. */
const BATCH_CHARACTERS = 1_000_000;
/** How much longer JSON gets within JSON, and the characters outside the record. */
const ESCAPING = 1.3;
const BESIDE_RECORD_CHARACTERS = 800;
/** Collectors that share the work; an item always goes to the same one. */
const SHARDS = 4;

interface Waiting {
  readonly projections: readonly Projection[];
  readonly done: (error: Error | null) => void;
}

export class CollectorObject extends DurableObject<StorageBindings> {
  #waiting: Waiting[] = [];
  #isFlushing = false;
  #gatherMs = GATHER_LONE_MS;

  /**
   * Resolves when the database has committed every one of them; rejects when it has not, or when they are of another
   * release.
   */
  async push(schema: number, projections: readonly Projection[]): Promise<void> {
    if (schema !== PROJECTION_SCHEMA)
      throw new Error(`projections of schema ${schema} cannot be taken: send them again from this release`);
    const committed = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ projections, done: (error) => (error === null ? resolve() : reject(error)) });
    });
    if (!this.#isFlushing) void this.#flush();
    await committed;
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    await scheduler.wait(this.#gatherMs);
    let most = 0;
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      most = Math.max(most, batch.length);
      await this.#write(batch);
      // What came meanwhile is the beginning of a batch, as the first was.
      if (this.#waiting.length > 0 && !this.#isFull) await scheduler.wait(GATHER_MS);
    }
    this.#gatherMs = most > 1 ? GATHER_MS : GATHER_LONE_MS;
    this.#isFlushing = false;
  }

  /**
   * A refused batch is halved, so one refused row does not fail other items' rows. While the database is away, each
   * further batch could wait for as long, and more would gather: all who wait send again later.
   */
  async #write(batch: readonly Waiting[]): Promise<void> {
    const { workflows, counters } = storageOf(this.env);
    const rows = newestOnly(batch.flatMap((waiting) => waiting.projections));
    const startedAt = Date.now();
    try {
      await workflows.project(rows);
    } catch (cause) {
      const isAway = isDatabaseAway(cause);
      if (batch.length > 1 && !isAway) {
        const half = Math.ceil(batch.length / 2);
        await this.#write(batch.slice(0, half));
        await this.#write(batch.slice(half));
        return;
      }
      noteFailure(telemetryOf(this.env), "collector", cause, { origin: "rpc" }, { context: this.ctx, counters });
      const told = isAway ? [...batch, ...this.#waiting.splice(0)] : batch;
      for (const waiting of told) waiting.done(databaseFailure("the projections", cause));
      return;
    }
    telemetryOf(this.env).log.debug("projected", { rows: rows.length, latency_ms: Date.now() - startedAt });
    for (const waiting of batch) waiting.done(null);
  }

  /** No more fit into the next batch. */
  get #isFull(): boolean {
    return this.#waiting.reduce((rows, { projections }) => rows + projections.length, 0) >= BATCH_ROWS;
  }

  #take(): Waiting[] {
    let rows = 0;
    let characters = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      rows += waiting.projections.length;
      characters += waiting.projections.reduce((sum, projection) => sum + charactersOf(projection), 0);
      if (count > 0 && (rows > BATCH_ROWS || characters > BATCH_CHARACTERS)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}

function charactersOf({ record }: Projection): number {
  return BESIDE_RECORD_CHARACTERS + record.length * ESCAPING;
}

/** The collector of an item: its object id is a hash, so its first byte spreads items evenly. */
export function collectorOf(
  namespace: DurableObjectNamespace<CollectorObject>,
  objectId: string,
): DurableObjectStub<CollectorObject> {
  return namespace.getByName(`shard-${Number.parseInt(objectId.slice(0, 4), 16) % SHARDS}`);
}

/** Keeps the newest version of each key: one statement must not write a key twice in the wrong order. */
function newestOnly(projections: readonly Projection[]): Projection[] {
  const newest = new Map<string, Projection>();
  for (const projection of projections) {
    const known = newest.get(projection.id);
    if (known === undefined || known.version < projection.version) newest.set(projection.id, projection);
  }
  return [...newest.values()];
}
