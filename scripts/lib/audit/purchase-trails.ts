/** Turns purchase orders of the wire back into what was hashed for their audit. */
import type { PurchaseOrder, Stockwarden } from "../../../src/client/client.ts";
import { purchaseAuditFault, type AuditedPurchase } from "../../../src/api/purchasing/purchase-audit-chain.ts";

const PAGE_LIMIT = 100;

export interface CheckedPurchases {
  readonly orders: number;
  readonly entries: number;
  readonly faults: readonly string[];
}

/** Reads every order and recomputes every hash here. */
export async function checkPurchases(api: Stockwarden): Promise<CheckedPurchases> {
  const faults: string[] = [];
  let orders = 0;
  let entries = 0;
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const page = await api.purchaseOrders({ limit: PAGE_LIMIT, ...(cursor === undefined ? {} : { cursor }) });
    for (const order of page.purchase_orders) {
      orders++;
      entries += order.audit.length;
      const fault = purchaseAuditFault(toAudited(order));
      if (fault !== null)
        faults.push(`${order.number ?? order.po_id} (${order.store_id}/${order.supplier_id}): ${fault}`);
    }
    cursor = page.next_cursor;
  }
  return { orders, entries, faults };
}

export function toAudited({ po_id, status, number, audit }: PurchaseOrder): AuditedPurchase {
  return {
    id: po_id,
    status,
    number,
    audit: audit.map(({ at, event, channel, detail, hash, ...entry }) => ({
      ...entry,
      at: Date.parse(at),
      event: event as AuditedPurchase["audit"][number]["event"],
      ...(channel === null ? {} : { channel }),
      ...(detail === null ? {} : { detail }),
      ...(hash === null ? {} : { hash }),
    })),
  };
}
