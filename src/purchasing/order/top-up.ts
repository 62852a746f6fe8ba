/**
 * What to add to an order that is below its supplier's minimum: units that cost least to hold for what they are worth.
 * Each item prices them from its own simulated demand. Pure.
 */

/** Units that an item could take more of, and what having them longer costs it. */
export interface TopUpOffer {
  readonly productId: string;
  /** Null where nobody named it. */
  readonly name: string | null;
  readonly quantity: number;
  /** What the units cost, in the supplier's currency. */
  readonly value: number;
  /** Expected cost beyond the present order's, in the same money. */
  readonly extraCost: number;
}

export type TopUp = TopUpOffer;

/** Most products that a person looks through. */
const MOST_LISTED = 20;

/** Cheapest holding per unit of value first: as many as reach what is missing, and some to choose from. */
export function rankTopUps(offers: readonly TopUpOffer[], shortBy: number): readonly TopUp[] {
  const ranked = offers
    .filter(({ value, quantity }) => value > 0 && quantity > 0)
    .toSorted((a, b) => a.extraCost / a.value - b.extraCost / b.value || (a.productId < b.productId ? -1 : 1));
  let reached = 0;
  let needed = 0;
  while (needed < ranked.length && reached < shortBy) reached += ranked[needed++]!.value;
  return ranked.slice(0, Math.max(needed, MOST_LISTED));
}
