/** The storage on D1. */
import type { Storage } from "../storage-interface.ts";
import { d1AnsweredRequests } from "./answered-requests.ts";
import { d1Keys } from "./api-keys.ts";
import { d1AuditTrails } from "./audit-trails.ts";
import { d1Counters } from "./counters.ts";
import { d1DisabledEndpoints } from "./disabled-endpoints.ts";
import { d1ItemDirectory } from "./item-directory.ts";
import { d1ItemInputs } from "./item-inputs.ts";
import { d1PurchaseLog } from "./purchase-log.ts";
import { d1Retention } from "./retention.ts";
import { d1ReviewQueue } from "./review-queue.ts";
import { d1SalesStore } from "./sales-store.ts";
import { d1Sessions } from "./sessions.ts";
import { d1WorkflowLog } from "./workflow-log.ts";
import { d1WorldStore } from "./world-store.ts";

export function d1Storage(db: D1Database): Storage {
  return {
    kind: "d1",
    workflows: d1WorkflowLog(db),
    queue: d1ReviewQueue(db),
    trails: d1AuditTrails(db),
    inputs: d1ItemInputs(db),
    directory: d1ItemDirectory(db),
    keys: d1Keys(db),
    counters: d1Counters(db),
    endpoints: d1DisabledEndpoints(db),
    purchases: d1PurchaseLog(db),
    retention: d1Retention(db),
    requests: d1AnsweredRequests(db),
    sales: d1SalesStore(db),
    sessions: d1Sessions(db),
    world: d1WorldStore(db),
    async ping() {
      await db.prepare("SELECT count(*) FROM items WHERE store_id = ''").first();
    },
  };
}
