/** Means and paired bootstrap intervals, with a fixed generator so that reports repeat. */

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** 95 % percentile interval of the mean difference of pairs (Efron & Tibshirani 1993). */
export function pairedInterval(ours: readonly number[], theirs: readonly number[], resamples = 2000): Interval {
  const differences = ours.map((value, index) => value - (theirs[index] ?? 0));
  const random = mulberry32(20_260_105);
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw < differences.length; draw++)
      sum += differences[Math.floor(random() * differences.length)] ?? 0;
    return sum / differences.length;
  }).sort();
  return {
    mean: meanOf(differences),
    low: means[Math.floor(0.025 * resamples)] ?? 0,
    high: means[Math.floor(0.975 * resamples)] ?? 0,
  };
}

export function shownInterval({ mean, low, high }: Interval, digits = 4): string {
  const sign = (value: number): string => `${value >= 0 ? "+" : ""}${value.toFixed(digits)}`;
  return `${sign(mean)} [${sign(low)}, ${sign(high)}]`;
}

/** A small generator of uniform numbers (T. Ettinger's mulberry32). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
