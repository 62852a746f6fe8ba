/** Limits of plausible units a period: anything beyond is a typing error, and its square could overflow. */
const MOST_UNITS = 1e12;
const LEAST_UNITS = 1e-9;

/** Units a period as every model reads them. */
export function believable(units: number): number {
  return units < LEAST_UNITS ? 0 : Math.min(MOST_UNITS, units);
}
