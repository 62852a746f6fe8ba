/** How a supplier's orders are handled under its data and the settings, and when the next one closes. */
import type { Settings } from "../config/settings.ts";
import { purchaseOrderId, type PurchaseSlot } from "../workflow/orders/purchase-line.ts";
import { countMaxAgeMs } from "../workflow/decision-time.ts";
import { DEFAULT_LEAD_TIME_DAYS } from "../world/supply-terms.ts";
import { inSuppliersMoney } from "../workflow/orders/money.ts";
import { nextOpportunities, type Opportunity } from "../world/opportunities.ts";
import type { PurchaseWorld } from "./deps.ts";
import type { PurchasePolicy } from "./order/types.ts";
import { DAY_MS } from "../shared/durations.ts";

export function policyOf({ store, supplier }: PurchaseWorld, { review }: Settings): PurchasePolicy {
  return {
    // When the supplier is deleted or takes no more orders, a person decides about planned units.
    send: supplier?.send === "auto" ? "auto" : "manual",
    emails: supplier?.emails ?? [],
    minimumValue: supplier?.minimumOrderValue ?? null,
    valueAbove: inSuppliersMoney(review.valueAbove, { store, supplier }),
    approvalsRequiredAbove: inSuppliersMoney(review.approvalsRequiredAbove, { store, supplier }),
    fourEyes: review.fourEyes,
    countMaxAgeMs: countMaxAgeMs(store),
    reminderFraction: review.reminderFraction,
  };
}

/**
 * The supplier's present opportunity at a cut-off; null = it has none there. Undefined = the supplier is deleted, or
 * takes no orders: nothing says when its open orders should close instead.
 */
export function opportunityAt({ store, supplier }: PurchaseWorld, orderBy: number): Opportunity | null | undefined {
  if (supplier === null) return undefined;
  const leadTimeDays = supplier.leadTimeDays ?? DEFAULT_LEAD_TIME_DAYS;
  const coming = nextOpportunities({ supplier, store, leadTimeDays }, orderBy);
  return coming === null ? undefined : coming.next.orderBy === orderBy ? coming.next : null;
}

/** The next opportunity after a moment that `isTaken` does not rule out. */
export function slotAfter(
  objectId: string,
  { store, supplier }: PurchaseWorld,
  after: PurchaseSlot,
  now: number,
  isTaken: (slot: PurchaseSlot) => boolean,
): PurchaseSlot {
  let from = Math.max(now, after.orderBy + 1);
  for (;;) {
    const { orderBy, arrivesOn } = opportunityFrom({ store, supplier }, from, after);
    const slot = { poId: purchaseOrderId(objectId, orderBy), orderBy, arrivesOn };
    if (!isTaken(slot)) return slot;
    from = orderBy + 1;
  }
}

/** For a supplier that takes no orders, the same opportunity a day later, so decided units are not lost. */
function opportunityFrom({ store, supplier }: PurchaseWorld, from: number, like: PurchaseSlot): Opportunity {
  const leadTimeDays = supplier?.leadTimeDays ?? DEFAULT_LEAD_TIME_DAYS;
  const coming = supplier === null ? null : nextOpportunities({ supplier, store, leadTimeDays }, from);
  if (coming !== null) return coming.next;
  const days = Math.max(1, Math.ceil((from - like.orderBy) / DAY_MS));
  return { orderBy: like.orderBy + days * DAY_MS, arrivesOn: like.arrivesOn + days };
}
