/**
 * Everything that is kept across items, behind one door: D1, or PostgreSQL where the `HYPERDRIVE` binding is there
 * (docs/postgresql.md). Nothing outside this folder knows which.
 *
 * Both keep the same promises: a projection never goes backwards and is counted once (I1), an upload raises its item's
 * version in the same transaction, and an error of the database says so in its message, whichever object it passes through.
 */
import type { KeyStore } from "./api-keys.ts";
import type { AuditTrails } from "./audit-trails.ts";
import type { CounterStore } from "./counters.ts";
import type { StorageBindings } from "./bindings.ts";
import { d1Storage } from "./d1/storage.ts";
import type { DisabledEndpoints } from "./disabled-endpoints.ts";
import type { ItemInputStore } from "./item-inputs.ts";
import { postgresStorage } from "./postgres/storage.ts";
import type { Retention } from "./retention.ts";
import type { ReviewQueue } from "./review-queue.ts";
import type { WorkflowLog } from "./workflow-log.ts";
import type { WorldStore } from "./world-store.ts";

export interface Storage {
  readonly kind: "d1" | "postgresql";
  readonly workflows: WorkflowLog;
  readonly queue: ReviewQueue;
  readonly trails: AuditTrails;
  readonly inputs: ItemInputStore;
  readonly keys: KeyStore;
  readonly counters: CounterStore;
  readonly endpoints: DisabledEndpoints;
  readonly retention: Retention;
  readonly world: WorldStore;
  /** Rejects while the database cannot be asked, or has not been migrated. */
  ping(): Promise<void>;
}

/** Made once an environment; it holds no connection, so requests may share it. */
const madeOnce = new WeakMap<object, Storage>();

export function storageOf(env: StorageBindings): Storage {
  const known = madeOnce.get(env);
  if (known !== undefined) return known;
  const made = env.HYPERDRIVE === undefined ? d1Storage(env.DB) : postgresStorage(env.HYPERDRIVE);
  madeOnce.set(env, made);
  return made;
}
