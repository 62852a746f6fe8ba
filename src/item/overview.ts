/** What `GET /products/{id}` shows of an item. */
import type { ItemIdentity } from "../storage/identity.ts";
import type { OrderRow } from "../workflow/orders/order-row.ts";
import type { TrackRecord } from "../workflow/confidence/track-record.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { Item } from "./item.ts";
import { isOpenRow } from "../workflow/orders/purchased-row.ts";

/** Decisions shown with an item. */
const LATEST_DECISIONS = 10;

export interface ItemOverview {
  readonly item: ItemIdentity;
  readonly openOrders: readonly OrderRow[];
  /** Open or not. */
  readonly hasOrders: boolean;
  /** Confidence against outcome; null before the first decision. */
  readonly track: TrackRecord | null;
  readonly latest: readonly Workflow[];
}

/** Null when the item is unknown. */
export function overviewOf(item: Item): ItemOverview | null {
  const { identity, orders, workflows } = item.journal;
  if (identity === null) return null;
  const { storeId, productId } = identity;
  return {
    item: { storeId, productId },
    openOrders: orders.rows.filter(isOpenRow),
    hasOrders: orders.rows.length > 0,
    track: workflows.newestCount?.track ?? null,
    latest: workflows.latest(LATEST_DECISIONS).map((workflow) => item.asOfNow(workflow)),
  };
}
