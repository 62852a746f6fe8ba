/**
 * Kinds of demand by Syntetos & Boylan (2005): how often there is any (average interval between demands, ADI)
 * and how much its size varies (squared coefficient of variation, CV^2).
 */

export type DemandClass = "smooth" | "erratic" | "intermittent" | "lumpy";

/** Cut-offs of Syntetos, Boylan & Croston (2005). */
const ADI_CUT = 1.32;
const CV2_CUT = 0.49;

/** Periods from one with demand to the next from which an item sells seldom. */
const SELDOM = 3;

export interface DemandProfile {
  readonly class: DemandClass;
  /**
   * Mean number of periods from one period with demand to the next, without the time before the first and after the
   * last, which may be before its launch or its end.
   */
  readonly spacing: number;
  readonly mean: number;
  readonly seen: number;
}

/** Profile of demand per period; NaN entries were not seen. */
export function profileOf(demand: Float64Array): DemandProfile {
  let seen = 0;
  let positive = 0;
  let sum = 0;
  let squares = 0;
  let first = 0;
  let last = 0;
  for (const units of demand) {
    if (units !== units) continue;
    seen++;
    if (units <= 0) continue;
    last = seen;
    if (positive++ === 0) first = seen;
    sum += units;
    squares += units * units;
  }
  const interval = positive === 0 ? Number.POSITIVE_INFINITY : seen / positive;
  const size = positive === 0 ? 0 : sum / positive;
  const variation = positive === 0 ? 0 : Math.max(0, squares / positive / (size * size) - 1);
  const spacing = positive < 2 ? interval : (last - first) / (positive - 1);
  return { class: classOf(interval, variation), spacing, mean: seen === 0 ? 0 : sum / seen, seen };
}

/**
 * What a period with demand usually sells, in units of `unit`, if the item sells seldom; else 1. It is the median,
 * since a single bulk order is not usual.
 */
export function usualSaleOf(demand: Float64Array, { spacing }: DemandProfile, unit: number): number {
  if (spacing < SELDOM) return 1;
  const sales = demand.filter((units) => units > 0).sort();
  return Math.max(1, Math.round((sales[(sales.length - 1) >> 1] ?? 0) / unit));
}

export function classOf(interval: number, variation: number): DemandClass {
  if (interval >= ADI_CUT) return variation >= CV2_CUT ? "lumpy" : "intermittent";
  return variation >= CV2_CUT ? "erratic" : "smooth";
}
