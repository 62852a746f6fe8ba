/**
 * A store's world as its object keeps it, under a version of its own.
 *
 * - Version 0 means that nobody said anything. It never returns, so callers may remember "nothing" as well.
 * - A known change is loaded before the next answer; an equal snapshot keeps its version.
 */
import { WORLD_SCHEMA, type StoreWorld } from "../world/types.ts";

export const NOTHING_KNOWN: StoreWorld = {
  schema: WORLD_SCHEMA,
  version: 0,
  store: null,
  suppliers: [],
  events: [],
  season: null,
};

/** The snapshot after a load: the known one where nothing differs. */
export function renewed(known: StoreWorld, loaded: Omit<StoreWorld, "version">): StoreWorld {
  const next = { ...loaded, version: known.version };
  return JSON.stringify(sortedKeys(next)) === JSON.stringify(sortedKeys(known))
    ? known
    : { ...next, version: known.version + 1 };
}

/** A fixed order of members, since a shape may be built in different ways. */
function sortedKeys({ schema, version, store, suppliers, events, season, webhooks, people = [] }: StoreWorld) {
  return { schema, version, store, suppliers, events, season, webhooks, people };
}
