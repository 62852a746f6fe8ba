/** The bindings that an item's object uses; `Env` extends them. */
import type { AdviserBindings } from "../adviser/workers-adviser.ts";
import type { CollectorObject } from "../projection/collector.ts";
import type { PurchaseOrdersObject } from "../purchasing/purchase-orders-object.ts";
import type { StoreBindings } from "../store/bindings.ts";

export interface ItemBindings extends StoreBindings, AdviserBindings {
  readonly COLLECTOR: DurableObjectNamespace<CollectorObject>;
  readonly PURCHASE_ORDERS: DurableObjectNamespace<PurchaseOrdersObject>;
  readonly CACHE: KVNamespace;
  readonly EMAIL?: SendEmail;
  /** Workers Analytics Engine, off unless bound (docs/operations.md). */
  readonly ANALYTICS?: AnalyticsEngineDataset;
}
