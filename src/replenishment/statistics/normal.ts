/** The standard normal distribution: density, cumulative probability and quantile, to double precision. */

/** Standard normal quantile of p90. */
export const Z90 = 1.2815515655446004;

const INV_SQRT_2PI = 0.3989422804014327;

export function normalPdf(x: number): number {
  return INV_SQRT_2PI * Math.exp(-0.5 * x * x);
}

/**
 * P(X <= x). West (2005), "Better approximations to cumulative normal functions", after Hart (1968): about 1e-15
 * absolute.
 */
export function normalCdf(x: number): number {
  const z = Math.abs(x);
  if (z > 37) return x > 0 ? 1 : 0;
  const density = Math.exp(-0.5 * z * z);
  let tail: number;
  if (z < 7.07106781186547) {
    let top = 3.52624965998911e-2 * z + 0.700383064443688;
    top = top * z + 6.37396220353165;
    top = top * z + 33.912866078383;
    top = top * z + 112.079291497871;
    top = top * z + 221.213596169931;
    top = top * z + 220.206867912376;
    let bottom = 8.83883476483184e-2 * z + 1.75566716318264;
    bottom = bottom * z + 16.064177579207;
    bottom = bottom * z + 86.7807322029461;
    bottom = bottom * z + 296.564248779674;
    bottom = bottom * z + 637.333633378831;
    bottom = bottom * z + 793.826512519948;
    bottom = bottom * z + 440.413735824752;
    tail = (density * top) / bottom;
  } else {
    const fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
    tail = density / fraction / 2.506628274631;
  }
  return x > 0 ? 1 - tail : tail;
}

/** Quantile, by Acklam's rational approximation and one Halley step: about 1e-15 relative in the middle. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const x = p < 0.02425 ? acklamTail(p) : p > 0.97575 ? -acklamTail(1 - p) : acklamMiddle(p - 0.5);
  const error = (normalCdf(x) - p) / normalPdf(x);
  return x - error / (1 + 0.5 * x * error);
}

function acklamMiddle(q: number): number {
  const r = q * q;
  const top =
    (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
    q;
  const bottom =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1;
  return top / bottom;
}

function acklamTail(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p));
  const top =
    ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783;
  const bottom =
    (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1;
  return top / bottom;
}
