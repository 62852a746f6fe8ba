/**
 * What to add to an order below its supplier's minimum: units with the lowest holding cost for their value. Each item
 * prices its own from simulated demand. Pure.
 */
import { inCoins } from "../../shared/formats.ts";

/** Extra units that an item could take, and the cost of holding them. */
export interface TopUpOffer {
  readonly productId: string;
  /** Null where the product has no name. */
  readonly name: string | null;
  readonly quantity: number;
  /** What the units cost, in the supplier's currency: above 0, since an item without a unit cost offers nothing. */
  readonly value: number;
  /** Expected cost beyond the present order's, in the same currency. */
  readonly extraCost: number;
}

/** Most products in the list, since a person reads it. */
const MOST_LISTED = 20;

/**
 * Lowest holding cost per value first: enough to reach the minimum, and some more to choose from. Each is worth what a
 * line of it would be, in whole coins; what is worth less than one brings the minimum no nearer.
 */
export function rankTopUps(
  offers: readonly TopUpOffer[],
  shortBy: number,
  currency: string | null,
): readonly TopUpOffer[] {
  const ranked = offers
    .map((offer) => ({ ...offer, value: inCoins(offer.value, currency) }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => a.extraCost / a.value - b.extraCost / b.value || (a.productId < b.productId ? -1 : 1));
  let reached = 0;
  let needed = 0;
  while (needed < ranked.length && reached < shortBy) reached += ranked[needed++]!.value;
  return ranked.slice(0, Math.max(needed, MOST_LISTED));
}
