/**
 * Dependencies of the object of a supplier's purchase orders: the real ones are wired in `wiring.ts`, others in tests.
 */
import type { Settings } from "../config/settings.ts";
import type { LineFact, PurchaseCall } from "../workflow/orders/purchase-line.ts";
import type { WebhookSubscription } from "../world/outside/webhook-endpoint.ts";
import type { AskedPerson, StoreFacts, SupplierFacts } from "../world/types.ts";
import type { PurchaseDelivery, PurchaseNotice, PurchaseOrder } from "./order/types.ts";

export interface PurchaseWorld {
  readonly store: StoreFacts | null;
  /** Null = the supplier has been deleted. */
  readonly supplier: SupplierFacts | null;
  readonly webhooks?: readonly WebhookSubscription[] | undefined;
  /** See `StoreWorld`. */
  readonly people?: readonly AskedPerson[];
}

export interface PurchaseDeliverer {
  /** The deliveries of a notice under the present settings; stored before any of them happens (I7). */
  plan(notice: PurchaseNotice, order: PurchaseOrder, world: PurchaseWorld, now: number): readonly PurchaseDelivery[];
  /** The delivery after one attempt: done, parked, dropped, or pending with a later due time. Never rejects. */
  attempt(
    order: PurchaseOrder,
    delivery: PurchaseDelivery,
    world: PurchaseWorld,
    now: number,
  ): Promise<PurchaseDelivery>;
}

export interface PurchasingDeps {
  readonly objectId: string;
  readonly settings: Settings;
  readonly worldOf: (storeId: string, supplierId: string) => Promise<PurchaseWorld>;
  /** The next `worldOf` asks the store. */
  readonly forgetWorld: () => void;
  /** The store reads its world from the database again, before its next answer. */
  readonly storeChanged: (storeId: string) => Promise<void>;
  /** Null = the item is unknown, or has another supplier. */
  readonly callItem: (call: PurchaseCall) => Promise<LineFact | null>;
  readonly deliverer: PurchaseDeliverer;
  /** Resolves once the database holds them. */
  readonly project: (orders: readonly PurchaseOrder[]) => Promise<void>;
  readonly now: () => number;
  readonly onFailure: (where: "purchase_order" | "projection" | "alarm", cause: unknown) => void;
  /** An order's record before and after a commit, for the log; must not throw. */
  readonly onCommitted: (before: PurchaseOrder | null, after: PurchaseOrder) => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
}
