/**
 * Less than this share of an order is a few pieces: a late rest this small does not count as a late order.
 */
export const FEW_PIECES = 0.1;

/** True when nearly all of an order has come. `ordered` is absent where it is unknown. */
export function isFewPieces({ quantity, ordered }: { readonly quantity: number; readonly ordered?: number }): boolean {
  return ordered !== undefined && quantity < FEW_PIECES * ordered;
}
