/**
 * The projection of workflows in D1: review queue and decision log in one table. Versions never go backwards, in whatever
 * order they arrive (I1). Reads here serve lists and old workflows; an open workflow is read from its item.
 */
import { z } from "zod";
import { counterStatements } from "../telemetry/counters.ts";
import { projectionFacts } from "../telemetry/projection-facts.ts";
import { WORKFLOW_SCHEMA, type ReviewStatus, type Workflow } from "../workflow/types.ts";

/** One row to project, as the statement's JSON wants it; `record` is the stored text, not parsed again. */
export interface Projection {
  readonly objectId: string;
  readonly workflow: Workflow;
}

export interface QueueCursor {
  readonly expiresAt: number;
  readonly workflowId: string;
}

export interface OverdueReview {
  readonly workflowId: string;
}

export interface WorkflowLog {
  project(batch: readonly Projection[]): Promise<void>;
  get(workflowId: string): Promise<Workflow | null>;
  /** Earliest deadline first. A pending review past its deadline counts as expired, whatever its row says (I8). */
  reviews(status: ReviewStatus, limit: number, after: QueueCursor | null, now: number): Promise<readonly Workflow[]>;
  overdue(now: number, limit: number): Promise<readonly OverdueReview[]>;
}

/** A stored record of a known schema; fields that a newer release added are kept (I12). */
const StoredWorkflow = z.looseObject({ schema: z.literal(WORKFLOW_SCHEMA), id: z.string(), status: z.string() });

export function parseWorkflow(json: string): Workflow {
  return StoredWorkflow.parse(JSON.parse(json)) as unknown as Workflow;
}

export function d1WorkflowLog(db: D1Database): WorkflowLog {
  return {
    async project(batch) {
      await db.batch(projectionStatements(db, batch));
    },

    async get(workflowId) {
      const row = await db.prepare("SELECT record FROM workflows WHERE workflow_id = ?").bind(workflowId).first<{ record: string }>();
      return row === null ? null : parseWorkflow(row.record);
    },

    async reviews(status, limit, after, now) {
      const isStatus =
        status === "pending"
          ? "review_status = ?1 AND expires_at > ?5"
          : status === "expired"
            ? "(review_status = ?1 OR (review_status = 'pending' AND expires_at <= ?5))"
            : "review_status = ?1 AND ?5 = ?5";
      const { results } = await db
        .prepare(
          `SELECT record FROM workflows
           WHERE ${isStatus} AND (expires_at, workflow_id) > (?2, ?3)
           ORDER BY expires_at, workflow_id LIMIT ?4`,
        )
        .bind(status, after?.expiresAt ?? -1, after?.workflowId ?? "", limit, now)
        .all<{ record: string }>();
      return results.map((row) => parseWorkflow(row.record));
    },

    async overdue(now, limit) {
      const { results } = await db
        .prepare(
          "SELECT workflow_id AS workflowId FROM workflows WHERE review_status = 'pending' AND expires_at <= ? ORDER BY expires_at LIMIT ?",
        )
        .bind(now, limit)
        .all<{ workflowId: string }>();
      return results;
    },
  };
}

/** One D1 batch for many items' workflows: the rows, and the registry entry of an item's first workflow. */
export function projectionStatements(db: D1Database, batch: readonly Projection[]): D1PreparedStatement[] {
  const rows = batch.map(toRow);
  const json = JSON.stringify(rows);
  return [
    // The counters read the rows that the upsert is about to replace, so they stand before it.
    ...counterStatements(db, rows.map(({ id, version, product, metrics }) => ({ id, version, product_id: product, metrics }))),
    db
      .prepare(
        `INSERT INTO workflows (workflow_id, version, store_id, product_id, status, review_status, expires_at, decided_at, created_at, record, metrics)
         SELECT value ->> 'id', value ->> 'version', value ->> 'store', value ->> 'product', value ->> 'status',
                value ->> 'review', value ->> 'expires', value ->> 'decided', value ->> 'created', value ->> 'record', value ->> 'metrics'
         FROM json_each(?1) WHERE true
         ON CONFLICT DO UPDATE SET version = excluded.version, status = excluded.status, review_status = excluded.review_status,
           expires_at = excluded.expires_at, decided_at = excluded.decided_at, record = excluded.record, metrics = excluded.metrics
         WHERE excluded.version > workflows.version`,
      )
      .bind(json),
    db
      .prepare(
        `INSERT INTO items (store_id, product_id, object_id)
         SELECT value ->> 'store', value ->> 'product', value ->> 'object' FROM json_each(?1) WHERE value ->> 'seq' = 1
         ON CONFLICT DO NOTHING`,
      )
      .bind(json),
  ];
}

function toRow({ objectId, workflow }: Projection) {
  return {
    id: workflow.id,
    seq: workflow.seq,
    version: workflow.version,
    object: objectId,
    store: workflow.storeId,
    product: workflow.productId,
    status: workflow.status,
    review: workflow.review?.status ?? null,
    expires: workflow.review?.expiresAt ?? null,
    decided: workflow.review?.decidedAt ?? null,
    created: workflow.createdAt,
    record: JSON.stringify(workflow),
    metrics: projectionFacts(workflow),
  };
}
