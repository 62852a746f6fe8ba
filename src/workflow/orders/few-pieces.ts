/**
 * Less than this share of an order is a few pieces: what is left of it is no late order, and says nothing of its
 * supplier.
 */
export const FEW_PIECES = 0.1;

/** What is outstanding of an order when nearly all of it has come. `ordered` is absent where nobody says. */
export function isFewPieces({ quantity, ordered }: { readonly quantity: number; readonly ordered?: number }): boolean {
  return ordered !== undefined && quantity < FEW_PIECES * ordered;
}
