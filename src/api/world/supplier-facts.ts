/** A supplier between the wire and the inside. */
import type * as z from "zod";
import { MONDAY_TO_FRIDAY, type SupplierFacts } from "../../world/types.ts";
import { closedToWire, timeToWire } from "./calendar-fields.ts";
import type { SupplierBody } from "./supplier-shape.ts";

/** 23:59. */
const END_OF_DAY = 24 * 60 - 1;

export function toSupplier(supplierId: string, body: z.output<typeof SupplierBody>): SupplierFacts {
  return {
    supplierId,
    name: body.name ?? null,
    emails: body.emails ?? [],
    currency: body.currency ?? null,
    rate: body.rate ?? null,
    timeZone: body.time_zone ?? null,
    leadTimeDays: body.lead_time_days ?? null,
    leadTimeIn: body.lead_time_in ?? "calendar",
    workingDays: body.working_days ?? MONDAY_TO_FRIDAY,
    orderDays: body.order_days ?? null,
    cutOff: body.cut_off ?? END_OF_DAY,
    deliveryDays: body.delivery_days ?? null,
    closed: body.closed ?? [],
    minimumOrderValue: body.minimum_order_value ?? null,
    send: body.send ?? "none",
  };
}

export function supplierToWire(supplier: SupplierFacts) {
  return {
    supplier_id: supplier.supplierId,
    name: supplier.name,
    emails: supplier.emails,
    currency: supplier.currency,
    rate: supplier.rate,
    time_zone: supplier.timeZone,
    lead_time_days: supplier.leadTimeDays,
    lead_time_in: supplier.leadTimeIn,
    working_days: supplier.workingDays,
    order_days: supplier.orderDays,
    cut_off: timeToWire(supplier.cutOff),
    delivery_days: supplier.deliveryDays,
    closed: closedToWire(supplier.closed),
    minimum_order_value: supplier.minimumOrderValue,
    send: supplier.send,
  };
}
