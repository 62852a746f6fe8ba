/**
 * One order's history, from its stored record: what happened, who did it, what was sent. As data,
 * and as text for a terminal.
 */
import { purchaseAuditFault } from "../api/purchasing/purchase-audit-chain.ts";
import { eventText, statusText } from "./order/order-words.ts";
import type { PurchaseOrder } from "./order/types.ts";

export function purchaseStoryAsJson(order: PurchaseOrder) {
  const fault = purchaseAuditFault(order);
  return {
    po_id: order.id,
    number: order.number,
    store_id: order.storeId,
    supplier_id: order.supplierId,
    status: order.status,
    intact: fault === null,
    fault,
    steps: stepsOf(order),
  };
}

export function purchaseStoryAsText(order: PurchaseOrder): string {
  const { supplierId, storeId, number, id } = order;
  const title = `${number ?? "An order"} of ${storeId} with ${supplierId} (${id}): ${statusText(order)}`;
  const lines = stepsOf(order).map(({ at, kind, what, actor, channel, detail }) => {
    const by = actor === null ? "" : `, by ${actor}${channel === null ? "" : ` (${channel})`}`;
    return `${at ?? " ".repeat(24)}  ${kind.padEnd(6)}  ${what}${by}${detail === null ? "" : `: ${detail}`}`;
  });
  const fault = purchaseAuditFault(order);
  const trail = fault === null ? "The hashes of its audit hold." : `Its audit is not as it was written: ${fault}.`;
  return `${[title, ...lines, trail].join("\n")}\n`;
}

function stepsOf({ audit, deliveries }: PurchaseOrder) {
  return [
    ...audit.map(({ at, event, actor, channel, detail }) => ({
      at: new Date(at).toISOString(),
      kind: "event" as const,
      what: eventText(event),
      actor,
      channel: channel ?? null,
      detail: detail ?? null,
    })),
    ...deliveries.map(({ channel, purpose, recipient, status, attempts, dueAt, error }) => ({
      at: status === "pending" ? new Date(dueAt).toISOString() : null,
      kind: "effect" as const,
      what: `${channel} ${purpose}${recipient === undefined ? "" : ` to ${recipient}`}`,
      actor: null,
      channel,
      detail:
        `${status} after ${attempts} ${attempts === 1 ? "attempt" : "attempts"}` +
        `${error === undefined ? "" : `, ${error}`}`,
    })),
  ];
}
