/**
 * An order that arrives by the supplier's calendar: its lead time is the time to that arrival. Observed lead times
 * and the ages of other orders are shifted by the same amount, which keeps their distance from the promise.
 */
import type { PlanInput } from "../types.ts";

export function onCalendar(input: PlanInput): PlanInput {
  const arrival = input.arrivals?.[0];
  const { leadTime } = input;
  if (arrival === undefined || arrival === leadTime.promised) return input;
  const later = arrival - leadTime.promised;
  return {
    ...input,
    leadTime: { ...leadTime, promised: arrival, observed: leadTime.observed.map((lead) => lead + later) },
    openOrders: input.openOrders.map((order) => (order.due == null ? { ...order, age: order.age + later } : order)),
  };
}
