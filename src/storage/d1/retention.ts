/** The walk of the retention through D1. */
import { RETENTION_SWEEP, toStretch, type Retention } from "../retention.ts";

export function d1Retention(db: D1Database): Retention {
  return {
    async look(cutoff, rows) {
      const { results } = await db
        .prepare(
          `SELECT workflow_id, created_at < ?1 AND status NOT IN ('running', 'awaiting_human_review') AS aged
           FROM workflows
           WHERE workflow_id > ifnull((SELECT position FROM sweep_positions WHERE sweep = ?2), '')
           ORDER BY workflow_id LIMIT ?3`,
        )
        .bind(cutoff, RETENTION_SWEEP, rows)
        .all<{ workflow_id: string; aged: number }>();
      return toStretch(
        results.map((row) => ({ workflowId: row.workflow_id, isAged: row.aged === 1 })),
        rows,
      );
    },

    async remove(workflowIds, next) {
      await db.batch([
        db
          .prepare("DELETE FROM workflows WHERE workflow_id IN (SELECT value FROM json_each(?))")
          .bind(JSON.stringify(workflowIds)),
        db
          .prepare(
            "INSERT INTO sweep_positions VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position " +
              "WHERE position <> excluded.position",
          )
          .bind(RETENTION_SWEEP, next),
      ]);
    },
  };
}
