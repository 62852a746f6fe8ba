/** A purchase order's audit as a hash chain, and whether a trail fits its order. */
import { sha256Hex } from "../../shared/sha256.ts";
import { chained, chainFault } from "../../workflow/audit/hash-chain.ts";
import type { PurchaseAudit, PurchaseEvent, PurchaseOrder } from "../../purchasing/order/types.ts";

const DOMAIN = "stockwarden.purchase-order-audit.1";

/** The order with every entry hashed; entries that have a hash keep it, whatever it is. */
export function withPurchaseHashes(order: PurchaseOrder): PurchaseOrder {
  if (order.audit.every((entry) => entry.hash !== undefined)) return order;
  return { ...order, audit: chained(order.audit, rootOf(order.id), hashOf) };
}

/** What a trail is checked against. */
export type AuditedPurchase = Pick<PurchaseOrder, "id" | "status" | "number" | "audit">;

/** What is wrong with a trail, in words; null when it holds. */
export function purchaseAuditFault(order: AuditedPurchase): string | null {
  if (order.audit.length === 0) return "the trail is empty";
  const { id, audit: entries } = order;
  return chainFault({ entries, root: rootOf(id), hashOf, storedHashes: "all" }) ?? endFault(order);
}

/** A trail that was cut off at its end still hashes right, but does not hold what its order became. */
function endFault({ audit, status, number }: AuditedPurchase): string | null {
  const has = (...events: PurchaseEvent[]): boolean => audit.some(({ event }) => events.includes(event));
  if (number !== null) {
    const placed = audit.filter(({ event }) => event === "sent" || event === "rebuilt");
    if (placed.length !== 1) return `the order was sent as ${number}, and the trail says so ${placed.length} times`;
    if (placed[0]!.detail?.split(",")[0] !== number) return `the trail names another number than ${number}`;
  } else if (has("sent")) return "the trail says that it was sent, the order has no number";
  if (status === "cancelled" && !has("cancelled", "missed", "waited", "rescheduled", "ended_empty"))
    return "the end is missing";
  if (status === "closing" && !has("closing")) return "the closing is missing";
  const decided = audit.findLast(({ event }) => event === "approved" || event === "approval_lapsed");
  if (status === "approved" && decided?.event !== "approved") return "the approval is missing";
  return null;
}

function rootOf(id: string): string {
  return sha256Hex(`${DOMAIN}\n${id}`);
}

function hashOf(previous: string, { seq, at, event, actor, channel, detail }: PurchaseAudit): string {
  return sha256Hex(JSON.stringify([previous, seq, at, event, actor, channel ?? null, detail ?? null]));
}
