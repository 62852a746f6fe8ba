/** The audit's pages from D1. */
import type { AuditTrails } from "../audit-trails.ts";
import { parseWorkflow } from "../record/workflow-record.ts";

export function d1AuditTrails(db: D1Database): AuditTrails {
  return {
    async page(after, limit, stores) {
      const { results } = await db
        .prepare(
          `SELECT workflow_id, record FROM workflows
           WHERE workflow_id > ?1 AND (?3 IS NULL OR store_id IN (SELECT value FROM json_each(?3)))
           ORDER BY workflow_id LIMIT ?2`,
        )
        .bind(after, limit, stores === null ? null : JSON.stringify(stores))
        .all<{ workflow_id: string; record: string }>();
      return results.map((row) => parseWorkflow(row.record, row.workflow_id));
    },
  };
}
