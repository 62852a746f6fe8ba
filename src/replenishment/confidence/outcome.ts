/**
 * Scores a decision once its arrival period's demand is known, for an item's record of confidence against outcome.
 */
import { regretOf } from "./regret.ts";
import { TOLERATED_SHARE } from "./risk.ts";
import type { Costs, PlanInput } from "../types.ts";

export interface PastDecision {
  readonly quantity: number;
  readonly confidence: number;
  readonly costs: Pick<Costs, "holding" | "shortage">;
  readonly lot?: number;
  /** The largest order that was allowed; absent without a maximum stock. */
  readonly most?: number | undefined;
  readonly tolerance: PlanInput["tolerance"];
  /** Periods from order to arrival, and from there to the next review. */
  readonly leadTime: number;
  readonly reviewPeriod: number;
  /** Mean demand per period, by the history at that time. */
  readonly usualDemand: number;
}

export interface WhatFollowed {
  /** Units when the order arrived (or would have), without it. */
  readonly stockAtArrival: number;
  /** Demand from then to the next review; with a stock-out, at least what was sold. */
  readonly demand: number;
}

export interface Outcome {
  /** Currency beyond the best order for that demand. */
  readonly regret: number;
  readonly withinTolerance: boolean;
  readonly inStock: boolean;
  /** Squared error of the stated confidence: its mean over decisions is the Brier score. */
  readonly brier: number;
}

export function scoreDecision(decision: PastDecision, followed: WhatFollowed): Outcome {
  const regret = regretOf(
    decision.quantity,
    followed.stockAtArrival,
    followed.demand,
    decision.costs,
    decision.lot,
    decision.most,
  );
  const periods = decision.tolerance === "period" ? 1 : decision.leadTime + Math.max(1, decision.reviewPeriod);
  const tolerated = TOLERATED_SHARE * decision.costs.shortage * decision.usualDemand * periods;
  const withinTolerance = regret <= tolerated;
  return {
    regret,
    withinTolerance,
    inStock: followed.stockAtArrival + decision.quantity >= followed.demand,
    brier: (decision.confidence - Number(withinTolerance)) ** 2,
  };
}
