/**
 * The one door to a purchase order: the API, the pages, links and Slack act through it. Null = there is no such order.
 */
import type { EditOutcome } from "../../../purchasing/edit-lines.ts";
import type { PurchaseActCall } from "../../../purchasing/purchase-orders-object.ts";
import type { PurchaseOutcome } from "../../../purchasing/order/transition.ts";
import type { SetBy } from "../../../workflow/orders/purchase-line.ts";
import { inSuppliersMoney } from "../../../purchasing/policy.ts";
import type { Traders } from "../../../workflow/orders/money.ts";
import { orderValue } from "../../../purchasing/order/totals.ts";
import type { PurchaseOrder } from "../../../purchasing/order/types.ts";
import type { Reviewer } from "../../auth/reviewer.ts";
import type { AppContext } from "../context.ts";
import { objectOfPurchaseOrder } from "./purchase-stubs.ts";

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

/** Whether a person may handle orders, and this one is within their stores and, in the store's money, their limit. */
export function mayDecideOn(
  { limits, mayOrder }: Pick<Reviewer, "limits" | "mayOrder">,
  order: PurchaseOrder,
  traders: Traders,
): boolean {
  const { stores } = limits;
  const valueLimit = inSuppliersMoney(limits.valueLimit, traders);
  return (
    mayOrder &&
    (stores === null || stores.includes(order.storeId)) &&
    (valueLimit === null || orderValue(order) <= valueLimit)
  );
}
