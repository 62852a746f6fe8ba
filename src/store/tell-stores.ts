/** Tells stores that their world changed, many at a time; resolves once all know. */
import { concurrently } from "../shared/concurrently.ts";
import type { StoreBindings } from "./bindings.ts";
import { storageOf } from "../storage/storage.ts";
import { storeObject, storeWorldsOf } from "./store-worlds.ts";

const AT_ONCE = 32;

/** @param stores null = every store that has items or is described. */
export async function tellStores(env: StoreBindings, stores: readonly string[] | null): Promise<void> {
  const storeIds = stores ?? (await storageOf(env).world.storeIds());
  await concurrently(storeIds, AT_ONCE, (storeId) => storeObject(env, storeId).changed());
  storeWorldsOf(env).forget();
}

/** Tells stores that inputs of many of their items changed: each item reads its own again at its next trigger. */
export async function tellUploads(env: StoreBindings, stores: Iterable<string>): Promise<void> {
  for (const storeId of stores) await storeObject(env, storeId).uploaded();
  storeWorldsOf(env).forget();
}
