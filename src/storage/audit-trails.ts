/** Every workflow's record in the order of its id, in pages: all that a check of the whole audit reads. */
import type { Workflow } from "../workflow/types.ts";
import { parseWorkflow } from "./workflow-log.ts";

export async function auditTrails(db: D1Database, after: string, limit: number): Promise<Workflow[]> {
  const { results } = await db
    .prepare("SELECT record FROM workflows WHERE workflow_id > ? ORDER BY workflow_id LIMIT ?")
    .bind(after, limit)
    .all<{ record: string }>();
  return results.map((row) => parseWorkflow(row.record));
}
