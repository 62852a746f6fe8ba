/** One page of the store's learning: reads some items, adds them to the sums, and writes lessons after the last. */
import type { StorageBindings } from "../storage/bindings.ts";
import { objectName } from "../storage/identity.ts";
import { bookOf } from "../storage/sales-store.ts";
import { storageOf } from "../storage/storage.ts";
import { measureId } from "../storage/world-store.ts";
import { historyOf } from "../world/history.ts";
import { storeDay } from "../world/opening.ts";
import type { StoreWorld } from "../world/types.ts";
import type { LearningState } from "./learning-state.ts";
import { ITEMS_A_PAGE, lessonsOf, withPage, type LearnedItem } from "./learning.ts";

/** What the page changes of the state, which others may have changed meanwhile; `run` is null after the last one. */
export async function learnedPage(
  env: StorageBindings,
  state: LearningState,
  storeId: string,
  world: StoreWorld,
  now: number,
): Promise<Partial<LearningState>> {
  const { sales, world: known } = storageOf(env);
  const run = state.run!;
  const products = await sales.products(storeId, ITEMS_A_PAGE, run.after);
  const identities = products.map((productId) => ({ storeId, productId }));
  const stored = products.length === 0 ? new Map() : await sales.read(identities, null);
  const items = identities.flatMap((item): LearnedItem[] => {
    const found = stored.get(objectName(item));
    const book = bookOf(found);
    const history = book === null ? null : historyOf(book);
    if (history === null) return [];
    return [{ productId: item.productId, supplierId: found.supplierId, outages: found.outages, history }];
  });
  const sums = withPage(run.sums, items, world, storeDay(now, world.store));
  if (products.length === ITEMS_A_PAGE) return { run: { sums, after: products.at(-1)! } };
  const { season, isSeasonDue, events } = lessonsOf(state, sums, now);
  for (const [eventId, measured] of Object.entries(events)) {
    await known.put("measure", measureId(eventId, storeId), measured);
  }
  if (season !== null) {
    await known.put("learned", storeId, { ...season, source: "learned", learnedAt: now });
  }
  const learnedAt = season === null ? state.learnedAt : now;
  return { run: null, seasonWaits: !isSeasonDue, learnedAt };
}
