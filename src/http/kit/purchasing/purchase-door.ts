/**
 * The one door to a purchase order: the API, the pages, links and Slack act through it. Null = there is no such order.
 */
import type { EditCall, EditOutcome } from "../../../purchasing/edit-lines.ts";
import type { PurchaseActCall } from "../../../purchasing/purchase-orders-object.ts";
import type { PurchaseOutcome } from "../../../purchasing/order/transition.ts";
import { hasUnknownValue, orderValue } from "../../../purchasing/order/totals.ts";
import { aboveLimit } from "../../../workflow/asking/reviewer-limits.ts";
import { rateOf, type Traders } from "../../../workflow/orders/money.ts";
import type { PurchaseOrder } from "../../../purchasing/order/types.ts";
import type { Reviewer } from "../../auth/reviewer.ts";
import type { AppContext } from "../context.ts";
import { objectOfPurchaseOrder } from "./purchase-stubs.ts";
import { reachesStore } from "../../../shared/reach.ts";

export async function actOnOrder(
  c: AppContext,
  poId: string,
  input: PurchaseActCall["input"],
): Promise<Pick<PurchaseOutcome, "order" | "refusal"> | null> {
  return objectOfPurchaseOrder(c, poId).act({ schema: 1, poId, input });
}

export async function setLines(
  c: AppContext,
  poId: string,
  edit: Omit<EditCall, "schema" | "poId">,
): Promise<EditOutcome | null> {
  return objectOfPurchaseOrder(c, poId).edit({ schema: 1, poId, ...edit });
}

/** Why the order is none of this person's: their permission, their stores. Null = they may lower and cancel it. */
export function whyNotHandle(
  { limits, mayOrder }: Pick<Reviewer, "limits" | "mayOrder">,
  { storeId }: Pick<PurchaseOrder, "storeId">,
): string | null {
  return mayOrder && reachesStore(limits.stores, storeId) ? null : "You may not decide about this order.";
}

/** Why this person may not approve or send the order: the same, and their limit. Null = they may. */
export function whyNotDecide(
  reviewer: Pick<Reviewer, "limits" | "mayOrder">,
  order: PurchaseOrder,
  traders: Traders,
): string | null {
  const rate = rateOf(traders);
  const isUnknown = rate === null || hasUnknownValue(order);
  const refusal = aboveLimit(isUnknown ? null : orderValue(order) * rate, reviewer.limits);
  return whyNotHandle(reviewer, order) ?? (refusal === null ? null : `${refusal} Somebody else decides it.`);
}
