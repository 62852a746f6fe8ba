/** Rounds sums of decimal fractions to what a person would write: .1 + .2 is .3, and .3 - .1 is .2. */
export function withoutDust(units: number): number {
  return Number.isInteger(units) ? units : Number(units.toPrecision(12));
}
