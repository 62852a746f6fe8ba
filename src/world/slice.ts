/** Cuts a store's world down to the part that concerns one item. */
import { concerns } from "./events.ts";
import { WORLD_SCHEMA, type StoreWorld, type WorldSlice } from "./types.ts";

/** An unknown supplier counts as none. */
export function sliceOf(world: StoreWorld, productId: string, supplierId: string | null): WorldSlice {
  return {
    schema: WORLD_SCHEMA,
    version: world.version,
    store: world.store,
    supplier: world.suppliers.find((supplier) => supplier.supplierId === supplierId) ?? null,
    events: world.events.filter((event) => concerns(event, productId, supplierId)),
    season: world.season,
    ...(world.webhooks === undefined ? {} : { webhooks: world.webhooks }),
    ...(world.people === undefined ? {} : { people: world.people }),
  };
}
