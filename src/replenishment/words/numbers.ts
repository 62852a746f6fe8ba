/**
 * Numbers in sentences: the numbers themselves, without the dust of binary fractions, and never shown as 0 when they
 * are not.
 */

/** Digits of an estimate below ten; from ten on it is shown in whole units. */
const ESTIMATE_DIGITS = 2;
/** Chances are shares of 256 paths: nothing is known of what is rarer than one in a hundred. */
const LEAST_CHANCE = 0.01;

/** A quantity that somebody stated or that is ordered: as it is. */
export function exactly(quantity: number): string {
  return plain(Number(quantity.toPrecision(12)));
}

/** A quantity that was estimated, as exactly as it can be known. */
export function about(quantity: number): string {
  const size = Math.abs(quantity);
  return plain(size >= 9.95 || size === 0 ? Math.round(quantity) : Number(quantity.toPrecision(ESTIMATE_DIGITS)));
}

/** A probability that was simulated: never none and never certain. */
export function chance(probability: number): string {
  if (probability < LEAST_CHANCE) return "under 1 %";
  if (probability > 1 - LEAST_CHANCE) return "over 99 %";
  return share(probability);
}

/** A share that is known, which may well be all or nothing. */
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
