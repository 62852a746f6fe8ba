/** `/stores`: where items are kept, when it is open, who answers its questions, and the season of its demand. */
import * as z from "zod";
import { seasonToWire, storeToWire, toStore, undescribedStore } from "../../../api/world/store-facts.ts";
import { SeasonAnswer, SeasonBody, StoreAnswer, StoreBody, StoresAnswer } from "../../../api/world/store-shape.ts";
import { ListQuery } from "../../../api/world/lists.ts";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { storeObject } from "../../../store/store-worlds.ts";
import { tellStores } from "../../../store/tell-stores.ts";
import type { Season } from "../../../world/types.ts";
import type { Principal } from "../../auth/principal.ts";
import { seesStore } from "../../auth/store-bounds.ts";
import { readJson } from "../../kit/request/body.ts";
import { world, type AppContext } from "../../kit/context.ts";
import { hasOpenOrder, ordersFollow } from "./open-purchase-orders.ts";
import { storeWarnings } from "../../kit/warnings/store-warnings.ts";
import { withWarnings } from "../../kit/warnings/with-warnings.ts";
import { listPage } from "../../kit/list-page.ts";
import { guarded, json, NO_CONTENT, type Route } from "../../kit/route.ts";

const OF_STORE = { params: z.object({ store_id: name }) } as const;
interface OfStore {
  readonly params: { readonly store_id: string };
}
interface OfList {
  readonly query: z.output<typeof ListQuery>;
  readonly principal: Principal;
}

async function seasonOf(c: AppContext, storeId: string): Promise<Season | null> {
  return (await world(c).get("season", storeId)) ?? (await world(c).get("learned", storeId));
}

async function putStore(c: AppContext, { params }: OfStore): Promise<Response> {
  const storeId = params.store_id;
  const store = toStore(storeId, await readJson(c, StoreBody));
  const follow = await ordersFollow(c, { storeId });
  const created = await world(c).put("store", storeId, store);
  await tellStores(c.env, [storeId]);
  // The object reads the change now, since its next automatic run may be due before anybody calls it.
  await storeObject(c.env, storeId).versions(storeId);
  await follow();
  const [season, warnings] = await Promise.all([seasonOf(c, storeId), storeWarnings(c, store)]);
  const answer = withWarnings({ ...storeToWire(store), season: seasonToWire(season) }, warnings);
  return c.json(answer, created ? 201 : 200);
}

async function getStore(c: AppContext, { params }: OfStore): Promise<Response> {
  const storeId = params.store_id;
  const [store, season] = await Promise.all([world(c).get("store", storeId), seasonOf(c, storeId)]);
  // A store that nobody described still exists once it has items.
  if (store === null && season === null && !(await world(c).hasItems(storeId))) throw noSuchStore();
  return c.json({ ...storeToWire(store ?? undescribedStore(storeId)), season: seasonToWire(season) });
}

async function getStores(c: AppContext, { query, principal }: OfList): Promise<Response> {
  const page = await listPage(
    "stores",
    query,
    (limit, after) => world(c).list("store", limit, after),
    ({ storeId }) => storeId,
    principal.stores === null ? undefined : ({ storeId }) => seesStore(principal, storeId),
  );
  const stores = await Promise.all(
    page.entries.map(async (store) => ({
      ...storeToWire(store),
      season: seasonToWire(await seasonOf(c, store.storeId)),
    })),
  );
  return c.json({ stores, next_cursor: page.nextCursor });
}

async function deleteStore(c: AppContext, { params }: OfStore): Promise<Response> {
  const storeId = params.store_id;
  if ((await world(c).get("store", storeId)) === null) throw noSuchStore();
  if (await world(c).isWaitedFor("store", storeId))
    throw new Problem("in_use", "A question of this store waits for an answer; answer it first.");
  if (await hasOpenOrder(c, { storeId }))
    throw new Problem("in_use", "A purchase order of this store is open; receive or cancel it first.");
  await world(c).delete("store", storeId);
  await tellStores(c.env, [storeId]);
  return c.body(null, 204);
}

async function putSeason(c: AppContext, { params }: OfStore): Promise<Response> {
  const storeId = params.store_id;
  const { week } = await readJson(c, SeasonBody);
  let created = false;
  if (week === null) await world(c).delete("season", storeId);
  else
    created = await world(c).put("season", storeId, {
      weeks: week,
      source: "set",
      learnedAt: Date.now(),
      items: 0,
      spanWeeks: 0,
    });
  await tellStores(c.env, [storeId]);
  const answer = { store_id: storeId, season: seasonToWire(await seasonOf(c, storeId)) };
  const isFlat = week?.every((factor) => factor === 1) === true;
  return c.json(withWarnings(answer, isFlat ? ["week: factors of 1 change nothing"] : []), created ? 201 : 200);
}

function noSuchStore(): Problem {
  return new Problem("not_found", "There is no such store.");
}

export const STORE_ROUTES: readonly Route[] = [
  guarded({
    ...OF_STORE,
    method: "PUT",
    path: "/stores/:store_id",
    scope: "write",
    docs: {
      summary: "Describe a store: time zone, opening, closed days, reviewers",
      group: "world",
      body: json(StoreBody),
      answers: {
        200: { says: "Replaced", content: json(StoreAnswer) },
        201: { says: "Stored", content: json(StoreAnswer) },
      },
    },
    handle: putStore,
  }),
  guarded({
    ...OF_STORE,
    method: "GET",
    path: "/stores/:store_id",
    scope: "read",
    docs: {
      summary: "A store, with the season of its demand",
      group: "world",
      answers: { 200: { says: "The store", content: json(StoreAnswer) } },
      problems: ["not_found", "validation_failed"],
    },
    handle: getStore,
  }),
  guarded({
    method: "GET",
    path: "/stores",
    scope: "read",
    query: ListQuery,
    docs: {
      summary: "All stores that were described, by id",
      group: "world",
      answers: { 200: { says: "A page of stores", content: json(StoresAnswer) } },
    },
    handle: getStores,
  }),
  guarded({
    ...OF_STORE,
    method: "DELETE",
    path: "/stores/:store_id",
    scope: "write",
    docs: {
      summary: "Forget a store's description",
      group: "world",
      answers: { 204: NO_CONTENT },
      problems: ["not_found", "in_use", "validation_failed"],
    },
    handle: deleteStore,
  }),
  guarded({
    ...OF_STORE,
    method: "PUT",
    path: "/stores/:store_id/season",
    scope: "write",
    docs: {
      summary: "Set the season of a store's demand by hand, or go back to learning it",
      group: "world",
      body: json(SeasonBody),
      answers: {
        200: { says: "The season that is used from now on", content: json(SeasonAnswer) },
        201: { says: "Set for the first time", content: json(SeasonAnswer) },
      },
    },
    handle: putSeason,
  }),
];
