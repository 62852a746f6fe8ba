/**
 * An order's audit as a hash chain, as workflows have it: each entry's hash covers the one before; the first link is
 * the id.
 */
import { sha256Hex } from "../../shared/sha256.ts";
import type { PurchaseAudit, PurchaseOrder } from "../order/types.ts";

const DOMAIN = "stockwarden.purchase-order-audit.1";

/** The order with every entry hashed; entries that have a hash keep it, whatever it is. */
export function withPurchaseHashes(order: PurchaseOrder): PurchaseOrder {
  if (order.audit.every((entry) => entry.hash !== undefined)) return order;
  let previous = rootOf(order.id);
  const audit = order.audit.map((entry) => {
    const hash = entry.hash ?? hashOf(previous, entry);
    previous = hash;
    return { ...entry, hash };
  });
  return { ...order, audit };
}

/** What is wrong with a trail, in words; null when it holds. */
export function purchaseAuditFault({ id, audit }: Pick<PurchaseOrder, "id" | "audit">): string | null {
  if (audit.length === 0) return "the trail is empty";
  let previous = rootOf(id);
  for (const [index, entry] of audit.entries()) {
    if (entry.seq !== index + 1) return `entry ${index + 1} is missing`;
    if (entry.hash !== hashOf(previous, entry)) return `entry ${entry.seq} (${entry.event}) was changed`;
    previous = entry.hash;
  }
  return null;
}

function rootOf(id: string): string {
  return sha256Hex(`${DOMAIN}\n${id}`);
}

function hashOf(previous: string, { seq, at, event, actor, channel, detail }: PurchaseAudit): string {
  return sha256Hex(JSON.stringify([previous, seq, at, event, actor, channel ?? null, detail ?? null]));
}
