/** After many settings changed: informs items at once that have units on an open order of another supplier. */
import { concurrently } from "../../../shared/concurrently.ts";
import type { PurchaseCursor } from "../../../storage/purchase-log.ts";
import { objectName } from "../../../storage/identity.ts";
import type { CatalogueEntry } from "../../../storage/item-inputs.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { AppContext } from "../context.ts";
import { announce } from "../named-item.ts";
import { OPEN } from "../../../purchasing/order/types.ts";

const PAGE = 50;
const AT_ONCE = 32;

export async function tellSupplierChanges(c: AppContext, entries: readonly CatalogueEntry[]): Promise<void> {
  const { inputs } = storageOf(c.env);
  const byItem = new Map(entries.map((entry) => [objectName(entry.item), entry]));
  const concerned = new Map<string, CatalogueEntry>();
  for (const storeId of new Set(entries.map(({ item }) => item.storeId))) {
    for await (const { supplierId, lines } of openOrders(c, storeId)) {
      for (const { productId, quantity } of lines) {
        const name = objectName({ storeId, productId });
        const entry = byItem.get(name);
        if (quantity > 0 && entry !== undefined && entry.terms.supplierId !== supplierId) concerned.set(name, entry);
      }
    }
  }
  await concurrently([...concerned.values()], AT_ONCE, async ({ item }) => {
    const stored = await inputs.item(item);
    if (stored !== null) await announce(c, item, { ...stored, created: false });
  });
}

async function* openOrders(c: AppContext, storeId: string) {
  const { purchases } = storageOf(c.env);
  const filter = {
    statuses: [...OPEN],
    storeId,
    stores: null,
    supplierId: null,
    dueBy: null,
  } as const;
  for (let after: PurchaseCursor | null = null; ;) {
    const page: Awaited<ReturnType<typeof purchases.list>> = await purchases.list(filter, after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { orderBy: last.orderBy, poId: last.id };
  }
}
