/**
 * A normal that is cut at zero and still has a given mean and deviation: max(0, location + spread z). Up to a deviation
 * of a third of the mean hardly anything is cut, and it is the normal itself.
 */
import { standardLoss } from "./loss.ts";
import { normalCdf, normalPdf } from "./normal.ts";

export interface CutNormal {
  readonly location: number;
  readonly spread: number;
}

/** Below this deviation over the mean less than a thousandth is cut. */
const UNCUT = 0.3;
/**
 * Larger ratios of deviation to mean are treated as this one: such demand would nearly all fall on one day of many.
 */
const MOST_VARIATION = 1_000;
/** Search range of location over spread: its variation covers every value that is asked for. */
const LOWEST = -6;
const HIGHEST = 1 / UNCUT + 1;
const HALVINGS = 50;

/** The latest result: the periods of a forecast mostly have the same variation. */
let latest = { variation: 0, standard: { location: 1, spread: 0 } };

/** Of this mean and deviation; both are 0 where the mean is. */
export function cutNormal(mean: number, deviation: number): CutNormal {
  if (!(mean > 0)) return { location: 0, spread: 0 };
  const variation = Math.min(MOST_VARIATION, deviation / mean);
  if (variation <= UNCUT) return { location: mean, spread: variation * mean };
  if (latest.variation !== variation) latest = { variation, standard: ofMeanOne(variation) };
  const { location, spread } = latest.standard;
  return { location: location * mean, spread: spread * mean };
}

/** By halving: the variation falls as the location rises. */
function ofMeanOne(variation: number): CutNormal {
  let low = LOWEST;
  let high = HIGHEST;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (variationAt(middle) > variation) low = middle;
    else high = middle;
  }
  const spread = 1 / meanAt(low);
  return { location: low * spread, spread };
}

/** Mean of max(0, location + z). */
function meanAt(location: number): number {
  return standardLoss(-location);
}

/** Its deviation over its mean. */
function variationAt(location: number): number {
  const square = (1 + location ** 2) * normalCdf(location) + location * normalPdf(location);
  return Math.sqrt(Math.max(0, square / meanAt(location) ** 2 - 1));
}
