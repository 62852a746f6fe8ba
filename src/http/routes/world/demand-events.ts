/** `/events`: days on which demand differs from usual. */
import * as z from "zod";
import { eventToWire, toEvent } from "../../../api/world/event-facts.ts";
import { EventAnswer, EventBody, EventsAnswer } from "../../../api/world/event-shape.ts";
import { ListQuery } from "../../../api/world/lists.ts";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { tellStores } from "../../../store/tell-stores.ts";
import { LONGEST_CHAIN, type StatedEvent } from "../../../world/event-factors.ts";
import type { Principal } from "../../auth/principal.ts";
import { requireReach, seesStore } from "../../auth/store-bounds.ts";
import { readJson } from "../../kit/request/body.ts";
import { world, type AppContext } from "../../kit/context.ts";
import { eventWarnings } from "../../kit/warnings/event-warnings.ts";
import { withWarnings } from "../../kit/warnings/with-warnings.ts";
import { listPage } from "../../kit/list-page.ts";
import { guarded, json, NO_CONTENT, type Route } from "../../kit/route.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { reachOfAll } from "../../../shared/reach.ts";

/** Nobody plans with more, and all of them are read with a store's world. */
const MOST_EVENTS = 2_000;

const OF_EVENT = { params: z.object({ event_id: name }) } as const;
interface OfEvent {
  readonly params: { readonly event_id: string };
  readonly principal: Principal;
}
interface OfList {
  readonly query: z.output<typeof ListQuery>;
  readonly principal: Principal;
}

async function putEvent(c: AppContext, { params, principal }: OfEvent): Promise<Response> {
  const event = toEvent(params.event_id, await readJson(c, EventBody));
  requireReach(principal, event.stores);
  const before = await world(c).get("event", event.eventId);
  if (before !== null && !concerns(principal, before))
    throw new Problem("not_found", "This event_id is taken by an event that this key may not see; choose another.");
  if (before !== null) requireReach(principal, before.stores);
  await refuseUnknownFactor(c, principal, event);
  // Different days need a new measurement.
  if (before !== null && JSON.stringify({ ...before, name: null }) !== JSON.stringify({ ...event, name: null }))
    await world(c).dropMeasures(event.eventId);
  const created = await world(c).put("event", event.eventId, event);
  await tellStores(c.env, reachOfAll(before === null ? [event] : [before, event]));
  const [measured, warnings] = await Promise.all([world(c).measured(event.eventId), eventWarnings(c, event)]);
  return c.json(withWarnings(eventToWire(event, measured), warnings), created ? 201 : 200);
}

async function getEvent(c: AppContext, { params, principal }: OfEvent): Promise<Response> {
  const eventId = params.event_id;
  const [event, measured] = await Promise.all([world(c).get("event", eventId), world(c).measured(eventId)]);
  if (event === null || !concerns(principal, event)) throw noSuchEvent();
  return c.json(eventToWire(await withinSight(c, principal, event), measured));
}

async function getEvents(c: AppContext, { query, principal }: OfList): Promise<Response> {
  const page = await listPage(
    "events",
    query,
    (limit, after) => world(c).list("event", limit, after),
    ({ eventId }) => eventId,
    principal.stores === null ? undefined : (event) => concerns(principal, event),
  );
  const events = await Promise.all(
    page.entries.map(async (event) =>
      eventToWire(await withinSight(c, principal, event), await world(c).measured(event.eventId)),
    ),
  );
  return c.json({ events, next_cursor: page.nextCursor });
}

async function deleteEvent(c: AppContext, { params, principal }: OfEvent): Promise<Response> {
  const eventId = params.event_id;
  const event = await world(c).get("event", eventId);
  if (event === null || !concerns(principal, event)) throw noSuchEvent();
  requireReach(principal, event.stores);
  const others = await world(c).list("event", MOST_EVENTS, null);
  const follower = others.find(({ like, multiplier }) => like === eventId && multiplier === null);
  if (follower !== undefined) {
    const which = concerns(principal, follower) ? `The event ${follower.eventId}` : "Another event";
    throw new Problem("in_use", `${which} takes its factor from this one.`);
  }
  await world(c).delete("event", eventId);
  await world(c).dropMeasures(eventId);
  await tellStores(c.env, event.stores);
  return c.body(null, 204);
}

/** A future event needs a factor from somewhere; a past one is measured from its sales. */
async function refuseUnknownFactor(c: AppContext, principal: Principal, event: StatedEvent): Promise<void> {
  if (event.multiplier === null && event.like === null && event.from > Math.floor(Date.now() / DAY_MS))
    throw unknownFactor("/multiplier", "is needed for an event that lies ahead, or like");
  if (event.like === null) return;
  if (event.like === event.eventId) throw unknownFactor("/like", "must be another event");
  const liked = await world(c).get("event", event.like);
  if (liked === null || !concerns(principal, liked)) throw unknownFactor("/like", "is not a known event");
  if (event.multiplier === null && (await leadsBack(c, liked, event.eventId)))
    throw unknownFactor("/like", "leads back to this event, so none of them has a factor");
}

/** True where an event takes its factor, by what it is like, from the named one. */
async function leadsBack(c: AppContext, from: StatedEvent, eventId: string): Promise<boolean> {
  let next: StatedEvent | null = from;
  for (let step = 0; step < LONGEST_CHAIN && next !== null && next.multiplier === null && next.like !== null; step++) {
    if (next.like === eventId) return true;
    next = await world(c).get("event", next.like);
  }
  return false;
}

function unknownFactor(pointer: string, message: string): Problem {
  return new Problem("validation_failed", "The event's factor is not known.", { errors: [{ pointer, message }] });
}

function concerns(principal: Principal, { stores }: StatedEvent): boolean {
  return stores === null || stores.some((storeId) => seesStore(principal, storeId));
}

/** Names no store, and no other event, that the principal may not see. */
async function withinSight(c: AppContext, principal: Principal, event: StatedEvent): Promise<StatedEvent> {
  if (principal.stores === null) return event;
  const stores = event.stores?.filter((storeId) => seesStore(principal, storeId)) ?? null;
  const liked = event.like === null ? null : await world(c).get("event", event.like);
  return { ...event, stores, like: liked !== null && concerns(principal, liked) ? event.like : null };
}

function noSuchEvent(): Problem {
  return new Problem("not_found", "There is no such event.");
}

export const EVENT_ROUTES: readonly Route[] = [
  guarded({
    ...OF_EVENT,
    method: "PUT",
    path: "/events/:event_id",
    scope: "write",
    docs: {
      summary: "Describe days of different demand, and the factor",
      group: "world",
      body: json(EventBody),
      answers: {
        200: { says: "Replaced", content: json(EventAnswer) },
        201: { says: "Stored", content: json(EventAnswer) },
      },
      problems: ["not_found"],
    },
    handle: putEvent,
  }),
  guarded({
    ...OF_EVENT,
    method: "GET",
    path: "/events/:event_id",
    scope: "read",
    docs: {
      summary: "An event, with what was measured on its days",
      group: "world",
      answers: { 200: { says: "The event", content: json(EventAnswer) } },
      problems: ["not_found", "validation_failed"],
    },
    handle: getEvent,
  }),
  guarded({
    method: "GET",
    path: "/events",
    scope: "read",
    query: ListQuery,
    docs: {
      summary: "All events, by id",
      group: "world",
      answers: { 200: { says: "A page of events", content: json(EventsAnswer) } },
    },
    handle: getEvents,
  }),
  guarded({
    ...OF_EVENT,
    method: "DELETE",
    path: "/events/:event_id",
    scope: "write",
    docs: {
      summary: "Forget an event",
      group: "world",
      answers: { 204: NO_CONTENT },
      problems: ["not_found", "in_use", "validation_failed"],
    },
    handle: deleteEvent,
  }),
];
