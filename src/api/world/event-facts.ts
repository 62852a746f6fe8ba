/** An event between the wire and the inside. */
import type * as z from "zod";
import type { StatedEvent } from "../../world/event-factors.ts";
import type { MeasuredEvent } from "../../world/types.ts";
import type { EventBody } from "./event-shape.ts";
import { isoDay } from "../../shared/calendar-dates.ts";

export function toEvent(eventId: string, body: z.output<typeof EventBody>): StatedEvent {
  return {
    eventId,
    name: body.name ?? null,
    from: body.from,
    to: body.to,
    multiplier: body.multiplier ?? null,
    like: body.like ?? null,
    stores: body.stores ?? null,
    products: body.products ?? null,
    suppliers: body.suppliers ?? null,
  };
}

export function eventToWire(event: StatedEvent, measured: MeasuredEvent | null) {
  return {
    event_id: event.eventId,
    name: event.name,
    from: isoDay(event.from),
    to: isoDay(event.to),
    multiplier: event.multiplier,
    like: event.like,
    stores: event.stores,
    products: event.products,
    suppliers: event.suppliers,
    measured,
  };
}
