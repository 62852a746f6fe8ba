/**
 * Lists of reviews in PostgreSQL. `lower` folds ASCII letters only on these columns, since they are compared by bytes.
 */
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
import type { Run } from "./client.ts";
import { andOfStores } from "./stores-condition.ts";
import type { Sql } from "postgres";

export function postgresReviewQueue(run: Run): ReviewQueue {
  return {
    async reviews(status, filter, after, limit, now) {
      const rows = await run((sql) => {
        const isStatus =
          status === "pending"
            ? sql`review_status = 'pending' AND expires_at > ${now}`
            : status === "expired"
              ? sql`(review_status = 'expired' OR (review_status = 'pending' AND expires_at <= ${now}))`
              : sql`review_status = ${status}`;
        return sql<ListedRow[]>`
          SELECT workflow_id AS "workflowId", store_id AS "storeId", product_id AS "productId",
            expires_at AS "expiresAt", created_at AS "createdAt", listed
          FROM workflows
          WHERE ${isStatus} AND (expires_at, workflow_id) > (${after?.expiresAt ?? -1},
            ${after?.workflowId ?? ""}) ${passing(sql, filter)}
          ORDER BY expires_at, workflow_id LIMIT ${limit}`;
      });
      return rows.map(toListedReview);
    },

    async answered(filter, before, limit) {
      const rows = await run(
        (sql) => sql<{ workflow_id: string; record: string }[]>`
          SELECT workflow_id, record::text AS record FROM workflows
          WHERE review_status IN ('approved', 'modified', 'rejected', 'expired')
            AND (decided_at, workflow_id) < (${before?.expiresAt ?? Number.MAX_SAFE_INTEGER},
              ${before?.workflowId ?? ""}) ${passing(sql, filter)}
          ORDER BY decided_at DESC, workflow_id DESC LIMIT ${limit}`,
      );
      return rows.map((row) => parseWorkflow(row.record, row.workflow_id));
    },

    async stores() {
      return run(
        (sql) => sql<NamedStore[]>`
          SELECT store_id AS "storeId", world.facts -> 'facts' ->> 'name' AS name
          FROM (SELECT DISTINCT store_id FROM items ORDER BY store_id LIMIT ${MOST_STORES}) AS those
            LEFT JOIN world ON world.kind = 'store' AND world.id = store_id
          ORDER BY store_id`,
      );
    },
  };
}

function passing(sql: Sql, { store, search, stores }: QueueFilter) {
  return sql`
    ${store === "" ? sql`` : sql`AND store_id = ${store}`}
    ${andOfStores(sql, stores)}
    ${
      search.trim() === ""
        ? sql``
        : sql`AND EXISTS (
            SELECT 1 FROM json_array_elements_text(${JSON.stringify(spellings(search))}::text::json) AS spelled(value)
            WHERE strpos(lower(product_id), value COLLATE "C") > 0
              OR strpos(lower(coalesce(listed::json -> 'shownAs' ->> 'name', '') COLLATE "C"), value COLLATE "C") > 0
              OR listed::json -> 'shownAs' ->> 'gtin' = value)`
    }`;
}
