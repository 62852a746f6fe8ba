/**
 * The item's record of confidence against outcome: the sums of scored decisions, and those that still wait for theirs.
 * It is stored within the item's workflow rows, so it costs no row of its own; new fields are optional (I12).
 */

export interface WaitingDecision {
  readonly workflowId: string;
  /** Item day of the decision, since 1970-01-01. */
  readonly day: number;
  readonly quantity: number;
  readonly confidence: number;
  readonly leadDays: number;
  readonly reviewDays: number;
  readonly usualDemand: number;
  /** As in the decision's evidence. */
  readonly usualSale?: number;
  /** The largest order that the maximum stock allowed; absent without one. */
  readonly most?: number;
  readonly holding: number;
  readonly shortage: number;
  /** Units on the shelf at the arrival, without this order; null until counted. */
  readonly stockAtArrival: number | null;
}

export interface TrackRecord {
  readonly scored: number;
  /** Decisions whose regret stayed within tolerance. */
  readonly right: number;
  readonly confidenceSum: number;
  readonly brierSum: number;
  readonly inStock: number;
  readonly waiting: readonly WaitingDecision[];
}
