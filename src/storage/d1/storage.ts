/** The storage on D1. Parts that no trigger needs for its answer are loaded by their first call. */
import { lazily } from "../../shared/lazily.ts";
import type { Storage } from "../storage-interface.ts";
import { d1Keys } from "./api-keys.ts";
import { d1ItemInputs } from "./item-inputs.ts";

export function d1Storage(db: D1Database): Storage {
  return {
    kind: "d1",
    workflows: lazily(async () => (await import("./workflow-log.ts")).d1WorkflowLog(db)),
    queue: lazily(async () => (await import("./review-queue.ts")).d1ReviewQueue(db)),
    trails: lazily(async () => (await import("./audit-trails.ts")).d1AuditTrails(db)),
    inputs: d1ItemInputs(db),
    directory: lazily(async () => (await import("./item-directory.ts")).d1ItemDirectory(db)),
    keys: d1Keys(db),
    counters: lazily(async () => (await import("./counters.ts")).d1Counters(db)),
    endpoints: lazily(async () => (await import("./disabled-endpoints.ts")).d1DisabledEndpoints(db)),
    purchases: lazily(async () => (await import("./purchase-log.ts")).d1PurchaseLog(db)),
    retention: lazily(async () => (await import("./retention.ts")).d1Retention(db)),
    requests: lazily(async () => (await import("./answered-requests.ts")).d1AnsweredRequests(db)),
    sales: lazily(async () => (await import("./sales-store.ts")).d1SalesStore(db)),
    sessions: lazily(async () => (await import("./sessions.ts")).d1Sessions(db)),
    world: lazily(async () => (await import("./world-store.ts")).d1WorldStore(db)),
    async ping() {
      await db.prepare("SELECT count(*) FROM items WHERE store_id = ''").first();
    },
  };
}
