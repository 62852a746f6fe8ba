/** How unlikely a demand is: the upper tail of a gamma distribution, which suits fractions as well as counts. */

const STEPS = 300;
const PRECISION = 1e-14;

/** P(X >= value) of a gamma distribution with this mean and variance. */
export function chanceOfAtLeast(value: number, mean: number, variance: number): number {
  if (!(mean > 0) || !(variance > 0)) return 1;
  return upperGamma(mean ** 2 / variance, (value * mean) / variance);
}

/**
 * Regularised upper incomplete gamma function Q(a, x), by series or continued fraction (Press et al., Numerical Recipes
 * 6.2).
 */
function upperGamma(a: number, x: number): number {
  if (!(x > 0)) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < STEPS && term > sum * PRECISION; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(1, Math.max(0, 1 - scale * sum));
  }
  let b = x + 1 - a;
  let c = 1 / Number.MIN_VALUE ** 0.5;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < STEPS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const factor = c * d;
    h *= factor;
    if (Math.abs(factor - 1) < PRECISION) break;
  }
  return Math.min(1, Math.max(0, scale * h));
}

/** Lanczos's approximation (g = 7, n = 9). */
const LANCZOS = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6,
  1.505_632_735_149_311_6e-7,
];

function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * z))) - logGamma(1 - z);
  const x = z - 1;
  const base = x + 7.5;
  const sum = LANCZOS.slice(1).reduce((total, c, index) => total + c / (x + index + 1), LANCZOS[0]!);
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(base) - base + Math.log(sum);
}
