/**
 * From the share of simulated paths to a probability that holds: isotonic maps fitted on past decisions whose outcome is known,
 * by demand class and lead time, pooled where a class had too few (scripts/calibrate.ts makes the table).
 */
import { CALIBRATION } from "./calibration-table.ts";
import type { DemandClass } from "./demand-class.ts";

/** No decision is certain, whatever a few hundred like it did. */
const LEAST_DOUBT = 0.01;

/** Lead times are calibrated in these groups, by whole periods until arrival. */
export type LeadGroup = "now" | "short" | "long";

/** Calibrated probabilities in thousandths, at evenly spaced raw shares 0, 1/n, …, 1. */
export type CalibrationMap = readonly number[];

export interface CalibrationTable {
  readonly pooled: CalibrationMap;
  /** Keys `class/group`. */
  readonly cells: Readonly<Record<string, CalibrationMap>>;
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
  tolerance: "period" | "protection",
  demandClass: DemandClass,
  group: LeadGroup,
  table: CalibrationTable = CALIBRATION[tolerance],
): number {
  const probability = interpolate(table.cells[cellKey(demandClass, group)] ?? table.pooled, raw) / 1000;
  return Math.min(1 - LEAST_DOUBT, Math.max(LEAST_DOUBT, probability));
}

function interpolate(map: CalibrationMap, raw: number): number {
  const last = map.length - 1;
  const at = Math.min(1, Math.max(0, raw)) * last;
  const below = Math.min(last - 1, Math.floor(at));
  const low = map[below]!;
  return low + (at - below) * (map[below + 1]! - low);
}
