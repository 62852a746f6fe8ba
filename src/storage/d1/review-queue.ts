/** The inbox's reads in D1. */
import { likeOf, MOST_STORES, type ReviewQueue } from "../review-queue.ts";
import { parseWorkflow } from "../workflow-log.ts";

export function d1ReviewQueue(db: D1Database): ReviewQueue {
  return {
    async open(filter, after, limit, now) {
      const { results } = await db
        .prepare(
          `SELECT record FROM workflows
           WHERE review_status = 'pending' AND expires_at > ?1 AND (expires_at, workflow_id) > (?2, ?3)
             AND (?4 = '' OR store_id = ?4) AND (?5 = '' OR product_id LIKE ?5 ESCAPE '\\')
           ORDER BY expires_at, workflow_id LIMIT ?6`,
        )
        .bind(now, after?.expiresAt ?? -1, after?.workflowId ?? "", filter.store, likeOf(filter.search), limit)
        .all<{ record: string }>();
      return results.map((row) => parseWorkflow(row.record));
    },

    async answered(filter, before, limit) {
      const { results } = await db
        .prepare(
          `SELECT record FROM workflows
           WHERE review_status IN ('approved', 'modified', 'rejected', 'expired') AND (decided_at, workflow_id) < (?1, ?2)
             AND (?3 = '' OR store_id = ?3) AND (?4 = '' OR product_id LIKE ?4 ESCAPE '\\')
           ORDER BY decided_at DESC, workflow_id DESC LIMIT ?5`,
        )
        .bind(before?.expiresAt ?? Number.MAX_SAFE_INTEGER, before?.workflowId ?? "", filter.store, likeOf(filter.search), limit)
        .all<{ record: string }>();
      return results.map((row) => parseWorkflow(row.record));
    },

    async stores() {
      const { results } = await db
        .prepare("SELECT DISTINCT store_id AS store FROM items ORDER BY store_id LIMIT ?")
        .bind(MOST_STORES)
        .all<{ store: string }>();
      return results.map((row) => row.store);
    },
  };
}
