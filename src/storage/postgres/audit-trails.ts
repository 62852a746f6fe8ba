/** The audit's pages from PostgreSQL. */
import type { AuditTrails } from "../audit-trails.ts";
import { parseWorkflow } from "../record/workflow-record.ts";
import type { Run } from "./client.ts";
import { andOfStores } from "./stores-condition.ts";

export function postgresAuditTrails(run: Run): AuditTrails {
  return {
    async page(after, limit, stores) {
      const rows = await run(
        (sql) =>
          sql<{ workflow_id: string; record: string }[]>`SELECT workflow_id, record::text AS record FROM workflows
              WHERE workflow_id > ${after} ${andOfStores(sql, stores)}
              ORDER BY workflow_id LIMIT ${limit}`,
      );
      return rows.map((row) => parseWorkflow(row.record, row.workflow_id));
    },
  };
}
