/** Small steps that every transition takes on an order's record; each returns a new one. */
import type { SetBy } from "../../workflow/orders/purchase-line.ts";
import type { PurchaseEvent, PurchaseNotice, PurchaseOrder } from "./types.ts";

/** Why an event was refused. */
export type PurchaseRefusal =
  | {
      readonly reason:
        | "revision_changed"
        | "already_sent"
        | "already_cancelled"
        | "closing"
        | "past_cut_off"
        | "not_sent"
        | "empty"
        | "already_decided"
        | "not_approved"
        | "same_person"
        | "above_limit"
        | "reference_mismatch";
    }
  /** The line at this index of the call names a product that is not on the order. */
  | { readonly reason: "unknown_line"; readonly index: number };

export interface PurchaseTransition {
  /** The present record, changed or not. */
  readonly order: PurchaseOrder;
  readonly changed: boolean;
  readonly notices: readonly PurchaseNotice[];
  readonly refusal: PurchaseRefusal | null;
}

/** The actor of the service's own actions. */
export const SERVICE: SetBy = { principal: "service", label: "stockwarden", channel: "service" };

export function unchanged(order: PurchaseOrder, refusal: PurchaseRefusal | null = null): PurchaseTransition {
  return { order, changed: false, notices: [], refusal };
}

export function changed(order: PurchaseOrder, notices: readonly PurchaseNotice[] = []): PurchaseTransition {
  return { order, changed: true, notices, refusal: null };
}

/** The record with changes, its version raised. */
export function touch(order: PurchaseOrder, changes: Partial<PurchaseOrder>, now: number): PurchaseOrder {
  return { ...order, ...changes, version: order.version + 1, updatedAt: Math.max(now, order.updatedAt) };
}

/** The record with one more line of its audit. */
export function audited(
  order: PurchaseOrder,
  event: PurchaseEvent,
  by: SetBy,
  now: number,
  detail?: string,
): PurchaseOrder {
  const entry = {
    seq: order.audit.length + 1,
    at: Math.max(now, order.audit.at(-1)?.at ?? 0),
    event,
    actor: by.label,
    ...(by.channel === SERVICE.channel ? {} : { channel: `${by.channel} ${by.principal}` }),
    ...(detail === undefined ? {} : { detail }),
  };
  return { ...order, audit: [...order.audit, entry] };
}
