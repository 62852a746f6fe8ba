/**
 * The unit an item comes in: the largest that its pack and everything it ever sold are whole multiples of. Plans are
 * made in this unit, so that models of counts see counts, and kilograms are planned as grams are (I14).
 */

/** Remainders below this share of a pack are what binary fractions leave. */
const DUST = 1e-7;
/** An item measured more finely than this share of its pack has no unit: its demand is continuous. */
const FINEST = 1e-5;

/** `pack` > 0. Units of 1 for whole sales of single pieces. Where sales fit no unit, the pack is as good as any. */
export function unitOf(history: readonly number[], inStock: readonly boolean[] | null, pack: number): number {
  let unit = pack;
  for (let period = 0; period < history.length; period++) {
    const units = history[period]!;
    if (unit === 1 && Number.isInteger(units)) continue;
    if (!(units > 0) || inStock?.[period] === false) continue;
    unit = commonMeasure(unit, units, DUST * pack);
    if (unit < FINEST * pack) return pack;
  }
  return unit === pack ? pack : clean(pack / Math.round(pack / unit));
}

/** A quantity without the dust of binary fractions. */
export function clean(quantity: number): number {
  return Number.isInteger(quantity) ? quantity : Number(quantity.toPrecision(12));
}

/** Euclid's algorithm with nearest remainders. */
function commonMeasure(one: number, other: number, dust: number): number {
  // Sales of a few million units leave dust of their own.
  const slack = Math.max(dust, other * 1e-12);
  let [a, b] = [other, one];
  while (b > slack) {
    const rest = Math.abs(a - b * Math.round(a / b));
    [a, b] = [b, rest];
  }
  return a;
}
