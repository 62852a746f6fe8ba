import type { ReviewPolicy } from "../../src/workflow/review.ts";

/** Nobody is asked about a quantity: what is recommended is decided. */
export const NO_REVIEW: ReviewPolicy = {
  confidenceThreshold: 0,
  ttlMs: 0,
  reminderFraction: null,
  expiryOutcome: "hold",
  valueAbove: null,
  quantityFactor: null,
  firstOrder: false,
  forecastAgeDays: null,
  approvalsRequiredAbove: null,
  extensionMs: 0,
  orderSyncMs: 3_600_000,
};
