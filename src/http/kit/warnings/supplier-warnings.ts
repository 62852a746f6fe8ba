/** What is accepted of a supplier's description and has no effect as it is. */
import type { StoreFacts, SupplierFacts } from "../../../world/types.ts";
import { world, type AppContext } from "../context.ts";
import { MOST_TRADERS, ofTrade } from "./store-warnings.ts";
import { takesNoOrders, tradeFaults } from "./trade-warnings.ts";

const FIELDS = { delivery: "delivery_days", money: "rate" } as const;

export async function supplierWarnings(c: AppContext, supplier: SupplierFacts, isDaysSaid: boolean): Promise<string[]> {
  const warnings = supplierFaults(supplier);
  if (isDaysSaid && supplier.leadTimeIn === "calendar")
    warnings.push("working_days: count only where lead_time_in is working");
  const stores: readonly StoreFacts[] = await world(c).list("store", MOST_TRADERS, null);
  const faults = stores.flatMap((store) => tradeFaults(store, supplier, Date.now()));
  const concerning = await ofTrade(c, faults, { supplierId: supplier.supplierId });
  return [...warnings, ...concerning.map(({ about, says }) => `${FIELDS[about]}: ${says}`)];
}

/** Those of the supplier alone, whichever stores it delivers to. */
export function supplierFaults(supplier: SupplierFacts): string[] {
  const { send, minimumOrderValue, emails } = supplier;
  const warnings: string[] = [];
  if (takesNoOrders(supplier, Date.now()))
    warnings.push(
      "order_days, delivery_days, closed: no day of the coming year takes an order and then delivers it, so items " +
        "have no cut-off, and their own lead times count",
    );
  if (send === "none" && (minimumOrderValue ?? 0) > 0)
    warnings.push("minimum_order_value: counts for purchase orders only, and there are none while send is none");
  if (send === "none" && emails.length > 0) warnings.push("emails: nothing is mailed while send is none");
  return warnings;
}
