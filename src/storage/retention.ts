/**
 * Decisions age out of the database in small steps: each one reads the next stretch of the log by its key and takes what is
 * finished and too old. A walk instead of an index over dates, since that would cost every decision a second row.
 */
const SWEEP = "retention";

export interface AgedWorkflow {
  readonly workflowId: string;
}

export interface Stretch {
  readonly aged: readonly AgedWorkflow[];
  /** Where the next step begins; "" = the log has been walked to its end. */
  readonly next: string;
}

export interface Retention {
  /** Finished workflows of the next `rows` of the log that began before `cutoff` (epoch ms). Changes nothing. */
  look(cutoff: number, rows: number): Promise<Stretch>;
  /** Removes workflows, and remembers how far the walk has come. */
  remove(workflowIds: readonly string[], next: string): Promise<void>;
}

export function d1Retention(db: D1Database): Retention {
  return {
    async look(cutoff, rows) {
      const { results } = await db
        .prepare(
          `SELECT workflow_id, created_at < ?1 AND status NOT IN ('running', 'awaiting_human_review') AS aged FROM workflows
           WHERE workflow_id > ifnull((SELECT position FROM sweep_positions WHERE sweep = ?2), '')
           ORDER BY workflow_id LIMIT ?3`,
        )
        .bind(cutoff, SWEEP, rows)
        .all<{ workflow_id: string; aged: number }>();
      return {
        aged: results.filter((row) => row.aged === 1).map((row) => ({ workflowId: row.workflow_id })),
        next: results.length < rows ? "" : results.at(-1)!.workflow_id,
      };
    },

    async remove(workflowIds, next) {
      await db.batch([
        db.prepare("DELETE FROM workflows WHERE workflow_id IN (SELECT value FROM json_each(?))").bind(JSON.stringify(workflowIds)),
        db
          .prepare("INSERT INTO sweep_positions VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position WHERE position <> excluded.position")
          .bind(SWEEP, next),
      ]);
    },
  };
}
