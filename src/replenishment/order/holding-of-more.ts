/**
 * Cost of holding more units than an order needs: on each simulated path, the units left after the order's own period
 * sell at the usual rate, and each is held until it sells.
 */
import type { Outlook } from "../paths/outlook.ts";

/** Most reviews that a unit is held: for something that hardly sells this is practically for ever. */
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
