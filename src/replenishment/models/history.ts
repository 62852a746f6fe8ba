/** History as models read it: seasonally adjusted, in bins of whole periods, with unseen bins as NaN. */
import type { SeasonFactor } from "./season.ts";

/** A bin counts as seen when at least this share of its periods was in stock. */
const SEEN_SHARE = 0.5;

/** Units a period that are believed: more or less is a slip of the pen, and its square would not be a number. */
const MOST_UNITS = 1e12;
const LEAST_UNITS = 1e-9;

export interface History {
  readonly units: readonly number[];
  /** False = out of stock, demand unseen. */
  readonly inStock: readonly boolean[] | null;
}

/**
 * Mean demand per bin of `bin` periods, oldest first, the last bin ending now; at most `most` bins.
 * A bin with unseen periods is scaled up from those seen.
 */
export function adjustedBins(
  { units, inStock }: History,
  season: SeasonFactor,
  bin: number,
  most: number,
): Float64Array {
  const count = Math.min(most, Math.floor(units.length / bin));
  const bins = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const from = units.length - (count - index) * bin;
    let sum = 0;
    let expected = 0;
    let seen = 0;
    for (let period = from; period < from + bin; period++) {
      if (inStock?.[period] === false) continue;
      sum += believable(units[period]!);
      expected += season(period - units.length);
      seen++;
    }
    bins[index] = seen >= bin * SEEN_SHARE && expected > 0 ? (sum * bin) / expected : Number.NaN;
  }
  return bins;
}

/** Units a period as every model reads them. */
export function believable(units: number): number {
  return units < LEAST_UNITS ? 0 : Math.min(MOST_UNITS, units);
}
