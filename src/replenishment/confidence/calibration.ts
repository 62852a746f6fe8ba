/**
 * From the share of simulated paths to a probability that holds, by what became of past decisions (`npm run calibrate` makes
 * the numbers). Against one period's demand by a logistic curve (Platt 1999) in lead time and critical ratio, of few numbers
 * that serve other data as well; against the protection interval's, which the service uses, by isotonic maps by demand class
 * and lead time, pooled where a class had too few.
 */
import { CALIBRATION } from "./calibration-table.ts";
import type { DemandClass } from "../models/demand-class.ts";

/** No decision is certain, whatever a few hundred like it did. */
const LEAST_DOUBT = 0.01;

/** Lead times are calibrated in these groups, by whole periods until arrival. */
export type LeadGroup = "now" | "short" | "long";

/** Coefficients of the log odds of being right. */
export interface LogisticMap {
  /** Per log odds of the share of paths. */
  readonly share: number;
  /** Per log odds of the critical ratio: the more a missing unit costs, the more often an order is right at the same share. */
  readonly ratio: number;
  readonly constant: Readonly<Record<LeadGroup, number>>;
}

/** Calibrated probabilities in thousandths, at evenly spaced raw shares 0, 1/n, …, 1. */
export type CalibrationMap = readonly number[];

export interface IsotonicTable {
  readonly pooled: CalibrationMap;
  /** Keys `class/group`. */
  readonly cells: Readonly<Record<string, CalibrationMap>>;
}

export interface CalibrationTables {
  readonly period: LogisticMap;
  readonly protection: IsotonicTable;
}

/** What a decision is calibrated by, beside its share of paths. */
export interface CalibratedBy {
  readonly demandClass: DemandClass;
  readonly group: LeadGroup;
  readonly ratio: number;
}

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
  const probability = tolerance === "period" ? logistic(tables.period, raw, by) : isotonic(tables.protection, raw, by);
  return Math.min(1 - LEAST_DOUBT, Math.max(LEAST_DOUBT, probability));
}

/** A share of paths as log odds; none and all of them are no certainties, but as good as this share more or less. */
export function shareOdds(share: number): number {
  const doubt = 0.01;
  return Math.log((share + doubt) / (1 + doubt - share));
}

export function ratioOdds(ratio: number): number {
  return Math.log(ratio / (1 - ratio));
}

function logistic(map: LogisticMap, raw: number, { group, ratio }: CalibratedBy): number {
  return 1 / (1 + Math.exp(-(map.constant[group] + map.share * shareOdds(raw) + map.ratio * ratioOdds(ratio))));
}

function isotonic(table: IsotonicTable, raw: number, { demandClass, group }: CalibratedBy): number {
  const map = table.cells[cellKey(demandClass, group)] ?? table.pooled;
  const last = map.length - 1;
  const at = Math.min(1, Math.max(0, raw)) * last;
  const below = Math.min(last - 1, Math.floor(at));
  const low = map[below]!;
  return (low + (at - below) * (map[below + 1]! - low)) / 1000;
}
