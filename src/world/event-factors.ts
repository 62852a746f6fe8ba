/** Factor of each event on demand: the stated one, else that of the event it is like, else its own measure. */
import type { EventFacts, MeasuredEvent } from "./types.ts";

/** Most steps from an event to the one it is like: a longer chain is a mistake. */
export const LONGEST_CHAIN = 8;

export type StatedEvent = Omit<EventFacts, "measured" | "factor">;

export function withFactors(
  events: readonly StatedEvent[],
  measures: ReadonlyMap<string, MeasuredEvent>,
): EventFacts[] {
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const factorOf = (event: StatedEvent, left: number): number | null => {
    if (event.multiplier !== null) return event.multiplier;
    const like = event.like === null ? undefined : byId.get(event.like);
    // What was measured on that event's days takes precedence over its stated factor.
    const taken =
      like === undefined || left === 0 ? null : (measures.get(like.eventId)?.multiplier ?? factorOf(like, left - 1));
    return taken ?? measures.get(event.eventId)?.multiplier ?? null;
  };
  return events.map((event) => ({
    ...event,
    measured: measures.get(event.eventId) ?? null,
    factor: factorOf(event, LONGEST_CHAIN) ?? 1,
  }));
}
