/** The walk of the retention through PostgreSQL. */
import { RETENTION_SWEEP, toStretch, type Retention } from "../retention.ts";
import type { Run } from "./client.ts";
import { lockProjections } from "./writers.ts";

export function postgresRetention(run: Run): Retention {
  return {
    async look(cutoff, rows) {
      const read = await run(
        (sql) => sql<{ workflowId: string; isAged: boolean }[]>`
          SELECT workflow_id AS "workflowId", created_at < ${cutoff}
            AND status NOT IN ('running', 'awaiting_human_review') AS "isAged"
          FROM workflows
          WHERE workflow_id > coalesce((SELECT position FROM sweep_positions WHERE sweep = ${RETENTION_SWEEP}), '')
          ORDER BY workflow_id LIMIT ${rows}`,
      );
      return toStretch(read, rows);
    },

    /** Never runs beside a projection: a row must not go while its counts are being compared. */
    async remove(workflowIds, next) {
      await run((client) =>
        client.begin(async (sql) => {
          await lockProjections(sql);
          await sql`DELETE FROM workflows WHERE workflow_id IN (SELECT
              json_array_elements_text(${JSON.stringify(workflowIds)}::text::json))`;
          await sql`
            INSERT INTO sweep_positions (sweep, position) VALUES (${RETENTION_SWEEP}, ${next})
            ON CONFLICT (sweep) DO UPDATE SET position = excluded.position
              WHERE sweep_positions.position <> excluded.position`;
        }),
      );
    },
  };
}
