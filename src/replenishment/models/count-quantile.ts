/**
 * Quantiles of count distributions: by adding up probabilities where that is quick, else by a normal-power formula.
 */
import { normalQuantile } from "../statistics/normal.ts";

/** Means above this are not summed: the approximation is within half a unit there. */
const SUM_UP_TO = 40;
/** Powers beyond this are worked out by logarithm. */
const MOST_MULTIPLIED = 64;
/** Sizes beyond this equal a Poisson but for rounding errors, which would be large. */
const MOST_SIZE = 1e8;

/**
 * Smallest n with P(N <= n) >= u, for a negative binomial (variance = mean + mean^2 / size; size Infinity = Poisson; a
 * whole number below zero = a binomial of that many trials, which must exceed the mean).
 * `z`: the standard normal quantile of u, for callers that have it.
 */
export function countQuantile(u: number, mean: number, size: number, z = normalQuantile(u)): number {
  if (!(mean > 0)) return 0;
  if (mean > SUM_UP_TO || Math.abs(size) < 1e-3) return approximate(z, mean, size);
  const poisson = size > MOST_SIZE;
  const ratio = poisson ? 0 : mean / (size + mean);
  let probability = poisson ? Math.exp(-mean) : powered(1 + mean / size, -size);
  let cumulative = probability;
  let n = 0;
  // Sums of doubles may never reach a `u` beyond 1 - 1e-12.
  const target = Math.min(u, 1 - 1e-12);
  const most = size < 0 ? -size : 10_000;
  while (cumulative < target && n < most) {
    probability *= poisson ? mean / (n + 1) : (ratio * (size + n)) / (n + 1);
    n++;
    cumulative += probability;
  }
  return n;
}

/**
 * base ** exponent. Most sizes are small whole numbers: multiplying takes a fifth of a logarithm and an exponential,
 * and these a third of a power.
 */
function powered(base: number, exponent: number): number {
  const times = Math.abs(exponent);
  if (times > MOST_MULTIPLIED || !Number.isInteger(times)) return Math.exp(exponent * Math.log(base));
  let result = 1;
  for (let left = times, square = base; left > 0; left >>= 1, square *= square) if (left % 2 === 1) result *= square;
  return exponent < 0 ? 1 / result : result;
}

/** Cornish-Fisher to the third moment. */
function approximate(z: number, mean: number, size: number): number {
  const inverse = size === Number.POSITIVE_INFINITY ? 0 : 1 / size;
  const variance = mean * (1 + mean * inverse);
  if (!(variance > 0)) return Math.round(mean);
  const skew = (1 + 2 * mean * inverse) / Math.sqrt(variance);
  return Math.max(0, Math.round(mean + Math.sqrt(variance) * (z + (skew * (z * z - 1)) / 6)));
}
