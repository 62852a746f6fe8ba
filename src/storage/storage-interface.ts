/**
 * Interface of everything that is stored across items. D1 and PostgreSQL implement it, and keep the same promises: a
 * projection never goes backwards and is counted once (I1), an upload raises its item's version in the same
 * transaction, and an error of the database says so in its message, whichever object it passes through.
 */
import type { AnsweredRequests } from "./answered-requests.ts";
import type { KeyStore } from "./api-keys.ts";
import type { AuditTrails } from "./audit-trails.ts";
import type { CounterStore } from "../metrics/counter-store.ts";
import type { DisabledEndpoints } from "./disabled-endpoints.ts";
import type { ItemDirectory } from "./items/item-directory.ts";
import type { ItemInputStore } from "./item-inputs.ts";
import type { PurchaseLog } from "./purchase-log.ts";
import type { Retention } from "./retention.ts";
import type { ReviewQueue } from "./review-queue.ts";
import type { SalesStore } from "./sales-store.ts";
import type { SessionStore } from "./people/session-store.ts";
import type { WorkflowLog } from "./workflow-log.ts";
import type { WorldStore } from "./world-store.ts";

export interface Storage {
  readonly kind: "d1" | "postgresql";
  readonly workflows: WorkflowLog;
  readonly queue: ReviewQueue;
  readonly trails: AuditTrails;
  readonly inputs: ItemInputStore;
  readonly directory: ItemDirectory;
  readonly keys: KeyStore;
  readonly counters: CounterStore;
  readonly endpoints: DisabledEndpoints;
  readonly purchases: PurchaseLog;
  readonly retention: Retention;
  readonly requests: AnsweredRequests;
  readonly sales: SalesStore;
  readonly sessions: SessionStore;
  readonly world: WorldStore;
  /** Rejects while the database cannot be asked, or has not been migrated. */
  ping(): Promise<void>;
}
