/** What a workflow recommends and decides, with the numbers behind it. */
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

export interface Evidence {
  readonly inventoryPosition: number;
  readonly projectedStockAtArrival: number;
  readonly demandQuantile: number;
  readonly criticalRatio: number;
  readonly bindingConstraint: string | null;
  readonly stockoutProbabilityIfHold: number;
  /** Null under the plain rule, which has no forecast. */
  readonly meanDemandPerDay: number | null;
  /** Days to the arrival, and from it to the next one. Absent in older records, as are those below. */
  readonly leadTimeDays?: number;
  readonly reviewPeriodDays?: number;
  /** Store days since 1970-01-01. */
  readonly historyThrough?: number | null;
  /** Days since then without known sales. */
  readonly historyAgeDays?: number | null;
  readonly seasonFactor?: number | null;
  /** Ids of events between the count and the next order's arrival. */
  readonly events?: readonly string[];
  readonly expectedWaste?: number | null;
  /** Store day on which it sells out if nothing is ordered, and with this order; null = not within a year. */
  readonly soldOutOn?: number | null;
  readonly lastsUntil?: number | null;
  /** The wanted quantity before packs, minimum and maximum. */
  readonly wished?: number;
}
