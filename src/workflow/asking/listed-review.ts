/** What a list shows of a reviewed workflow: little, so a page of a long queue is read without full records. */
import type { ReviewReason } from "../review.ts";
import type { ShownAs } from "./shown-as.ts";
import type { Recommendation } from "../types/decision.ts";
import type { Workflow } from "../types/workflow.ts";
import { countShown } from "./shelf.ts";

/**
 * The part that is stored with the workflow's row, under its own schema version; new fields are optional (I12).
 */
export interface ListedFacts {
  readonly revision: number;
  readonly reason: ReviewReason;
  readonly recommendation: Recommendation | null;
  readonly unitCost: number | null;
  /** Absent in older rows. */
  readonly shownAs?: ShownAs | undefined;
  readonly onHand?: number | undefined;
  readonly daysOfCover?: number | null | undefined;
  readonly soldOutOn?: number | null | undefined;
  /** Absent where one person is enough. */
  readonly approvals?: { readonly given: number; readonly needed: number } | undefined;
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

export function listedFacts(workflow: Workflow): ListedFacts | null {
  const { revision, review, recommendation, snapshot, decision, shownAs } = workflow;
  if (review === null) return null;
  const { meanDemandPerDay = null, soldOutOn } = decision?.evidence ?? {};
  return {
    revision,
    reason: review.reason,
    recommendation,
    unitCost: snapshot.unitCost,
    shownAs,
    onHand: countShown(snapshot),
    daysOfCover: meanDemandPerDay === null || meanDemandPerDay <= 0 ? null : snapshot.onHand / meanDemandPerDay,
    soldOutOn,
    approvals:
      review.approvalsNeeded > 1 ? { given: review.approvals.length, needed: review.approvalsNeeded } : undefined,
  };
}
