/** What is accepted of an item's settings and has no effect as it is. */
import { DAY_MS } from "../../../shared/durations.ts";
import type { ItemIdentity } from "../../../storage/identity.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { ItemTerms } from "../../../workflow/item-terms.ts";
import { isFixedCostIdle } from "../../../workflow/steps/costs.ts";
import { seesStore, type StoreBounds } from "../../auth/store-bounds.ts";
import type { AppContext } from "../context.ts";
import { missing, unknownSuppliers } from "./known-names.ts";
import { named } from "./named.ts";

export interface StoredTerms extends ItemIdentity {
  readonly terms: ItemTerms;
}

/** `said` is what the upload names; `stored` is that together with what was kept. */
export async function settingsWarnings(
  c: AppContext,
  principal: StoreBounds,
  said: readonly ItemTerms[],
  stored: readonly StoredTerms[],
): Promise<string[]> {
  const suppliers = await unknownSuppliers(
    c,
    said.flatMap(({ supplierId }) => supplierId ?? []),
  );
  return [
    ...suppliers.map((supplierId) => `supplier_id: ${supplierId} is not a known supplier, so it counts as none`),
    ...idle(stored, isFixedCostIdle, "fixed_order_cost: without unit_cost or holding_cost it changes no order"),
    ...idle(stored, isServiceLevelIdle, "service_level: holding_cost and shortage_cost go before it"),
    ...idle(stored, isPhasedOut, "phase_out_on: has passed, so nothing is ordered"),
    ...(await unknownLenders(c, principal, stored)),
  ];
}

/** A trigger may still bring what is missing, so such settings are no error. */
function idle(stored: readonly StoredTerms[], isIdle: (terms: ItemTerms) => boolean, says: string): string[] {
  const found = stored.filter(({ terms }) => isIdle(terms)).map(({ productId }) => productId);
  return found.length === 0 ? [] : [`${says} (${named(found)})`];
}

function isServiceLevelIdle({ serviceLevel, holdingCost = 0, shortageCost = 0 }: ItemTerms): boolean {
  return serviceLevel !== undefined && holdingCost > 0 && shortageCost > 0;
}

/** A day later than in UTC, it has passed in every zone. */
function isPhasedOut({ phaseOutOn = Infinity }: ItemTerms): boolean {
  return phaseOutOn < Math.floor(Date.now() / DAY_MS) - 1;
}

/** Warns about lenders that are not known: they have no sales to lend. */
async function unknownLenders(
  c: AppContext,
  principal: StoreBounds,
  stored: readonly StoredTerms[],
): Promise<string[]> {
  const { inputs } = storageOf(c.env);
  const all = stored.flatMap(({ storeId, terms: { like, replaces } }) => [
    ...(like === undefined ? [] : [lender("like", { storeId: like.storeId ?? storeId, productId: like.productId })]),
    ...(replaces === undefined ? [] : [lender("replaces", { storeId, productId: replaces })]),
  ]);
  const lenders = new Map(all.filter(([, { storeId }]) => seesStore(principal, storeId)));
  const unknown = await missing([...lenders.keys()], async (key) => (await inputs.item(lenders.get(key)!)) !== null);
  return unknown.map((key) => `${key} has nothing stored yet, so no history is taken from it`);
}

function lender(field: string, item: ItemIdentity): readonly [key: string, item: ItemIdentity] {
  return [`${field}: ${item.productId} of ${item.storeId}`, item];
}
