/** True when nearly all of an order has come. `ordered` is absent where it is unknown. */
import { FEW_PIECES } from "../../replenishment/supply/lead-times.ts";
export function isFewPieces({ quantity, ordered }: { readonly quantity: number; readonly ordered?: number }): boolean {
  return ordered !== undefined && quantity < FEW_PIECES * ordered;
}
