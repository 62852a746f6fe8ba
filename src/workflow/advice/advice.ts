/**
 * The result of asking an adviser. `AdviceRecord` is stored within its workflow, so new fields are optional (I12).
 */
import type { PlanInput } from "../../replenishment/types.ts";
import type { ReviewReason } from "../review.ts";

/** What the reason node got from an adviser: already inside the hard bounds, judged on the plan's own paths. */
export interface Advice {
  readonly quantity: number;
  /** Recomputed by code for this quantity; never the model's claim. */
  readonly confidence: number;
  readonly inStockProbability: number;
  /** The model's words, cleaned and bounded. */
  readonly words: string;
  /** Why a person must see it, whatever confidence the model claims. */
  readonly reviewReasons: readonly ReviewReason[];
  readonly record: AdviceRecord;
}

export type AdviceFailure =
  | "timeout"
  | "rate_limited"
  | "server_error"
  | "network"
  | "bad_reply"
  | "refused"
  | "rejected_request"
  | "quota"
  | "circuit_open"
  | "budget_exhausted";

export type AdviceOutcome =
  | { readonly kind: "advice"; readonly advice: Advice }
  | { readonly kind: "failed"; readonly failure: AdviceFailure; readonly record: AdviceRecord };

/** Enough to make the same assessment again, whatever was uploaded since. */
export interface AdviceBasis {
  readonly input: PlanInput;
  /** True where the input's `inStock` was all true and is left out. */
  readonly alwaysInStock: boolean;
  readonly overdue: readonly { readonly quantity: number; readonly expectedAt: number }[];
  readonly usualOrder: number | null;
}

export interface AdviceRecord {
  readonly model: string;
  readonly promptVersion: string;
  readonly attempts: number;
  readonly outcome: "advice" | AdviceFailure;
  readonly latencyMs: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costUsd: number;
  /** A server did not say what it used: tokens and cost are estimates. */
  readonly isEstimate?: true;
  /** The exact facts sent and the reply received, cut to a bound. */
  readonly facts: string;
  readonly reply: string | null;
  /** Outcome of each request, in order; the metrics count requests, not calls. */
  readonly tries?: readonly AdviceRecord["outcome"][];
  /** The reply's quantity within the bounds, for comparison with a shadow's. */
  readonly quantity?: number;
  /** What the answer was judged on, for replay; absent where it is too large to keep. */
  readonly basis?: AdviceBasis;
  readonly shadow?: Omit<AdviceRecord, "shadow">;
}
