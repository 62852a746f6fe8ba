/**
 * A typed client of the service, for Node, browsers and Workers: `fetch` and nothing else. Its types come from the
 * schemas by which the service validates and answers.
 *
 *   const stock = new Stockwarden({ url: "https://stock.shop.example", key });
 *   const workflow = await stock.trigger({ product_id: "SKU-1", current_stock: 12, safety_stock_level: 40 });
 */
import type * as z from "zod";
import type * as answers from "../api/responses.ts";
import type * as shops from "../api/connection-shape.ts";
import type * as schemas from "../api/requests.ts";
import type * as sales from "../api/sales-shape.ts";
import type { ListQuery } from "../api/world/lists.ts";
import type * as stores from "../api/world/store-shape.ts";
import type * as suppliers from "../api/world/supplier-shape.ts";
import type {
  AuditTrail,
  Story,
  Replayed,
  PersonSettings,
  Person,
  People,
  AuditTrails,
  BatchResult,
  CatalogueUpload,
  ElsewhereOrder,
  Event,
  Events,
  EventSettings,
  Forecast,
  ForecastUpload,
  History,
  HistoryUpload,
  ItemSettings,
  Keys,
  MadeKey,
  NewKey,
  NewRun,
  OpenOrder,
  OrderCalendar,
  OrderChange,
  Page,
  Product,
  ProductSettings,
  PurchaseConfirmation,
  PurchaseLines,
  PurchaseOrder,
  PurchaseOrders,
  PurchaseOrdersQuery,
  PurchaseOrderStory,
  PurchaseReceipt,
  BulkRedelivery,
  ObjectsRebuilt,
  Rebuilt,
  Receipt,
  Received,
  ReviewLink,
  Reviews,
  Run,
  SalesQuery,
  SalesUpload,
  Sessions,
  ShopDeliveries,
  ShopifyConnection,
  ShopifySettings,
  Store,
  Stores,
  StoreSettings,
  Supplier,
  Suppliers,
  SupplierSettings,
  Supposition,
  Trigger,
  Verdict,
  Webhook,
  Webhooks,
  WebhookSettings,
  WhatIf,
  Workflow,
} from "./shapes.ts";
import {
  itemPath,
  json,
  queryOf,
  Transport,
  triggerHeaders,
  type ClientOptions,
  type OnceOptions,
  type TriggerOptions,
} from "./transport.ts";

// This file is the entry of the package `stockwarden/client`.
export type * from "./shapes.ts";
export { StockwardenError, type ClientOptions, type OnceOptions, type TriggerOptions } from "./transport.ts";

export class Stockwarden {
  readonly #service: Transport;

  constructor(options: ClientOptions) {
    this.#service = new Transport(options);
  }

  /** The decision, or the workflow that waits for a person (`status: "awaiting_human_review"`). */
  trigger(trigger: Trigger, options: TriggerOptions = {}): Promise<Workflow> {
    return this.#service.json("POST", "/inventory-trigger", {
      ...json(trigger),
      ...triggerHeaders(options),
      signal: options.signal,
    });
  }

  /** Up to 500 triggers; each result comes as soon as it is known, in any order, with the index of its trigger. */
  async *triggers(triggers: readonly Trigger[], options: TriggerOptions = {}): AsyncGenerator<BatchResult> {
    const body = triggers.map((trigger) => JSON.stringify(trigger)).join("\n");
    const response = await this.#service.send("POST", "/inventory-triggers", {
      body,
      type: "application/x-ndjson",
      ...triggerHeaders(options),
      signal: options.signal,
    });
    let text = "";
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (text + piece).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) if (line !== "") yield JSON.parse(line) as BatchResult;
    }
  }

  workflow(workflowId: string): Promise<Workflow> {
    return this.#service.json("GET", `/workflows/${encodeURIComponent(workflowId)}`);
  }

  reviews(query: Page<typeof schemas.ReviewsQuery> = {}): Promise<Reviews> {
    return this.#service.json("GET", `/reviews${queryOf(query)}`);
  }

  /** A link of its own for one reviewer. */
  reviewLink(workflowId: string, reviewer: string): Promise<ReviewLink> {
    return this.#service.json("POST", `/reviews/${encodeURIComponent(workflowId)}/link`, json({ reviewer }));
  }

  /** What happened to a workflow, step by step. */
  story(workflowId: string): Promise<Story> {
    return this.#service.json("GET", `/workflows/${encodeURIComponent(workflowId)}/story`);
  }

  /** A stored decision played again, perhaps with another model; changes nothing. */
  replay(workflowId: string, variant: { model?: string; prompt?: string } = {}): Promise<Replayed> {
    return this.#service.json("POST", `/workflows/${encodeURIComponent(workflowId)}/replay`, json(variant));
  }

  /** Retries parked deliveries, and the webhook's whatever became of it. */
  redeliver(workflowId: string): Promise<z.output<typeof answers.RedeliveryAnswer>> {
    return this.#service.json("POST", `/workflows/${encodeURIComponent(workflowId)}/redeliver`);
  }

  /** Retries all parked deliveries, those of a page of workflows a call. */
  redeliverParked(query: { readonly limit?: number; readonly cursor?: string } = {}): Promise<BulkRedelivery> {
    return this.#service.json("POST", `/deliveries/redeliver${queryOf(query)}`);
  }

  /** Gives reviewers more time. */
  extend(workflowId: string, seconds: number, reviewer?: string): Promise<Workflow> {
    return this.#service.json("POST", `/reviews/${encodeURIComponent(workflowId)}/extend`, json({ seconds, reviewer }));
  }

  audit(workflowId: string): Promise<AuditTrail> {
    return this.#service.json("GET", `/audit/${encodeURIComponent(workflowId)}`);
  }

  audits(query: { readonly limit?: number; readonly after?: string } = {}): Promise<AuditTrails> {
    return this.#service.json("GET", `/audit${queryOf(query)}`);
  }

  decide(workflowId: string, verdict: Verdict): Promise<Workflow> {
    return this.#service.json("POST", `/approve/${encodeURIComponent(workflowId)}`, json(verdict));
  }

  /** Earliest cut-off first. */
  purchaseOrders(query: PurchaseOrdersQuery = {}): Promise<PurchaseOrders> {
    return this.#service.json("GET", `/purchase-orders${queryOf(query)}`);
  }

  /** What happened to an order, step by step. */
  purchaseOrderStory(poId: string): Promise<PurchaseOrderStory> {
    return this.#service.json("GET", `/purchase-orders/${encodeURIComponent(poId)}/story`);
  }

  purchaseOrder(poId: string): Promise<PurchaseOrder> {
    return this.#service.json("GET", `/purchase-orders/${encodeURIComponent(poId)}`);
  }

  /** Quantities that become firm; 0 removes a line. */
  setPurchaseLines(poId: string, revision: number, lines: PurchaseLines): Promise<PurchaseOrder> {
    return this.#purchase(poId, "lines", { revision, lines });
  }

  approvePurchase(poId: string, revision: number): Promise<PurchaseOrder> {
    return this.#purchase(poId, "approve", { revision });
  }

  sendPurchase(poId: string, revision: number): Promise<PurchaseOrder> {
    return this.#purchase(poId, "send", { revision });
  }

  cancelPurchase(poId: string, revision: number, reason?: string): Promise<PurchaseOrder> {
    return this.#purchase(poId, "cancel", { revision, reason: reason ?? null });
  }

  /** What the supplier said of an order that was sent. */
  confirmPurchase(poId: string, confirmation: PurchaseConfirmation): Promise<PurchaseOrder> {
    return this.#purchase(poId, "confirm", confirmation);
  }

  receivePurchase(poId: string, receipt: PurchaseReceipt): Promise<PurchaseOrder> {
    return this.#purchase(poId, "receive", receipt);
  }

  #purchase(poId: string, what: string, body: unknown): Promise<PurchaseOrder> {
    return this.#service.json("POST", `/purchase-orders/${encodeURIComponent(poId)}/${what}`, json(body));
  }

  product(productId: string, storeId?: string): Promise<Product> {
    return this.#service.json("GET", itemPath("products", productId, storeId));
  }

  putProduct(productId: string, settings: ItemSettings, storeId?: string): Promise<ProductSettings> {
    return this.#service.json("PUT", itemPath("products", productId, storeId), json(settings));
  }

  /** What would be decided, were something otherwise; changes nothing. */
  whatIf(productId: string, supposed: Supposition = {}, storeId?: string): Promise<WhatIf> {
    return this.#service.json("POST", itemPath("products", productId, storeId, "/what-if"), json(supposed));
  }

  async deleteProduct(productId: string, storeId?: string): Promise<void> {
    await this.#service.send("DELETE", itemPath("products", productId, storeId));
  }

  /** Records an order that was made elsewhere; the same reference and words again change nothing. */
  placedElsewhere(productId: string, order: ElsewhereOrder, storeId?: string): Promise<OpenOrder> {
    return this.#service.json("POST", itemPath("products", productId, storeId, "/orders"), json(order));
  }

  /** Records what the supplier said since, of an order named by its workflow or its reference. */
  changeOrder(productId: string, order: string, change: OrderChange, storeId?: string): Promise<OpenOrder> {
    const path = itemPath("products", productId, storeId, `/orders/${encodeURIComponent(order)}`);
    return this.#service.json("PATCH", path, json(change));
  }

  async takeBackReceipt(productId: string, reference: string, storeId?: string): Promise<void> {
    await this.#service.send(
      "DELETE",
      itemPath("products", productId, storeId, `/receipts/${encodeURIComponent(reference)}`),
    );
  }

  receive(productId: string, receipt: Receipt, storeId?: string): Promise<Received> {
    return this.#service.json("POST", itemPath("products", productId, storeId, "/receipts"), json(receipt));
  }

  async cancelOrder(productId: string, workflowId: string, storeId?: string): Promise<void> {
    await this.#service.send(
      "DELETE",
      itemPath("products", productId, storeId, `/orders/${encodeURIComponent(workflowId)}`),
    );
  }

  /** `csv` with the header `date,units` and optionally `in_stock`. */
  putHistory(productId: string, csv: string, storeId?: string, query: SalesQuery = {}): Promise<HistoryUpload> {
    const path = `/history/${encodeURIComponent(productId)}${queryOf({ store_id: storeId, ...query })}`;
    return this.#service.json("PUT", path, { body: csv, type: "text/csv" });
  }

  async deleteHistory(productId: string, range: { from?: string; to?: string } = {}, storeId?: string): Promise<void> {
    await this.#service.send(
      "DELETE",
      `/history/${encodeURIComponent(productId)}${queryOf({ store_id: storeId, ...range })}`,
    );
  }

  /** Sales of many products: `csv` with the header `product_id,date,units` and optionally `store_id,in_stock`. */
  postSales(csv: string, storeId?: string, query: SalesQuery = {}, options: OnceOptions = {}): Promise<SalesUpload> {
    const path = `/sales${queryOf({ store_id: storeId, ...query })}`;
    return this.#service.json("POST", path, { body: csv, type: "text/csv", ...triggerHeaders(options) });
  }

  /** After the last part: every product of the store is known to that day. */
  completeSales(through: string, storeId?: string): Promise<z.output<typeof sales.CompleteAnswer>> {
    return this.#service.json("POST", "/sales/complete", json({ store_id: storeId, through }));
  }

  /**
   * Settings of many items: `csv` with `product_id`, optionally `store_id`, and the settings' names. With `keep`,
   * settings that a row does not name stay; without, a row is all that the item has.
   */
  putCatalogue(
    csv: string,
    storeId?: string,
    options: OnceOptions & { keep?: boolean } = {},
  ): Promise<CatalogueUpload> {
    const path = `/catalogue${queryOf({ store_id: storeId, keep: options.keep === true ? "true" : undefined })}`;
    return this.#service.json("PUT", path, { body: csv, type: "text/csv", ...triggerHeaders(options) });
  }

  history(productId: string, storeId?: string): Promise<History> {
    return this.#service.json("GET", itemPath("history", productId, storeId));
  }

  putForecast(productId: string, points: Forecast["points"], storeId?: string): Promise<ForecastUpload> {
    return this.#service.json("PUT", itemPath("forecasts", productId, storeId), json({ points }));
  }

  forecast(productId: string, storeId?: string): Promise<Forecast> {
    return this.#service.json("GET", itemPath("forecasts", productId, storeId));
  }

  putStore(storeId: string, store: StoreSettings): Promise<Store> {
    return this.#service.json("PUT", `/stores/${encodeURIComponent(storeId)}`, json(store));
  }

  store(storeId: string): Promise<Store> {
    return this.#service.json("GET", `/stores/${encodeURIComponent(storeId)}`);
  }

  stores(query: Page<typeof ListQuery> = {}): Promise<Stores> {
    return this.#service.json("GET", `/stores${queryOf(query)}`);
  }

  async deleteStore(storeId: string): Promise<void> {
    await this.#service.send("DELETE", `/stores/${encodeURIComponent(storeId)}`);
  }

  /** 53 factors, one for each ISO week; null goes back to learning. */
  putSeason(storeId: string, week: readonly number[] | null): Promise<z.output<typeof stores.SeasonAnswer>> {
    return this.#service.json("PUT", `/stores/${encodeURIComponent(storeId)}/season`, json({ week }));
  }

  putWebhook(webhookId: string, webhook: WebhookSettings): Promise<Webhook> {
    return this.#service.json("PUT", `/webhooks/${encodeURIComponent(webhookId)}`, json(webhook));
  }

  /** Never with its secret. */
  webhook(webhookId: string): Promise<Webhook> {
    return this.#service.json("GET", `/webhooks/${encodeURIComponent(webhookId)}`);
  }

  webhooks(query: Page<typeof ListQuery> = {}): Promise<Webhooks> {
    return this.#service.json("GET", `/webhooks${queryOf(query)}`);
  }

  async deleteWebhook(webhookId: string): Promise<void> {
    await this.#service.send("DELETE", `/webhooks/${encodeURIComponent(webhookId)}`);
  }

  /** A store is a location of a shop; its webhooks go to `/connect/shopify/{store_id}`. */
  connectShopify(storeId: string, shop: ShopifySettings): Promise<ShopifyConnection> {
    return this.#service.json("PUT", `/stores/${encodeURIComponent(storeId)}/connections/shopify`, json(shop));
  }

  shopifyConnection(storeId: string): Promise<ShopifyConnection> {
    return this.#service.json("GET", `/stores/${encodeURIComponent(storeId)}/connections/shopify`);
  }

  async disconnectShopify(storeId: string): Promise<void> {
    await this.#service.send("DELETE", `/stores/${encodeURIComponent(storeId)}/connections/shopify`);
  }

  /** What shops delivered, newest first. */
  shopDeliveries(query: Page<typeof shops.DeliveriesQuery> = {}): Promise<ShopDeliveries> {
    return this.#service.json("GET", `/connect/deliveries${queryOf(query)}`);
  }

  replayShopDelivery(deliveryId: string): Promise<z.output<typeof shops.ReplayedAnswer>> {
    return this.#service.json("POST", `/connect/deliveries/${encodeURIComponent(deliveryId)}/replay`);
  }

  putSupplier(supplierId: string, supplier: SupplierSettings): Promise<Supplier> {
    return this.#service.json("PUT", `/suppliers/${encodeURIComponent(supplierId)}`, json(supplier));
  }

  supplier(supplierId: string): Promise<Supplier> {
    return this.#service.json("GET", `/suppliers/${encodeURIComponent(supplierId)}`);
  }

  suppliers(query: Page<typeof ListQuery> = {}): Promise<Suppliers> {
    return this.#service.json("GET", `/suppliers${queryOf(query)}`);
  }

  async deleteSupplier(supplierId: string): Promise<void> {
    await this.#service.send("DELETE", `/suppliers/${encodeURIComponent(supplierId)}`);
  }

  /** When orders must be in, and when they then arrive at a store. */
  supplierCalendar(supplierId: string, query: z.input<typeof suppliers.CalendarQuery> = {}): Promise<OrderCalendar> {
    return this.#service.json("GET", `/suppliers/${encodeURIComponent(supplierId)}/calendar${queryOf(query)}`);
  }

  putEvent(eventId: string, event: EventSettings): Promise<Event> {
    return this.#service.json("PUT", `/events/${encodeURIComponent(eventId)}`, json(event));
  }

  event(eventId: string): Promise<Event> {
    return this.#service.json("GET", `/events/${encodeURIComponent(eventId)}`);
  }

  events(query: Page<typeof ListQuery> = {}): Promise<Events> {
    return this.#service.json("GET", `/events${queryOf(query)}`);
  }

  async deleteEvent(eventId: string): Promise<void> {
    await this.#service.send("DELETE", `/events/${encodeURIComponent(eventId)}`);
  }

  /** Decides every item of a store again from its last count. */
  startRun(run: NewRun = {}): Promise<Run> {
    return this.#service.json("POST", "/runs", json(run));
  }

  run(runId: string): Promise<Run> {
    return this.#service.json("GET", `/runs/${encodeURIComponent(runId)}`);
  }

  /** Sends an open question to a person by their own channel. */
  askPerson(workflowId: string, personId: string): Promise<{ asked: true }> {
    return this.#service.json("POST", `/reviews/${encodeURIComponent(workflowId)}/ask`, json({ person_id: personId }));
  }

  putPerson(personId: string, person: PersonSettings): Promise<Person> {
    return this.#service.json("PUT", `/people/${encodeURIComponent(personId)}`, json(person));
  }

  person(personId: string): Promise<Person> {
    return this.#service.json("GET", `/people/${encodeURIComponent(personId)}`);
  }

  people(query: Page<typeof ListQuery> = {}): Promise<People> {
    return this.#service.json("GET", `/people${queryOf(query)}`);
  }

  /** Their links and sessions end within a minute; what they approved stays approved. */
  async deletePerson(personId: string): Promise<void> {
    await this.#service.send("DELETE", `/people/${encodeURIComponent(personId)}`);
  }

  /** Mails a one-time link to a person, if the address is one's. */
  async mailSignInLink(email: string): Promise<void> {
    await this.#service.send("POST", "/sign-in", json({ email }));
  }

  sessions(query: Page<typeof ListQuery> = {}): Promise<Sessions> {
    return this.#service.json("GET", `/sessions${queryOf(query)}`);
  }

  async endSession(sessionId: string): Promise<void> {
    await this.#service.send("DELETE", `/sessions/${encodeURIComponent(sessionId)}`);
  }

  makeKey(key: NewKey): Promise<MadeKey> {
    return this.#service.json("POST", "/keys", json(key));
  }

  /** A page of items sends the database everything it keeps; go on with `next_cursor`. */
  rebuild(query: { readonly limit?: number; readonly cursor?: string } = {}): Promise<Rebuilt> {
    return this.#service.json("POST", `/projections/rebuild${queryOf(query)}`);
  }

  /** The items behind these objects send all they keep, for a database that lost its registry too; at most 200. */
  rebuildObjects(objects: readonly string[]): Promise<ObjectsRebuilt> {
    return this.#service.json("POST", "/projections/rebuild/objects", json({ objects }));
  }

  keys(query: Page<typeof schemas.KeysQuery> = {}): Promise<Keys> {
    return this.#service.json("GET", `/keys${queryOf(query)}`);
  }

  async revokeKey(keyId: string): Promise<void> {
    await this.#service.send("DELETE", `/keys/${encodeURIComponent(keyId)}`);
  }
}
