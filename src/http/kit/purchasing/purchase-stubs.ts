/** Finds the Durable Object of a purchase order by the order's id, and names what an order refuses. */
import { Problem, type ProblemCode } from "../../../api/problems.ts";
import { purchaseOrderToWire } from "../../../api/purchasing/purchase-to-wire.ts";
import type { PurchaseRefusal } from "../../../purchasing/order/record.ts";
import type { PurchaseOrder } from "../../../purchasing/order/types.ts";
import type { PurchaseOrdersObject } from "../../../purchasing/purchase-orders-object.ts";
import { inTime } from "../../../shared/waiting/in-time.ts";
import { storeObject } from "../../../store/store-worlds.ts";
import { partsOfPurchaseOrderId } from "../../../workflow/orders/purchase-line.ts";
import type { AppContext } from "../context.ts";

/** A malformed id, or one of another namespace, is simply not found. */
export function objectOfPurchaseOrder(c: AppContext, poId: string): DurableObjectStub<PurchaseOrdersObject> {
  const parts = partsOfPurchaseOrderId(poId);
  if (parts === null) throw noSuchPurchaseOrder();
  try {
    return c.env.PURCHASE_ORDERS.get(c.env.PURCHASE_ORDERS.idFromString(parts.objectId));
  } catch {
    throw noSuchPurchaseOrder();
  }
}

export async function findPurchaseOrder(c: AppContext, poId: string): Promise<PurchaseOrder> {
  const order = await objectOfPurchaseOrder(c, poId).read(poId);
  if (order === null) throw noSuchPurchaseOrder();
  return order;
}

/** The store and the supplier as they are now; null if deleted. */
export async function worldOfOrder(c: AppContext, { storeId, supplierId }: PurchaseOrder) {
  const world = await inTime(storeObject(c.env, storeId).world(storeId));
  return { store: world.store, supplier: world.suppliers.find((known) => known.supplierId === supplierId) ?? null };
}

export function noSuchPurchaseOrder(): Problem {
  return new Problem("not_found", "There is no purchase order with this id. A path takes its po_id, not its number.");
}

const REFUSALS: Readonly<
  Record<Exclude<PurchaseRefusal["reason"], "unknown_line">, readonly [code: ProblemCode, detail: string]>
> = {
  revision_changed: ["revision_changed", "The order has changed since this revision; look at it again before acting."],
  already_sent: [
    "already_sent",
    "The order is with the supplier and changes by confirmation, receipt and cancellation only.",
  ],
  already_cancelled: ["already_cancelled", "The order was cancelled; nothing can be done with it any more."],
  closing: ["closing", "The order is being closed at this moment; ask again in a few seconds."],
  past_cut_off: ["expired", "The order's cut-off has passed; its lines move to the next opportunity."],
  not_sent: [
    "not_sent",
    "The order is not with its supplier: it was not sent, or was cancelled. Book goods that came at their items.",
  ],
  already_decided: ["already_decided", "The order is approved already; send it, or change its quantities."],
  empty: ["empty_order", "The order has no lines with a quantity."],
  not_approved: [
    "not_approved",
    "Orders of this value need two approvals before they are sent: approve it, then somebody else does.",
  ],
  same_person: ["same_person", "Whoever changed the order does not approve it; somebody else must."],
  above_limit: ["forbidden", "With these quantities the order's value is above your limit, or is unknown."],
  reference_mismatch: ["reference_mismatch", "This reference was already used for another receipt."],
};

export function refusedPurchase(refusal: PurchaseRefusal, order: PurchaseOrder): Problem {
  const purchaseOrder = purchaseOrderToWire(order);
  if (refusal.reason === "unknown_line") {
    return new Problem("validation_failed", "A line names a product that is not on the order.", {
      errors: [{ pointer: `/lines/${refusal.index}/product_id`, message: "is not on the order" }],
    });
  }
  const [code, detail] = REFUSALS[refusal.reason];
  return new Problem(code, detail, { purchaseOrder });
}
