/**
 * Turns the share of simulated paths into a probability that matches the outcomes of past decisions (fitted by `npm run
 * calibrate`). With a tolerance of one period's demand it uses a logistic curve (Platt 1999) in lead time and
 * critical ratio, whose few numbers suit other data as well. With the protection interval's, which the service uses, it
 * uses isotonic maps by demand class and lead time, pooled where a class had too few decisions, and a
 * term in the critical ratio.
 */
import { CALIBRATION } from "./calibration-table.ts";
import type { CalibrationTables, IsotonicTable, LeadGroup, LogisticMap, RatioTerms } from "./calibration-map.ts";
import type { DemandClass } from "../models/demand-class.ts";

/** No decision is certain, even if a few hundred like it were all right or all wrong. */
const LEAST_DOUBT = 0.01;

/** What a decision is calibrated by, besides its share of paths. */
export interface CalibratedBy {
  readonly demandClass: DemandClass;
  readonly group: LeadGroup;
  readonly ratio: number;
  /** Unseen days just before now. */
  readonly unseenDays: number;
  /** Periods that were seen, the item's own or borrowed. */
  readonly seenPeriods: number;
}

/** Critical ratios between which decisions with known outcomes lie. */
const LEAST_RATIO = 0.5;
const MOST_RATIO = 0.95;

/** An item of fewer periods is young: its models know it less well than they say. */
export const YOUNG_PERIODS = 5;

export function leadGroupOf(leadPeriods: number): LeadGroup {
  if (leadPeriods < 0.5) return "now";
  return leadPeriods <= 2.5 ? "short" : "long";
}

export function cellKey(demandClass: DemandClass, group: LeadGroup): string {
  return `${demandClass}/${group}`;
}

export function calibrated(
  raw: number,
  tolerance: keyof CalibrationTables,
  by: CalibratedBy,
  tables: CalibrationTables = CALIBRATION,
): number {
  const known = tolerance === "period" ? logistic(tables.period, raw, by) : isotonic(tables.protection, raw, by);
  const probability = Math.min(1 - LEAST_DOUBT, Math.max(LEAST_DOUBT, known));
  const { unseen, young } = tables.ignorance;
  const less = unseen * unseenOdds(by.unseenDays) + young * youngOdds(by.seenPeriods);
  const more = tolerance === "protection" ? termOdds(tables.ratio, by) : 0;
  const odds = ratioOdds(probability) + more - less;
  return Math.min(1 - LEAST_DOUBT, Math.max(LEAST_DOUBT, 1 / (1 + Math.exp(-odds))));
}

/** Which ratio term an item of the class has: whether it sells in most periods. */
export function ratioTermOf(demandClass: DemandClass): keyof RatioTerms {
  return demandClass === "smooth" || demandClass === "erratic" ? "frequent" : "seldom";
}

/** Ratios beyond those that were measured count as the nearest of them. */
export function measuredRatioOdds(ratio: number): number {
  return ratioOdds(Math.min(MOST_RATIO, Math.max(LEAST_RATIO, ratio)));
}

function termOdds(terms: RatioTerms, by: CalibratedBy): number {
  const { constant, ratio } = terms[ratioTermOf(by.demandClass)];
  return constant + ratio * measuredRatioOdds(by.ratio);
}

/** A share of paths as log odds. Shares of 0 and 1 are not certainties, so they are moved inwards by `doubt`. */
export function shareOdds(share: number): number {
  const doubt = 0.01;
  return Math.log((share + doubt) / (1 + doubt - share));
}

/** How much recent history is missing, as a term of the log odds. */
export function unseenOdds(days: number): number {
  return Math.log(1 + days / 7);
}

/** How young the item is; 0 from YOUNG_PERIODS on. */
export function youngOdds(periods: number): number {
  return Math.max(0, Math.log(YOUNG_PERIODS / Math.max(1, periods)));
}

export function ratioOdds(ratio: number): number {
  return Math.log(ratio / (1 - ratio));
}

function logistic(map: LogisticMap, raw: number, { group, ratio }: CalibratedBy): number {
  return 1 / (1 + Math.exp(-(map.constant[group] + map.share * shareOdds(raw) + map.ratio * ratioOdds(ratio))));
}

function isotonic(table: IsotonicTable, raw: number, { demandClass, group }: CalibratedBy): number {
  const map = table[cellKey(demandClass, group)]!;
  const last = map.length - 1;
  const at = Math.min(1, Math.max(0, raw)) * last;
  const below = Math.min(last - 1, Math.floor(at));
  const low = map[below]!;
  return (low + (at - below) * (map[below + 1]! - low)) / 100;
}
