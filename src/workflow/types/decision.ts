/** What a workflow recommends and decides, with the numbers behind it. */
import type { PlanEvidence } from "../../replenishment/types.ts";
import type { ACTIONS } from "../../shared/statuses.ts";
import type { CalendarTerms } from "../../world/supply-terms.ts";

export type Action = (typeof ACTIONS)[number];
export type DecidedBy = "plan" | "llm" | "fallback" | "human" | "expiry";

export interface Recommendation {
  readonly action: Action;
  readonly quantity: number;
  readonly confidence: number;
}

export interface Decision extends Recommendation {
  /** The order opportunity it is for; absent or null without one. */
  readonly calendar?: CalendarTerms | null;
  readonly forecastConfidence: number;
  readonly inStockProbability: number | null;
  readonly decidedBy: DecidedBy;
  readonly fallback: boolean;
  /** One sentence for a buyer, rendered from stored numbers. */
  readonly rationale: string;
  readonly reasons: readonly string[];
  readonly evidence: Evidence;
  readonly model: string | null;
  readonly tokens: number | null;
  readonly costUsd: number | null;
  /** The model's own words, marked as such wherever they are shown; null without a model. */
  readonly modelWords?: string | null;
}

/** What a decision keeps of its plan's evidence as it is. */
export type EvidenceOfPlan = Omit<PlanEvidence, "meanDemand">;

/** In every record; older ones lack what a plan has come to say since. */
type InEveryRecord =
  | "inventoryPosition"
  | "projectedStockAtArrival"
  | "demandQuantile"
  | "criticalRatio"
  | "bindingConstraint"
  | "stockoutProbabilityIfHold";

export interface Evidence extends Pick<EvidenceOfPlan, InEveryRecord>, Partial<Omit<EvidenceOfPlan, InEveryRecord>> {
  /** Null under the plain rule, which has no forecast. */
  readonly meanDemandPerDay: number | null;
  /** Days to the arrival, and from it to the next one. Absent in older records, as are those below. */
  readonly leadTimeDays?: number;
  readonly reviewPeriodDays?: number;
  /** Store days since 1970-01-01. */
  readonly historyThrough?: number | null;
  /** Days since then without known sales. */
  readonly historyAgeDays?: number | null;
  /** Ids of events between the count and the next order's arrival. */
  readonly events?: readonly string[];
  /** Store day on which it sells out if nothing is ordered, and with this order; null = not within a year. */
  readonly soldOutOn?: number | null;
  readonly lastsUntil?: number | null;
}
