/** An event between the wire and the inside. */
import type * as z from "zod";
import { dateOf } from "../../shared/iso-days.ts";
import type { StatedEvent } from "../../world/event-factors.ts";
import type { MeasuredEvent } from "../../world/types.ts";
import type { EventBody } from "./event-shape.ts";

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
    from: dateOf(event.from),
    to: dateOf(event.to),
    multiplier: event.multiplier,
    like: event.like,
    stores: event.stores,
    products: event.products,
    suppliers: event.suppliers,
    measured,
  };
}
