/** From the wire's parsed bodies to the inside's plain types. */
import type { ReportedOrder } from "../workflow/orders/item-order.ts";
import type { Trigger } from "../workflow/facts.ts";
import type { TriggerRequest, When } from "./trigger/trigger-request.ts";
import { triggerTerms } from "./trigger/terms-from-wire.ts";

export function toTrigger(body: TriggerRequest): Trigger {
  // What is always there comes first: after a spread each property costs a call into the runtime.
  return {
    currentStock: body.current_stock,
    safetyStock: body.safety_stock_level ?? null,
    onOrder: body.on_order ?? null,
    backordered: body.backordered ?? 0,
    terms: triggerTerms(body),
    notes: body.notes ?? null,
    occurredAt: body.occurred_at ?? null,
    ...(body.open_orders == null ? {} : { openOrders: body.open_orders.map(toReportedOrder) }),
    ...(body.reserved == null ? {} : { reserved: body.reserved }),
    ...(body.lots == null
      ? {}
      : { lots: body.lots.map((lot) => ({ quantity: lot.quantity, expiresOn: lot.expires_on })) }),
    ...(body.backfill === true ? { backfill: true } : {}),
  };
}

/** A day is kept beside its noon, since that is on another day in the zones farthest east. */
export function promiseOf({ on, at }: When): { readonly expectedAt: number; readonly expectedOn?: number } {
  return { expectedAt: at, ...(on === null ? {} : { expectedOn: on }) };
}

function toReportedOrder(order: NonNullable<TriggerRequest["open_orders"]>[number]): ReportedOrder {
  return {
    reference: order.reference ?? null,
    quantity: order.quantity,
    ...promiseOf(order.expected_at),
    placedAt: order.placed_at?.at ?? null,
  };
}
