/**
 * The unit of an item: the largest one of which its pack and all its sales are whole multiples. Plans are made in this
 * unit, so count models see counts, and kilograms give the same plan as grams (I14).
 */

/** Remainders below this share of a pack are rounding errors of binary fractions. */
const DUST = 1e-7;
/** An item measured more finely than this share of its pack has no unit: its demand is continuous. */
const FINEST = 1e-5;

/** `pack` > 0. The unit is 1 for whole sales of single pieces. Where sales fit no unit, the pack is used. */
export function unitOf(history: readonly number[], inStock: readonly boolean[] | null, pack: number): number {
  let unit = pack;
  for (let period = 0; period < history.length; period++) {
    const units = history[period]!;
    if (unit === 1 && Number.isInteger(units)) continue;
    if (!(units > 0) || inStock?.[period] === false) continue;
    const measure = commonMeasure(unit, units, DUST * pack);
    if (measure < FINEST * pack) return pack;
    // A unit divides the pack. Its rounding error would grow with every further sale that it is compared with.
    if (measure !== unit) unit = pack / Math.round(pack / measure);
  }
  return unit === pack ? pack : clean(unit);
}

/** A quantity without the rounding errors of binary fractions. */
export function clean(quantity: number): number {
  return Number.isInteger(quantity) ? quantity : Number(quantity.toPrecision(12));
}

/** Euclid's algorithm with nearest remainders. */
function commonMeasure(one: number, other: number, dust: number): number {
  // Sales of a few million units have larger rounding errors.
  const slack = Math.max(dust, other * 1e-12);
  let [a, b] = [other, one];
  while (b > slack) {
    const rest = Math.abs(a - b * Math.round(a / b));
    [a, b] = [b, rest];
  }
  return a;
}
