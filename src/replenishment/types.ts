/**
 * What a plan reads and what it answers: plain readonly data, no behaviour.
 *
 * Units: quantities are units of the item; times are periods of `periodDays` days unless a name says otherwise;
 * costs are currency per unit and review period (`holding`) or per unit short (`shortage`).
 *
 * Timing: this period's order is placed now, before this period's demand. With lead time L it arrives at the start of
 * period t + L (L = 0: before this period's demand). `onHand` is counted before this period's arrivals; `age` is the
 * number of periods since an open order was placed, so an order with age = lead time arrives now.
 */

export interface OpenOrder {
  readonly quantity: number;
  /** Periods since it was placed; may be fractional in the service. */
  readonly age: number;
  /**
   * Periods from now to the arrival promised for this order; below 0 = overdue by that many.
   * Absent or null: the promised lead time less `age`.
   */
  readonly due?: number | null;
}

/** Units on the shelf with the same expiry. */
export interface Lot {
  readonly quantity: number;
  /** Periods in which it can still be sold, the present one included; 0 = expired, which does not count as stock. */
  readonly keeps: number;
}

/**
 * History of a similar item or a predecessor, used while this item's own is short. It ends where `history` ends (with
 * the period before the present one) and has the same period; it may be longer or shorter.
 */
export interface BorrowedHistory {
  readonly history: readonly number[];
  /** False = unseen. Same length as `history`; null = all seen. */
  readonly inStock: readonly boolean[] | null;
  /** Event factors as in `historyFactors`, same length as `history`; absent or null = all 1. */
  readonly historyFactors?: readonly number[] | null;
  /** Units of this item expected for one of the other. */
  readonly scale: number;
  /**
   * `like`: fades as own periods come, and the confidence is at most 0.7 until there are 28 days of them.
   * `replaces`: the other's sales before this item's first period count as its own.
   */
  readonly as: "like" | "replaces";
}

/** An event ahead, named for the reasons; its effect on demand is in `demandMultipliers`. */
export interface KnownEvent {
  readonly name: string;
  readonly factor: number;
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
  /**
   * Null: the forecast does not cover that period; the same holds after the last point. Such periods come from history;
   * without a history they come from the nearest points, and there is no demand before the first point.
   */
  readonly points: readonly (ForecastPoint | null)[];
  /** Days since it was made. */
  readonly ageDays: number;
  /** Mean absolute error of earlier forecasts over mean demand, when past accuracy is known; else null. */
  readonly pastError: number | null;
}

export interface LeadTime {
  /** Periods the supplier promises. */
  readonly promised: number;
  /**
   * Periods that past receipts took, oldest first. Where promises differed, each is the present promise plus the
   * receipt's delay (minus if early): a kept promise then counts as no deviation.
   */
  readonly observed: readonly number[];
  /**
   * Share of its order that each of `observed` brought, 0..1; absent or null = all of it. A few late pieces do not make
   * an order late.
   */
  readonly shares?: readonly number[] | null;
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
  /**
   * False marks an unseen period (out of stock, or not recorded); its demand is unknown, not zero. Same length as
   * `history`.
   */
  readonly inStock: readonly boolean[] | null;
  /**
   * Known past events: factor on the demand of each period of `history` (same length), by which it is divided before
   * anything is learned. 0 or less = unseen. Absent or null = all 1.
   */
  readonly historyFactors?: readonly number[] | null;
  /** Absent or null = none. */
  readonly borrowed?: BorrowedHistory | null;
  /**
   * Share of the present period that is over, 0..1: its demand no longer lies ahead. All times still count from the
   * start of the present period. Absent = 0.
   */
  readonly elapsed?: number;
  /** ISO date of `history[0]`, for seasonal alignment. */
  readonly historyStart: string | null;
  readonly periodDays: number;
  readonly forecast: DemandForecast | null;
  readonly onHand: number;
  readonly backordered: number;
  readonly openOrders: readonly OpenOrder[];
  /** The part of `onHand` with a known expiry; the rest keeps. Absent or null = no part has one. */
  readonly lots?: readonly Lot[] | null;
  readonly leadTime: LeadTime;
  /** Periods between the arrival of this order and of the next one; may be a fraction of a period. */
  readonly reviewPeriod: number;
  /**
   * Where orders can only arrive at certain times: periods from now to the arrivals of this order, the next one, and
   * those after (ascending). Replaces `leadTime.promised` and `reviewPeriod`; its last distance repeats. After a single
   * entry, later arrivals follow by `reviewPeriod`. Absent or null = evenly spaced.
   */
  readonly arrivals?: readonly number[] | null;
  /** Periods until demand ends for good (phase-out, withdrawal), the present one included; null = open end. */
  readonly periodsLeft: number | null;
  readonly costs: Costs;
  readonly constraints: OrderConstraints;
  /**
   * Where the user states a service level and no costs: least probability that the arrival period is covered. Costs
   * derived from it are not real prices and must not reduce the order below it. Absent or null = none.
   */
  readonly serviceLevel?: number | null;
  /** The user's minimum for the projected stock at arrival. */
  readonly safetyStock: number;
  readonly unmet: "lost" | "backorder";
  /** Shared week-of-year factors (53) around 1, or null. */
  readonly seasonalProfile: readonly number[] | null;
  /**
   * Known events and closed periods ahead: factor on the demand of period t + i; missing entries are 1. An uploaded
   * forecast already contains its events, so only a factor of 0 (closed) applies to its points.
   */
  readonly demandMultipliers: readonly number[] | null;
  /** Names of the events in `demandMultipliers`, for the reasons only. */
  readonly knownEvents?: readonly KnownEvent[] | null;
  /** Periods a unit keeps; null = does not spoil. */
  readonly shelfLife: number | null;
  /**
   * What the confidence's regret tolerance is measured against: one period's mean demand, or the protection interval's.
   */
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
  /** Units expected to expire unsold, of the stock and of this order; null where nothing expires. */
  readonly expectedWaste: number | null;
  /** Mean factor of the shared season over the order's arrival review; null without a season. */
  readonly seasonFactor: number | null;
  /** The wanted quantity before packs, minimum and maximum. */
  readonly wished: number;
  /** What an item that sells seldom sells when it sells; absent for one piece, and for other items. */
  readonly usualSale?: number;
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
