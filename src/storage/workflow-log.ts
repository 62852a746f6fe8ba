/**
 * The projection of workflows: review queue and decision log in one table. Versions never go backwards, in whatever
 * order they arrive (I1). Reads here serve lists and old workflows; an open workflow is read from its item.
 */
import * as z from "zod";
import { listedText } from "./review-queue.ts";
import { projectionFacts, type ProjectionFacts } from "../metrics/projection-facts.ts";
import { WORKFLOW_SCHEMA, type Workflow } from "../workflow/types.ts";

/** A workflow's record and the text it is stored as: whoever made the text hands it on, so that it is made once. */
export interface Recorded {
  readonly workflow: Workflow;
  readonly record: string;
}

/** One row as the statements' JSON has it. Made by the item: flat, so that it travels for little. */
export interface Projection {
  readonly id: string;
  readonly seq: number;
  readonly version: number;
  /** The item's object. */
  readonly object: string;
  readonly store: string;
  readonly product: string;
  readonly status: string;
  readonly review: string | null;
  readonly expires: number | null;
  readonly decided: number | null;
  readonly created: number;
  readonly record: string;
  readonly metrics: ProjectionFacts;
  /** JSON of what lists show of a review; null for other decisions, and missing from a release that did not send it. */
  readonly listed: string | null;
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
  overdue(now: number, limit: number): Promise<readonly OverdueReview[]>;
}

/** A stored record of a known schema; fields that a newer release added are kept (I12). */
const StoredWorkflow = z.looseObject({ schema: z.literal(WORKFLOW_SCHEMA), id: z.string(), status: z.string() });

export function parseWorkflow(json: string): Workflow {
  return StoredWorkflow.parse(JSON.parse(json)) as unknown as Workflow;
}

export function projectionOf(objectId: string, { workflow, record }: Recorded): Projection {
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
    record,
    metrics: projectionFacts(workflow),
    listed: listedText(workflow),
  };
}
