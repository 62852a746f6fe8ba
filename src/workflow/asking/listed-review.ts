/** What a list shows of a reviewed workflow: little, so that a page of a long queue is read without its records. */
import type { ReviewReason } from "../review.ts";
import type { Recommendation, Workflow } from "../types.ts";

/** The part that is stored beside the workflow's row, under a schema version of its own; new fields are optional (I12). */
export interface ListedFacts {
  readonly revision: number;
  readonly reason: ReviewReason;
  readonly recommendation: Recommendation | null;
  readonly unitCost: number | null;
}

export interface ListedReview extends ListedFacts {
  readonly workflowId: string;
  readonly storeId: string;
  readonly productId: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** Null for a workflow that nobody was asked about. */
export function listedReview(workflow: Workflow): ListedReview | null {
  const facts = listedFacts(workflow);
  if (facts === null || workflow.review === null) return null;
  const { id, storeId, productId, review, createdAt } = workflow;
  return { workflowId: id, storeId, productId, expiresAt: review.expiresAt, createdAt, ...facts };
}

export function listedFacts({ revision, review, recommendation, snapshot }: Workflow): ListedFacts | null {
  return review === null ? null : { revision, reason: review.reason, recommendation, unitCost: snapshot.unitCost };
}
