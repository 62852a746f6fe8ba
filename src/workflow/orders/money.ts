/** Unit costs are in the supplier's money; limits and all other costs are in the store's. */
import type { StoreFacts, SupplierFacts } from "../../world/types.ts";
import type { Snapshot } from "../types/snapshot.ts";

export interface Traders {
  readonly store: StoreFacts | null;
  readonly supplier: SupplierFacts | null;
}

/** Value of one unit of the supplier's money in the store's; null = they differ, and nobody said a rate. */
export function rateOf({ store, supplier }: Traders): number | null {
  if (supplier === null) return 1;
  if (supplier.rate !== null) return supplier.rate;
  const differs = supplier.currency !== null && store?.currency != null && supplier.currency !== store.currency;
  return differs ? null : 1;
}

/**
 * Converts a limit from the store's currency. Without a rate nothing can be shown to be below it, so all is above it.
 */
export function inSuppliersMoney(limit: number | null, traders: Traders): number | null {
  if (limit === null) return null;
  const rate = rateOf(traders);
  return rate === null ? 0 : limit / rate;
}

type Priced = Pick<Snapshot, "unitCost" | "rate">;

/** In the store's money; null = the cost is unknown, or its rate is. */
export function unitCostInStore({ unitCost, rate = 1 }: Priced): number | null {
  return unitCost === null || rate === null ? null : unitCost * rate;
}

/** In the store's money; null as above. Nothing is worth 0, whatever a unit costs. */
export function orderValue(snapshot: Priced, quantity: number): number | null {
  if (quantity === 0) return 0;
  const unitCost = unitCostInStore(snapshot);
  return unitCost === null ? null : unitCost * quantity;
}
