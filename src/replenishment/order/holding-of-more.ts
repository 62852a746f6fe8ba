/**
 * What more units than an order needs cost to hold: on each simulated path, what is left over after the order's own
 * period sells off at the usual rate, and every unit is held until then.
 */
import type { Outlook } from "../paths/outlook.ts";

/** Units of something that hardly sells are held for this many reviews at most, which is as good as for ever. */
const MOST_REVIEWS = 104;

/** @param holding per unit and review; @param reviewPeriod in periods. */
export function holdingOfMore(
  { need, meanDemand }: Pick<Outlook, "need" | "meanDemand">,
  quantity: number,
  more: number,
  holding: number,
  reviewPeriod: number,
): number {
  const perReview = meanDemand * reviewPeriod;
  const held = (left: number): number =>
    perReview > 0 ? Math.min((left * left) / (2 * perReview), left * MOST_REVIEWS) : left * MOST_REVIEWS;
  let total = 0;
  for (const wanted of need) {
    total += held(Math.max(0, quantity + more - wanted)) - held(Math.max(0, quantity - wanted));
  }
  return (holding * total) / Math.max(1, need.length);
}
