/**
 * What a plan reads and what it answers: plain readonly data, no behaviour.
 *
 * Units: quantities are units of the item; times are periods of `periodDays` days unless a name says otherwise;
 * costs are currency per unit and period (`holding`) or per unit short (`shortage`).
 *
 * Timing: this period's order is placed now, before this period's demand. With lead time L it arrives at the start of
 * period t + L (L = 0: before this period's demand). `onHand` is counted before this period's arrivals; `age` is the
 * number of periods since an open order was placed, so an order with age = lead time arrives now.
 */

export interface OpenOrder {
  readonly quantity: number;
  /** Periods since it was placed; may be fractional in the service. */
  readonly age: number;
}

export interface ForecastPoint {
  readonly mean: number;
  readonly p10?: number | undefined;
  readonly p50?: number | undefined;
  readonly p90?: number | undefined;
  /** Standard deviation of one period's demand. */
  readonly std?: number | undefined;
}

/** An uploaded demand forecast, aligned so that `points[0]` is the present period. */
export interface DemandForecast {
  readonly points: readonly ForecastPoint[];
  /** Days since it was made. */
  readonly ageDays: number;
  /** Mean absolute error of earlier forecasts over mean demand, when past accuracy is known; else null. */
  readonly pastError: number | null;
}

export interface LeadTime {
  /** Periods the supplier promises. */
  readonly promised: number;
  /** Periods that past receipts really took, oldest first. */
  readonly observed: readonly number[];
}

export interface Costs {
  readonly holding: number;
  readonly shortage: number;
  readonly fixedOrder: number;
}

export interface OrderConstraints {
  /** A positive order is at least this. */
  readonly minOrderQuantity: number;
  /** Orders are whole multiples of this; fractional packs allow fractional quantities. */
  readonly packSize: number;
  /** Inventory position after ordering may not exceed this; null = no limit. */
  readonly maxStock: number | null;
}

export interface PlanInput {
  /** Units sold per period, oldest first; the last entry is the period before the present one. */
  readonly history: readonly number[];
  /** False marks a period that was out of stock: its demand is censored, never zero. Same length as `history`. */
  readonly inStock: readonly boolean[] | null;
  /** ISO date of `history[0]`, for seasonal alignment. */
  readonly historyStart: string | null;
  readonly periodDays: number;
  readonly forecast: DemandForecast | null;
  readonly onHand: number;
  readonly backordered: number;
  readonly openOrders: readonly OpenOrder[];
  readonly leadTime: LeadTime;
  readonly reviewPeriod: number;
  /** Periods until the item is withdrawn, the present one included; null = open end. */
  readonly periodsLeft: number | null;
  readonly costs: Costs;
  readonly constraints: OrderConstraints;
  /**
   * Where the user states a service level and no costs: floor under the probability that the arrival period is covered.
   * Costs that were only derived from it are no prices, and must not talk the order down again. Absent or null = none.
   */
  readonly serviceLevel?: number | null;
  /** The user's floor under the projected stock at arrival. */
  readonly safetyStock: number;
  readonly unmet: "lost" | "backorder";
  /** Shared week-of-year factors (53) around 1, or null. */
  readonly seasonalProfile: readonly number[] | null;
  /** Known events: factor on the demand of period t + i; missing entries are 1. */
  readonly demandMultipliers: readonly number[] | null;
  /** Periods a unit keeps; null = does not spoil. */
  readonly shelfLife: number | null;
  /** What the confidence's regret tolerance is measured against: one period's mean demand, or the protection interval's. */
  readonly tolerance: "period" | "protection";
  readonly seed: number;
}

export interface PlanEvidence {
  readonly inventoryPosition: number;
  readonly projectedStockAtArrival: number;
  /** The demand quantile over the protection interval that the order covers. */
  readonly demandQuantile: number;
  readonly criticalRatio: number;
  readonly bindingConstraint: "min_order_quantity" | "pack_size" | "max_stock" | "safety_stock" | "shelf_life" | null;
  readonly stockoutProbabilityIfHold: number;
  /** Mean demand per period that the plan expects. */
  readonly meanDemand: number;
}

export interface Plan {
  /** 0 = hold. Feasible under the constraints. */
  readonly quantity: number;
  /** Calibrated probability that this quantity's ex-post regret is within tolerance, 0..1. */
  readonly confidence: number;
  /** Predicted probability that no demand is short in the order's arrival period, given this quantity. */
  readonly inStockProbability: number;
  /** How far the forecast behind the plan can be trusted, 0..1. */
  readonly forecastConfidence: number;
  /** Sentences for a buyer, most important first. */
  readonly reasons: readonly string[];
  readonly evidence: PlanEvidence;
}

/** What is known of a quantity that somebody else proposes, judged on the same simulated paths as the plan's own. */
export interface QuantityAssessment {
  readonly confidence: number;
  readonly inStockProbability: number;
}

/** Why a quantity may not be ordered. */
export type ConstraintViolation =
  | { readonly reason: "not_a_quantity" }
  | { readonly reason: "below_minimum"; readonly minimum: number }
  | { readonly reason: "off_pack"; readonly packSize: number }
  | { readonly reason: "above_maximum"; readonly maximum: number };
