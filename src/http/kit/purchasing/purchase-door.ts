/**
 * The one door to a purchase order: the API, the pages, links and Slack act through it. Null = there is no such order.
 */
import type { EditOutcome } from "../../../purchasing/edit-lines.ts";
import type { PurchaseActCall } from "../../../purchasing/purchase-orders-object.ts";
import type { PurchaseOutcome } from "../../../purchasing/order/transition.ts";
import type { SetBy } from "../../../workflow/orders/purchase-line.ts";
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
  revision: number,
  lines: readonly { readonly productId: string; readonly quantity: number }[],
  by: SetBy,
): Promise<EditOutcome | null> {
  return objectOfPurchaseOrder(c, poId).edit({ schema: 1, poId, revision, lines, by });
}

/** Why this person may not decide about this order: their permission, their stores, their limit; null = they may. */
export function whyNotDecide(
  { limits, mayOrder }: Pick<Reviewer, "limits" | "mayOrder">,
  order: PurchaseOrder,
  traders: Traders,
): string | null {
  if (!mayOrder || !reachesStore(limits.stores, order.storeId)) return "You may not decide about this order.";
  const rate = rateOf(traders);
  const isUnknown = rate === null || hasUnknownValue(order);
  const refusal = aboveLimit(isUnknown ? null : orderValue(order) * rate, limits);
  return refusal === null ? null : `${refusal} Somebody else decides it.`;
}
