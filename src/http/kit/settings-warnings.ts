/** What is accepted of an item's settings and has no effect as it is. */
import { concurrently } from "../../shared/concurrently.ts";
import { storageOf } from "../../storage/storage.ts";
import type { ItemTerms } from "../../workflow/item-terms.ts";
import { isFixedCostIdle } from "../../workflow/steps/costs.ts";
import type { AppContext } from "./context.ts";

/** Suppliers of one upload that are looked up. */
const MOST_SUPPLIERS = 100;
const SUPPLIERS_AT_ONCE = 10;
const MOST_NAMED = 5;

export interface StoredTerms {
  readonly productId: string;
  readonly terms: ItemTerms;
}

/** `said` is what the upload names; `stored` is that together with what was kept. */
export async function settingsWarnings(
  c: AppContext,
  said: readonly ItemTerms[],
  stored: readonly StoredTerms[],
): Promise<string[]> {
  return [...(await unknownSuppliers(c, said)), ...idleCosts(stored)];
}

/** A supplier may be described after its items. */
async function unknownSuppliers(c: AppContext, said: readonly ItemTerms[]): Promise<string[]> {
  const named = [...new Set(said.flatMap(({ supplierId }) => supplierId ?? []))].slice(0, MOST_SUPPLIERS);
  const { world } = storageOf(c.env);
  const known = await concurrently(named, SUPPLIERS_AT_ONCE, (supplierId) => world.get("supplier", supplierId));
  return named
    .filter((_, at) => known[at] === null)
    .map((supplierId) => `supplier_id: ${supplierId} is not a known supplier, so it counts as none`);
}

/** A trigger may still bring the cost, so such settings are no error. */
function idleCosts(stored: readonly StoredTerms[]): string[] {
  const idle = stored.filter(({ terms }) => isFixedCostIdle(terms)).map(({ productId }) => productId);
  if (idle.length === 0) return [];
  const more = idle.length > MOST_NAMED ? ` and ${idle.length - MOST_NAMED} more` : "";
  const which = `${idle.slice(0, MOST_NAMED).join(", ")}${more}`;
  return [`fixed_order_cost: without unit_cost or holding_cost it changes no order (${which})`];
}
