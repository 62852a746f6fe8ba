/** Tells stores that their world changed, many at a time; resolves once all know. */
import { concurrently } from "../shared/concurrently.ts";
import { inTime } from "../shared/waiting/in-time.ts";
import type { StoreBindings } from "./bindings.ts";
import type { StoreObject } from "./store-object.ts";
import { storageOf } from "../storage/storage.ts";
import { storeObject, storeWorldsOf } from "./store-worlds.ts";

const AT_ONCE = 32;

/** @param stores null = every store that has items or is described. */
export async function tellStores(env: StoreBindings, stores: readonly string[] | null): Promise<void> {
  const storeIds = stores ?? (await storageOf(env).world.storeIds());
  await tellEach(env, storeIds, (store) => store.changed());
}

/** Tells stores that inputs of many of their items changed: each item reads its own again at its next trigger. */
export async function tellUploads(env: StoreBindings, stores: Iterable<string>): Promise<void> {
  await tellEach(env, [...stores], (store) => store.uploaded());
}

/** One that cannot be reached keeps no other from hearing of it; then this rejects, and the sender repeats it. */
async function tellEach(
  env: StoreBindings,
  storeIds: readonly string[],
  tell: (store: DurableObjectStub<StoreObject>) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  await concurrently(storeIds, AT_ONCE, (storeId) =>
    inTime(tell(storeObject(env, storeId))).catch((cause: unknown) => void failures.push(cause)),
  );
  storeWorldsOf(env).forget();
  if (failures.length > 0) throw failures[0];
}
