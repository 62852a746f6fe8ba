/** The audit's pages from D1. */
import type { AuditTrails } from "../audit-trails.ts";
import { parseWorkflow } from "../workflow-log.ts";

export function d1AuditTrails(db: D1Database): AuditTrails {
  return {
    async page(after, limit) {
      const { results } = await db
        .prepare("SELECT record FROM workflows WHERE workflow_id > ? ORDER BY workflow_id LIMIT ?")
        .bind(after, limit)
        .all<{ record: string }>();
      return results.map((row) => parseWorkflow(row.record));
    },
  };
}
