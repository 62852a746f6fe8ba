/** The inbox's reads of the projection in D1: open questions by deadline, answered ones by when, each filtered. */
import type { Workflow } from "../workflow/types.ts";
import { parseWorkflow, type QueueCursor } from "./workflow-log.ts";

export interface QueueFilter {
  /** "" = every store. */
  readonly store: string;
  /** A part of the product id; "" = every product. */
  readonly search: string;
}

/** Stores offered in the filter: more would make no list that anybody reads. */
const MOST_STORES = 200;

export async function openQuestions(db: D1Database, filter: QueueFilter, after: QueueCursor | null, limit: number, now: number): Promise<Workflow[]> {
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
}

/** Newest answer first; `before` continues a page. */
export async function answeredQuestions(db: D1Database, filter: QueueFilter, before: QueueCursor | null, limit: number): Promise<Workflow[]> {
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
}

export async function storesWithReviews(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare("SELECT DISTINCT store_id AS store FROM items ORDER BY store_id LIMIT ?")
    .bind(MOST_STORES)
    .all<{ store: string }>();
  return results.map((row) => row.store);
}

function likeOf(search: string): string {
  return search === "" ? "" : `%${search.replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`;
}
