/**
 * Shrinks each week's index towards the mean by how well the items and years of that week agree, compared with how much
 * weeks differ. Empirical Bayes; both variances are estimated from the indices themselves (DerSimonian & Laird 1986).
 */

/** Weighted observations of one week: an item's index in one year. */
export interface WeekSums {
  readonly count: number;
  readonly weight: number;
  /** Weight times index, and times its square. */
  readonly index: number;
  readonly square: number;
}

/**
 * The noise estimate starts with this many observations of PRIOR_NOISE, because two equal years prove nothing.
 */
const PRIOR_OBSERVATIONS = 2;
const PRIOR_NOISE = 0.1;

/** One factor a week around the weighted mean; null where a week was never seen. */
export function believedWeeks(weeks: readonly WeekSums[]): readonly (number | null)[] {
  const seen = weeks.filter(({ weight }) => weight > 0);
  const sum = (of: (week: WeekSums) => number): number => seen.reduce((total, week) => total + of(week), 0);
  const total = sum(({ weight }) => weight);
  const middle = sum(({ index }) => index) / total;
  const within = sum(({ weight, index, square }) => Math.max(0, square - index ** 2 / weight));
  const repeats = sum(({ count }) => count - 1);
  // Variance of one observation of weight 1.
  const noise = (within + PRIOR_OBSERVATIONS * PRIOR_NOISE) / (repeats + PRIOR_OBSERVATIONS);
  const between = sum(({ weight, index }) => weight * (index / weight - middle) ** 2);
  const spread = total - sum(({ weight }) => weight ** 2) / total;
  const signal = Math.max(0, (between - (seen.length - 1) * noise) / spread);
  return weeks.map(({ weight, index }) => {
    if (weight === 0) return null;
    const belief = signal > 0 ? signal / (signal + noise / weight) : 0;
    return middle + belief * (index / weight - middle);
  });
}
