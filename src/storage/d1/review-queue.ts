/** Lists of reviews in D1, which refuses a LIKE pattern of more than 50 bytes: `instr` has no limit. */
import {
  MOST_STORES,
  type ListedRow,
  type NamedStore,
  type QueueFilter,
  type ReviewQueue,
  toListedReview,
} from "../review-queue.ts";
import { spellings } from "../items/spellings.ts";
import { parseWorkflow } from "../record/workflow-record.ts";

export function d1ReviewQueue(db: D1Database): ReviewQueue {
  return {
    /** From the index alone: `workflows_reviewed` has every column. */
    async reviews(status, filter, after, limit, now) {
      const isStatus =
        status === "pending"
          ? "review_status = ?1 AND expires_at > ?2"
          : status === "expired"
            ? "(review_status = ?1 OR (review_status = 'pending' AND expires_at <= ?2))"
            : "review_status = ?1 AND ?2 = ?2";
      const { results } = await db
        .prepare(
          `SELECT workflow_id AS workflowId, store_id AS storeId, product_id AS productId, expires_at AS expiresAt,
             created_at AS createdAt, listed
           FROM workflows
           WHERE ${isStatus} AND (expires_at, workflow_id) > (?3, ?4)
             AND (?5 = '' OR store_id = ?5) AND ${found("?6")}
             AND (?8 IS NULL OR store_id IN (SELECT value FROM json_each(?8)))
           ORDER BY expires_at, workflow_id LIMIT ?7`,
        )
        .bind(
          status,
          now,
          after?.expiresAt ?? -1,
          after?.workflowId ?? "",
          filter.store,
          spelled(filter),
          limit,
          listOf(filter.stores),
        )
        .all<ListedRow>();
      return results.map(toListedReview);
    },

    async answered(filter, before, limit) {
      const { results } = await db
        .prepare(
          `SELECT workflow_id, record FROM workflows
           WHERE review_status IN ('approved', 'modified', 'rejected', 'expired')
             AND (decided_at, workflow_id) < (?1, ?2)
             AND (?3 = '' OR store_id = ?3) AND ${found("?4")}
             AND (?6 IS NULL OR store_id IN (SELECT value FROM json_each(?6)))
           ORDER BY decided_at DESC, workflow_id DESC LIMIT ?5`,
        )
        .bind(
          before?.expiresAt ?? Number.MAX_SAFE_INTEGER,
          before?.workflowId ?? "",
          filter.store,
          spelled(filter),
          limit,
          listOf(filter.stores),
        )
        .all<{ workflow_id: string; record: string }>();
      return results.map((row) => parseWorkflow(row.record, row.workflow_id));
    },

    async stores() {
      const { results } = await db
        .prepare(
          `SELECT storeId, world.facts ->> '$.facts.name' AS name
           FROM (SELECT DISTINCT store_id AS storeId FROM items ORDER BY store_id LIMIT ?)
             LEFT JOIN world ON world.kind = 'store' AND world.id = storeId
           ORDER BY storeId`,
        )
        .bind(MOST_STORES)
        .all<NamedStore>();
      return results;
    },
  };
}

/** A part of the product's id or name in any of the spellings, or its GTIN; null = everything. */
function found(parameter: string): string {
  return `(${parameter} IS NULL OR EXISTS (SELECT 1 FROM json_each(${parameter})
    WHERE instr(lower(product_id), value) > 0 OR instr(lower(coalesce(listed ->> '$.shownAs.name', '')), value) > 0
      OR listed ->> '$.shownAs.gtin' = value))`;
}

function spelled({ search }: QueueFilter): string | null {
  return search.trim() === "" ? null : JSON.stringify(spellings(search));
}

function listOf(stores: readonly string[] | null): string | null {
  return stores === null ? null : JSON.stringify(stores);
}
