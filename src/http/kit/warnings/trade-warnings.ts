/** What keeps a store and a supplier from trading as described: no day on which goods arrive, money without a rate. */
import { rateOf } from "../../../workflow/orders/money.ts";
import { nextOpportunities } from "../../../world/opportunities.ts";
import { DEFAULT_LEAD_TIME_DAYS } from "../../../world/supply-terms.ts";
import type { StoreFacts, SupplierFacts } from "../../../world/types.ts";

export interface TradeFault {
  readonly about: "delivery" | "money";
  readonly storeId: string;
  readonly supplierId: string;
  readonly says: string;
}

/** Whatever the store is like. */
export function takesNoOrders(supplier: SupplierFacts, now: number): boolean {
  return !hasOpportunity(supplier, null, now);
}

export function tradeFaults(store: StoreFacts, supplier: SupplierFacts, now: number): TradeFault[] {
  const { storeId } = store;
  const { supplierId } = supplier;
  const faults: TradeFault[] = [];
  const fault = (about: TradeFault["about"], says: string) => faults.push({ about, storeId, supplierId, says });
  if (!takesNoOrders(supplier, now) && !hasOpportunity(supplier, store, now))
    fault(
      "delivery",
      `no day of the coming year suits a delivery of ${supplierId} to ${storeId}: orders have no cut-off`,
    );
  if (rateOf({ store, supplier }) === null)
    fault(
      "money",
      `${supplierId} is paid in ${supplier.currency}, ${storeId} in ${store.currency}: values are unknown`,
    );
  return faults;
}

function hasOpportunity(supplier: SupplierFacts, store: StoreFacts | null, now: number): boolean {
  const leadTimeDays = supplier.leadTimeDays ?? DEFAULT_LEAD_TIME_DAYS;
  return nextOpportunities({ supplier, store, leadTimeDays }, now) !== null;
}
