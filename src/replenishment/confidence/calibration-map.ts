/** The shapes of fitted calibration: what `npm run calibrate` writes and calibration.ts reads. */

/** Lead times are calibrated in these groups, by whole periods until arrival. */
export type LeadGroup = "now" | "short" | "long";

/** Coefficients of the log odds of being right. */
export interface LogisticMap {
  /** Per log odds of the share of paths. */
  readonly share: number;
  /**
   * Per log odds of the critical ratio: the more a missing unit costs, the more often an order is right at the same
   * share.
   */
  readonly ratio: number;
  readonly constant: Readonly<Record<LeadGroup, number>>;
}

/** Calibrated probabilities in hundredths, at evenly spaced raw shares 0, 1/n, …, 1. */
export type CalibrationMap = readonly number[];

/** Of every `class/group`. */
export type IsotonicTable = Readonly<Record<string, CalibrationMap>>;

/** Reduction of the log odds of being right by missing knowledge, on top of a wider forecast. */
export interface Ignorance {
  /** Per ln(1 + weeks) without known sales before now. */
  readonly unseen: number;
  /** Per ln of how many times fewer periods have been seen than YOUNG_PERIODS. */
  readonly young: number;
}

/** Addition to the log odds of being right, beside what the share says. */
export interface RatioTerm {
  readonly constant: number;
  /** Per log odds of the critical ratio. */
  readonly ratio: number;
}

/**
 * Of items that sell in most periods an order is right more often, at the same share, the more a missing unit costs; of
 * items that sell seldom the ratio says hardly anything.
 */
export interface RatioTerms {
  readonly frequent: RatioTerm;
  readonly seldom: RatioTerm;
}

export interface CalibrationTables {
  readonly period: LogisticMap;
  readonly protection: IsotonicTable;
  readonly ratio: RatioTerms;
  readonly ignorance: Ignorance;
}
