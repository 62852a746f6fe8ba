/** Units a period that are believed: more or less is a slip of the pen, and its square would not be a number. */
const MOST_UNITS = 1e12;
const LEAST_UNITS = 1e-9;

/** Units a period as every model reads them. */
export function believable(units: number): number {
  return units < LEAST_UNITS ? 0 : Math.min(MOST_UNITS, units);
}
