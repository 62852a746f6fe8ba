/** Names that nothing stored has: most often a typing error, else something that is described later. */
import { concurrently } from "../../../shared/concurrently.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { AppContext } from "../context.ts";
import { named } from "./named.ts";

const MOST_LOOKED_UP = 100;
const AT_ONCE = 10;

export async function unknownSuppliers(c: AppContext, names: readonly string[]): Promise<string[]> {
  const { world } = storageOf(c.env);
  return missing(names, async (id) => (await world.get("supplier", id)) !== null);
}

export async function unknownStores(c: AppContext, names: readonly string[] | null, so: string): Promise<string[]> {
  const { world } = storageOf(c.env);
  const unknown = await missing(
    names ?? [],
    async (id) => (await world.get("store", id)) !== null || (await world.hasItems(id)),
  );
  return unknown.length === 0 ? [] : [`stores: ${named(unknown)}: neither described nor with an item${so}`];
}

export async function missing(
  names: readonly string[],
  isKnown: (name: string) => Promise<boolean>,
): Promise<string[]> {
  const looked = [...new Set(names)].slice(0, MOST_LOOKED_UP);
  const known = await concurrently(looked, AT_ONCE, isKnown);
  return looked.filter((_, at) => known[at] === false);
}
