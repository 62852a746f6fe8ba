/** Stores: their settings, season, events, runs and connected shops. */
import type * as z from "zod";
import type * as shops from "../api/connect/connection-shape.ts";
import type * as stores from "../api/world/store-shape.ts";
import type { ListQuery } from "../api/world/lists.ts";
import { SupplierCalls } from "./supplier-calls.ts";
import type {
  Event,
  Events,
  EventSettings,
  NewRun,
  Page,
  Run,
  ShopDeliveries,
  ShopifyConnection,
  ShopifySettings,
  Store,
  Stores,
  StoreSettings,
} from "./shapes.ts";
import { json, queryOf } from "./transport.ts";

export class StoreCalls extends SupplierCalls {
  putStore(storeId: string, store: StoreSettings): Promise<Store> {
    return this.service.json("PUT", `/stores/${encodeURIComponent(storeId)}`, json(store));
  }

  store(storeId: string): Promise<Store> {
    return this.service.json("GET", `/stores/${encodeURIComponent(storeId)}`);
  }

  stores(query: Page<typeof ListQuery> = {}): Promise<Stores> {
    return this.service.json("GET", `/stores${queryOf(query)}`);
  }

  async deleteStore(storeId: string): Promise<void> {
    await this.service.send("DELETE", `/stores/${encodeURIComponent(storeId)}`);
  }

  /** 53 factors, one for each ISO week; null goes back to learning. */
  putSeason(storeId: string, week: readonly number[] | null): Promise<z.output<typeof stores.SeasonAnswer>> {
    return this.service.json("PUT", `/stores/${encodeURIComponent(storeId)}/season`, json({ week }));
  }

  putEvent(eventId: string, event: EventSettings): Promise<Event> {
    return this.service.json("PUT", `/events/${encodeURIComponent(eventId)}`, json(event));
  }

  event(eventId: string): Promise<Event> {
    return this.service.json("GET", `/events/${encodeURIComponent(eventId)}`);
  }

  events(query: Page<typeof ListQuery> = {}): Promise<Events> {
    return this.service.json("GET", `/events${queryOf(query)}`);
  }

  async deleteEvent(eventId: string): Promise<void> {
    await this.service.send("DELETE", `/events/${encodeURIComponent(eventId)}`);
  }

  /** Decides every item of a store again from its last count. */
  startRun(run: NewRun = {}): Promise<Run> {
    return this.service.json("POST", "/runs", json(run));
  }

  run(runId: string): Promise<Run> {
    return this.service.json("GET", `/runs/${encodeURIComponent(runId)}`);
  }

  /** A store is a location of a shop; its webhooks go to `/connect/shopify/{store_id}`. */
  connectShopify(storeId: string, shop: ShopifySettings): Promise<ShopifyConnection> {
    return this.service.json("PUT", `/stores/${encodeURIComponent(storeId)}/connections/shopify`, json(shop));
  }

  shopifyConnection(storeId: string): Promise<ShopifyConnection> {
    return this.service.json("GET", `/stores/${encodeURIComponent(storeId)}/connections/shopify`);
  }

  async disconnectShopify(storeId: string): Promise<void> {
    await this.service.send("DELETE", `/stores/${encodeURIComponent(storeId)}/connections/shopify`);
  }

  /** What shops delivered, newest first. */
  shopDeliveries(query: Page<typeof shops.DeliveriesQuery> = {}): Promise<ShopDeliveries> {
    return this.service.json("GET", `/connect/deliveries${queryOf(query)}`);
  }

  replayShopDelivery(deliveryId: string): Promise<z.output<typeof shops.ReplayedAnswer>> {
    return this.service.json("POST", `/connect/deliveries/${encodeURIComponent(deliveryId)}/replay`);
  }
}
