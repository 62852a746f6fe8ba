/** The storage on PostgreSQL. */
import type { Storage } from "../storage-interface.ts";
import { postgresAnsweredRequests } from "./answered-requests.ts";
import { postgresKeys } from "./api-keys.ts";
import { postgresAuditTrails } from "./audit-trails.ts";
import { runOn, type Door } from "./client.ts";
import { postgresCounters } from "./counters.ts";
import { postgresDisabledEndpoints } from "./disabled-endpoints.ts";
import { postgresItemDirectory } from "./item-directory.ts";
import { postgresItemInputs } from "./item-inputs.ts";
import { postgresPurchaseLog } from "./purchase-log.ts";
import { postgresRetention } from "./retention.ts";
import { postgresReviewQueue } from "./review-queue.ts";
import { postgresSalesStore } from "./sales-store.ts";
import { postgresSessions } from "./sessions.ts";
import { postgresWorkflowLog } from "./workflow-log.ts";
import { postgresWorldStore } from "./world-store.ts";

export function postgresStorage(hyperdrive: Door): Storage {
  const run = runOn(hyperdrive);
  return {
    kind: "postgresql",
    workflows: postgresWorkflowLog(run),
    queue: postgresReviewQueue(run),
    trails: postgresAuditTrails(run),
    inputs: postgresItemInputs(run),
    directory: postgresItemDirectory(run),
    keys: postgresKeys(run),
    counters: postgresCounters(run),
    endpoints: postgresDisabledEndpoints(run),
    purchases: postgresPurchaseLog(run),
    retention: postgresRetention(run),
    requests: postgresAnsweredRequests(run),
    sales: postgresSalesStore(run),
    sessions: postgresSessions(run),
    world: postgresWorldStore(run),
    async ping() {
      await run((sql) => sql`SELECT count(*) FROM items WHERE store_id = ''`);
    },
  };
}
