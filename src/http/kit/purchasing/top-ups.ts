/** What could be added to an order below its minimum; its items are asked when somebody opens the order. */
import { rankTopUps, type TopUpOffer } from "../../../purchasing/order/top-up.ts";
import type { PurchaseOrder } from "../../../purchasing/order/types.ts";
import { isOpen, minimumOf } from "../../../purchasing/order/totals.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import { objectName } from "../../../storage/identity.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { AppContext } from "../context.ts";

/** Items asked: enough to fill an order, few enough that the page stays quick. */
const MOST_ASKED = 60;
const ASKED_AT_ONCE = 20;

export async function topUpsOf(c: AppContext, order: PurchaseOrder): Promise<readonly TopUpOffer[]> {
  const minimum = minimumOf(order);
  if (minimum === null || minimum.met || !isOpen(order)) return [];
  const own = order.lines.map(({ productId }) => productId);
  const others = await storageOf(c.env).purchases.productsOf(order.storeId, order.supplierId, MOST_ASKED);
  const asked = [...new Set([...own, ...others])].slice(0, MOST_ASKED);
  const offers = await concurrently(asked, ASKED_AT_ONCE, async (productId): Promise<TopUpOffer | null> => {
    const stub = c.env.ITEM.getByName(objectName({ storeId: order.storeId, productId }));
    // An item that cannot be asked now has nothing to offer.
    return stub.offerTopUp({ schema: 1, poId: order.id, shortBy: minimum.shortBy }).catch(() => null);
  });
  return rankTopUps(
    offers.filter((offer) => offer !== null),
    minimum.shortBy,
    order.currency,
  );
}
