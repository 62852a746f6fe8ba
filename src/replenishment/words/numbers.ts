/**
 * Formats numbers for sentences: without rounding errors of binary fractions, and never as 0 when they are not 0.
 */

/** Digits of an estimate below ten; from ten on it is shown in whole units. */
const ESTIMATE_DIGITS = 2;
/** Chances are shares of 256 paths, which cannot resolve anything rarer than one in a hundred. */
const LEAST_CHANCE = 0.01;

/** A stated or ordered quantity, shown unrounded. */
export function exactly(quantity: number): string {
  if (Number.isInteger(quantity) && Math.abs(quantity) < 1e12) return `${quantity}`;
  return plain(Number(quantity.toPrecision(12)));
}

/** An estimated quantity, with as many digits as an estimate deserves. */
export function about(quantity: number): string {
  const size = Math.abs(quantity);
  return plain(size >= 9.95 || size === 0 ? Math.round(quantity) : Number(quantity.toPrecision(ESTIMATE_DIGITS)));
}

/** A simulated probability: never shown as impossible or certain. */
export function chance(probability: number): string {
  if (probability < LEAST_CHANCE) return "under 1 %";
  if (probability > 1 - LEAST_CHANCE) return "over 99 %";
  return share(probability);
}

/** A known share, which may be 0 % or 100 %. */
export function share(part: number): string {
  return `${Math.round(part * 100)} %`;
}

/** Without an exponent: 1e-7 is 0.0000001. */
function plain(value: number): string {
  if (Object.is(value, -0)) return "0";
  const text = String(value);
  if (!text.includes("e")) return text;
  return value.toFixed(Math.min(20, Math.max(0, Number(text.split("e-")[1] ?? 0) + 12))).replace(/\.?0+$/u, "");
}
