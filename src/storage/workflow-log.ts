/**
 * The projection of workflows: review queue and decision log in one table. Versions never go backwards, in whatever
 * order they arrive (I1). Reads here serve lists and old workflows; an open workflow is read from its item.
 */
import { z } from "zod";
import { projectionFacts } from "../telemetry/projection-facts.ts";
import { WORKFLOW_SCHEMA, type ReviewStatus, type Workflow } from "../workflow/types.ts";

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

/** One row as the statements' JSON has it; `record` is the stored text, not parsed again. */
export function projectedRow({ objectId, workflow }: Projection) {
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
