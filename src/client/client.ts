/**
 * A typed client of the service, for Node, browsers and Workers: `fetch` and nothing else. Its types come from the
 * schemas by which the service validates and answers.
 *
 *   const stock = new Stockwarden({ url: "https://stock.shop.example", key });
 *   const workflow = await stock.trigger({ product_id: "SKU-1", current_stock: 12, safety_stock_level: 40 });
 */
import type * as z from "zod";
import type * as answers from "../api/responses.ts";
import type * as itemAnswers from "../api/item-responses.ts";
import type * as serviceAnswers from "../api/service-responses.ts";
import type { SettingsBody } from "../api/item-settings.ts";
import type * as schemas from "../api/requests.ts";
import type * as people from "../api/person-shape.ts";
import type * as runs from "../api/run-shape.ts";
import type * as sales from "../api/sales-shape.ts";
import type * as events from "../api/world/event-shape.ts";
import type * as purchases from "../api/purchasing/purchase-requests.ts";
import type * as purchasing from "../api/purchasing/purchase-responses.ts";
import type { ListQuery } from "../api/world/lists.ts";
import type * as shops from "../api/connection-shape.ts";
import type * as hooks from "../api/webhook-shape.ts";
import type * as stores from "../api/world/store-shape.ts";
import type * as suppliers from "../api/world/supplier-shape.ts";

export type Trigger = z.input<typeof schemas.TriggerBody>;
export type Verdict = z.input<typeof schemas.VerdictBody>;
export type ItemSettings = z.input<typeof SettingsBody>;
export type Receipt = z.input<typeof schemas.ReceiptBody>;
export type NewKey = z.input<typeof schemas.KeyBody>;
export type Rebuilt = z.output<typeof serviceAnswers.RebuildAnswer>;
export type Workflow = z.output<typeof answers.WorkflowAnswer>;
export type Decision = z.output<typeof answers.DecisionAnswer>;
export type Problem = z.output<typeof answers.ProblemAnswer>;
export type BatchResult = z.output<typeof answers.BatchResultAnswer>;
export type Reviews = z.output<typeof answers.ReviewsAnswer>;
export type ReviewLink = z.output<typeof answers.ReviewLinkAnswer>;
export type AuditTrail = z.output<typeof answers.AuditAnswer>;
export type AuditTrails = z.output<typeof answers.TrailsAnswer>;
export type Product = z.output<typeof itemAnswers.ProductAnswer>;
export type ProductSettings = z.output<typeof itemAnswers.ProductSettingsAnswer>;
export type HistoryUpload = z.output<typeof sales.HistoryUploadAnswer>;
export type History = z.output<typeof sales.HistoryAnswer>;
export type ForecastUpload = z.output<typeof itemAnswers.ForecastUploadAnswer>;
export type Forecast = z.output<typeof itemAnswers.ForecastAnswer>;
export type ElsewhereOrder = z.input<typeof schemas.OrderBody>;
export type OrderChange = z.input<typeof schemas.OrderChangeBody>;
export type OpenOrder = z.output<typeof itemAnswers.OpenOrderAnswer>;
export type Supposition = z.input<typeof schemas.WhatIfBody>;
export type WhatIf = z.output<typeof itemAnswers.WhatIfAnswer>;
export type Received = z.output<typeof itemAnswers.ReceiptAnswer>;
export type CatalogueUpload = z.output<typeof itemAnswers.CatalogueAnswer>;
export type SalesUpload = z.output<typeof sales.SalesUploadAnswer>;
export type SalesQuery = Omit<z.input<typeof sales.SalesUploadQuery>, "store_id">;
export type StoreSettings = z.input<typeof stores.StoreBody>;
export type Store = z.output<typeof stores.StoreAnswer>;
export type Stores = z.output<typeof stores.StoresAnswer>;
export type SupplierSettings = z.input<typeof suppliers.SupplierBody>;
export type Supplier = z.output<typeof suppliers.SupplierAnswer>;
export type Suppliers = z.output<typeof suppliers.SuppliersAnswer>;
export type OrderCalendar = z.output<typeof suppliers.CalendarAnswer>;
export type EventSettings = z.input<typeof events.EventBody>;
export type Event = z.output<typeof events.EventAnswer>;
export type Events = z.output<typeof events.EventsAnswer>;
export type PurchaseOrder = z.output<typeof purchasing.PurchaseOrderAnswer>;
export type PurchaseOrderStory = z.output<typeof purchasing.PurchaseStoryAnswer>;
export type PurchaseOrders = z.output<typeof purchasing.PurchaseOrdersAnswer>;
export type PurchaseLines = z.input<typeof purchases.LinesBody>["lines"];
export type PurchaseConfirmation = z.input<typeof purchases.ConfirmBody>;
export type PurchaseReceipt = z.input<typeof purchases.ReceiveBody>;
export type PurchaseOrdersQuery = Omit<z.input<typeof purchases.PurchaseOrdersQuery>, "format" | "limit"> & {
  readonly limit?: number;
};
export type Sessions = z.output<typeof people.SessionsAnswer>;
export type NewRun = z.input<typeof runs.RunBody>;
export type Run = z.output<typeof runs.RunAnswer>;
export type ShopifySettings = z.input<typeof shops.ShopifyBody>;
export type ShopifyConnection = z.output<typeof shops.ShopifyAnswer>;
export type ShopDeliveries = z.output<typeof shops.DeliveriesAnswer>;
export type WebhookSettings = z.input<typeof hooks.WebhookBody>;
export type Webhook = z.output<typeof hooks.WebhookAnswer>;
export type Webhooks = z.output<typeof hooks.WebhooksAnswer>;
export type Key = z.output<typeof serviceAnswers.KeyAnswer>;
export type MadeKey = z.output<typeof serviceAnswers.NewKeyAnswer>;
export type Keys = z.output<typeof serviceAnswers.KeysAnswer>;

export interface ClientOptions {
  readonly url: string;
  readonly key: string;
  /** Another `fetch`, for a proxy, a binding or a test. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export interface OnceOptions {
  /** The same key with the same body is answered from the first time, for 24 hours. */
  readonly idempotencyKey?: string;
}

export interface TriggerOptions extends OnceOptions {
  /** How long the answer may wait for the decision; 0 = not at all. */
  readonly waitSeconds?: number;
  readonly signal?: AbortSignal;
}

/** Thrown for every response outside 2xx; carries the service's problem. */
export class StockwardenError extends Error {
  readonly status: number;
  readonly problem: Problem;
  /** When it is worth trying again; null when the service did not say so. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(`${problem.title}: ${problem.detail}`);
    this.name = "StockwardenError";
    this.status = problem.status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A list's query: numbers are text on the wire only. */
type Page<Query extends z.ZodType> = Omit<z.input<Query>, "limit"> & { readonly limit?: number };

interface Call {
  readonly body?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export class Stockwarden {
  readonly #url: string;
  readonly #key: string;
  readonly #fetch: (request: Request) => Promise<Response>;

  constructor({ url, key, fetch: ask = (request) => fetch(request) }: ClientOptions) {
    this.#url = url.replace(/\/+$/, "");
    this.#key = key;
    this.#fetch = ask;
  }

  /** The decision, or the workflow that waits for a person (`status: "awaiting_human_review"`). */
  trigger(trigger: Trigger, options: TriggerOptions = {}): Promise<Workflow> {
    return this.#json("POST", "/inventory-trigger", {
      ...json(trigger),
      ...triggerHeaders(options),
      signal: options.signal,
    });
  }

  /** Up to 500 triggers; each result comes as soon as it is known, in any order, with the index of its trigger. */
  async *triggers(triggers: readonly Trigger[], options: TriggerOptions = {}): AsyncGenerator<BatchResult> {
    const body = triggers.map((trigger) => JSON.stringify(trigger)).join("\n");
    const response = await this.#send("POST", "/inventory-triggers", {
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
    return this.#json("GET", `/workflows/${encodeURIComponent(workflowId)}`);
  }

  reviews(query: Page<typeof schemas.ReviewsQuery> = {}): Promise<Reviews> {
    return this.#json("GET", `/reviews${queryOf(query)}`);
  }

  /** A link of its own for one reviewer. */
  reviewLink(workflowId: string, reviewer: string): Promise<ReviewLink> {
    return this.#json("POST", `/reviews/${encodeURIComponent(workflowId)}/link`, json({ reviewer }));
  }

  audit(workflowId: string): Promise<AuditTrail> {
    return this.#json("GET", `/audit/${encodeURIComponent(workflowId)}`);
  }

  audits(query: { readonly limit?: number; readonly after?: string } = {}): Promise<AuditTrails> {
    return this.#json("GET", `/audit${queryOf(query)}`);
  }

  decide(workflowId: string, verdict: Verdict): Promise<Workflow> {
    return this.#json("POST", `/approve/${encodeURIComponent(workflowId)}`, json(verdict));
  }

  /** Earliest cut-off first. */
  purchaseOrders(query: PurchaseOrdersQuery = {}): Promise<PurchaseOrders> {
    return this.#json("GET", `/purchase-orders${queryOf(query)}`);
  }

  /** What happened to an order, step by step. */
  purchaseOrderStory(poId: string): Promise<PurchaseOrderStory> {
    return this.#json("GET", `/purchase-orders/${encodeURIComponent(poId)}/story`);
  }

  purchaseOrder(poId: string): Promise<PurchaseOrder> {
    return this.#json("GET", `/purchase-orders/${encodeURIComponent(poId)}`);
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
    return this.#json("POST", `/purchase-orders/${encodeURIComponent(poId)}/${what}`, json(body));
  }

  product(productId: string, storeId?: string): Promise<Product> {
    return this.#json("GET", itemPath("products", productId, storeId));
  }

  putProduct(productId: string, settings: ItemSettings, storeId?: string): Promise<ProductSettings> {
    return this.#json("PUT", itemPath("products", productId, storeId), json(settings));
  }

  /** What would be decided, were something otherwise; changes nothing. */
  whatIf(productId: string, supposed: Supposition = {}, storeId?: string): Promise<WhatIf> {
    return this.#json("POST", itemPath("products", productId, storeId, "/what-if"), json(supposed));
  }

  async deleteProduct(productId: string, storeId?: string): Promise<void> {
    await this.#send("DELETE", itemPath("products", productId, storeId));
  }

  /** Records an order that was made elsewhere; the same reference and words again change nothing. */
  placedElsewhere(productId: string, order: ElsewhereOrder, storeId?: string): Promise<OpenOrder> {
    return this.#json("POST", itemPath("products", productId, storeId, "/orders"), json(order));
  }

  /** Records what the supplier said since, of an order named by its workflow or its reference. */
  changeOrder(productId: string, order: string, change: OrderChange, storeId?: string): Promise<OpenOrder> {
    const path = itemPath("products", productId, storeId, `/orders/${encodeURIComponent(order)}`);
    return this.#json("PATCH", path, json(change));
  }

  async takeBackReceipt(productId: string, reference: string, storeId?: string): Promise<void> {
    await this.#send("DELETE", itemPath("products", productId, storeId, `/receipts/${encodeURIComponent(reference)}`));
  }

  receive(productId: string, receipt: Receipt, storeId?: string): Promise<Received> {
    return this.#json("POST", itemPath("products", productId, storeId, "/receipts"), json(receipt));
  }

  async cancelOrder(productId: string, workflowId: string, storeId?: string): Promise<void> {
    await this.#send("DELETE", itemPath("products", productId, storeId, `/orders/${encodeURIComponent(workflowId)}`));
  }

  /** `csv` with the header `date,units` and optionally `in_stock`. */
  putHistory(productId: string, csv: string, storeId?: string, query: SalesQuery = {}): Promise<HistoryUpload> {
    const path = `/history/${encodeURIComponent(productId)}${queryOf({ store_id: storeId, ...query })}`;
    return this.#json("PUT", path, { body: csv, type: "text/csv" });
  }

  async deleteHistory(productId: string, range: { from?: string; to?: string } = {}, storeId?: string): Promise<void> {
    await this.#send("DELETE", `/history/${encodeURIComponent(productId)}${queryOf({ store_id: storeId, ...range })}`);
  }

  /** Sales of many products: `csv` with the header `product_id,date,units` and optionally `store_id,in_stock`. */
  postSales(csv: string, storeId?: string, query: SalesQuery = {}, options: OnceOptions = {}): Promise<SalesUpload> {
    const path = `/sales${queryOf({ store_id: storeId, ...query })}`;
    return this.#json("POST", path, { body: csv, type: "text/csv", ...triggerHeaders(options) });
  }

  /** After the last part: every product of the store is known to that day. */
  completeSales(through: string, storeId?: string): Promise<z.output<typeof sales.CompleteAnswer>> {
    return this.#json("POST", "/sales/complete", json({ store_id: storeId, through }));
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
    return this.#json("PUT", path, { body: csv, type: "text/csv", ...triggerHeaders(options) });
  }

  history(productId: string, storeId?: string): Promise<History> {
    return this.#json("GET", itemPath("history", productId, storeId));
  }

  putForecast(productId: string, points: Forecast["points"], storeId?: string): Promise<ForecastUpload> {
    return this.#json("PUT", itemPath("forecasts", productId, storeId), json({ points }));
  }

  forecast(productId: string, storeId?: string): Promise<Forecast> {
    return this.#json("GET", itemPath("forecasts", productId, storeId));
  }

  putStore(storeId: string, store: StoreSettings): Promise<Store> {
    return this.#json("PUT", `/stores/${encodeURIComponent(storeId)}`, json(store));
  }

  store(storeId: string): Promise<Store> {
    return this.#json("GET", `/stores/${encodeURIComponent(storeId)}`);
  }

  stores(query: Page<typeof ListQuery> = {}): Promise<Stores> {
    return this.#json("GET", `/stores${queryOf(query)}`);
  }

  async deleteStore(storeId: string): Promise<void> {
    await this.#send("DELETE", `/stores/${encodeURIComponent(storeId)}`);
  }

  /** 53 factors, one for each ISO week; null goes back to learning. */
  putSeason(storeId: string, week: readonly number[] | null): Promise<z.output<typeof stores.SeasonAnswer>> {
    return this.#json("PUT", `/stores/${encodeURIComponent(storeId)}/season`, json({ week }));
  }

  putWebhook(webhookId: string, webhook: WebhookSettings): Promise<Webhook> {
    return this.#json("PUT", `/webhooks/${encodeURIComponent(webhookId)}`, json(webhook));
  }

  /** Never with its secret. */
  webhook(webhookId: string): Promise<Webhook> {
    return this.#json("GET", `/webhooks/${encodeURIComponent(webhookId)}`);
  }

  webhooks(query: Page<typeof ListQuery> = {}): Promise<Webhooks> {
    return this.#json("GET", `/webhooks${queryOf(query)}`);
  }

  async deleteWebhook(webhookId: string): Promise<void> {
    await this.#send("DELETE", `/webhooks/${encodeURIComponent(webhookId)}`);
  }

  /** A store is a location of a shop; its webhooks go to `/connect/shopify/{store_id}`. */
  connectShopify(storeId: string, shop: ShopifySettings): Promise<ShopifyConnection> {
    return this.#json("PUT", `/stores/${encodeURIComponent(storeId)}/connections/shopify`, json(shop));
  }

  shopifyConnection(storeId: string): Promise<ShopifyConnection> {
    return this.#json("GET", `/stores/${encodeURIComponent(storeId)}/connections/shopify`);
  }

  async disconnectShopify(storeId: string): Promise<void> {
    await this.#send("DELETE", `/stores/${encodeURIComponent(storeId)}/connections/shopify`);
  }

  /** What shops delivered, newest first. */
  shopDeliveries(query: Page<typeof shops.DeliveriesQuery> = {}): Promise<ShopDeliveries> {
    return this.#json("GET", `/connect/deliveries${queryOf(query)}`);
  }

  replayShopDelivery(deliveryId: string): Promise<z.output<typeof shops.ReplayedAnswer>> {
    return this.#json("POST", `/connect/deliveries/${encodeURIComponent(deliveryId)}/replay`);
  }

  putSupplier(supplierId: string, supplier: SupplierSettings): Promise<Supplier> {
    return this.#json("PUT", `/suppliers/${encodeURIComponent(supplierId)}`, json(supplier));
  }

  supplier(supplierId: string): Promise<Supplier> {
    return this.#json("GET", `/suppliers/${encodeURIComponent(supplierId)}`);
  }

  suppliers(query: Page<typeof ListQuery> = {}): Promise<Suppliers> {
    return this.#json("GET", `/suppliers${queryOf(query)}`);
  }

  async deleteSupplier(supplierId: string): Promise<void> {
    await this.#send("DELETE", `/suppliers/${encodeURIComponent(supplierId)}`);
  }

  /** When orders must be in, and when they then arrive at a store. */
  supplierCalendar(supplierId: string, query: z.input<typeof suppliers.CalendarQuery> = {}): Promise<OrderCalendar> {
    return this.#json("GET", `/suppliers/${encodeURIComponent(supplierId)}/calendar${queryOf(query)}`);
  }

  putEvent(eventId: string, event: EventSettings): Promise<Event> {
    return this.#json("PUT", `/events/${encodeURIComponent(eventId)}`, json(event));
  }

  event(eventId: string): Promise<Event> {
    return this.#json("GET", `/events/${encodeURIComponent(eventId)}`);
  }

  events(query: Page<typeof ListQuery> = {}): Promise<Events> {
    return this.#json("GET", `/events${queryOf(query)}`);
  }

  async deleteEvent(eventId: string): Promise<void> {
    await this.#send("DELETE", `/events/${encodeURIComponent(eventId)}`);
  }

  /** Decides every item of a store again from its last count. */
  startRun(run: NewRun = {}): Promise<Run> {
    return this.#json("POST", "/runs", json(run));
  }

  run(runId: string): Promise<Run> {
    return this.#json("GET", `/runs/${encodeURIComponent(runId)}`);
  }

  /** Sends an open question to a person by their own channel. */
  askPerson(workflowId: string, personId: string): Promise<{ asked: true }> {
    return this.#json("POST", `/reviews/${encodeURIComponent(workflowId)}/ask`, json({ person_id: personId }));
  }

  /** Mails a one-time link to a person, if the address is one's. */
  async mailSignInLink(email: string): Promise<void> {
    await this.#send("POST", "/sign-in", json({ email }));
  }

  sessions(query: Page<typeof ListQuery> = {}): Promise<Sessions> {
    return this.#json("GET", `/sessions${queryOf(query)}`);
  }

  async endSession(sessionId: string): Promise<void> {
    await this.#send("DELETE", `/sessions/${encodeURIComponent(sessionId)}`);
  }

  makeKey(key: NewKey): Promise<MadeKey> {
    return this.#json("POST", "/keys", json(key));
  }

  /** A page of items sends the database everything it keeps; go on with `next_cursor`. */
  rebuild(query: { readonly limit?: number; readonly cursor?: string } = {}): Promise<Rebuilt> {
    return this.#json("POST", `/projections/rebuild${queryOf(query)}`);
  }

  keys(query: Page<typeof schemas.KeysQuery> = {}): Promise<Keys> {
    return this.#json("GET", `/keys${queryOf(query)}`);
  }

  async revokeKey(keyId: string): Promise<void> {
    await this.#send("DELETE", `/keys/${encodeURIComponent(keyId)}`);
  }

  async #json<T>(method: string, path: string, call: Call = {}): Promise<T> {
    return (await this.#send(method, path, call)).json() as Promise<T>;
  }

  async #send(method: string, path: string, { body, type, headers, signal }: Call = {}): Promise<Response> {
    const response = await this.#fetch(
      new Request(this.#url + path, {
        method,
        redirect: "manual",
        headers: {
          Authorization: `Bearer ${this.#key}`,
          ...(type === undefined ? {} : { "Content-Type": type }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
    if (response.ok) return response;
    throw await failure(response, path);
  }
}

/** A proxy in between may answer instead of the service; the problem is then made from what is known. */
async function failure(response: Response, path: string): Promise<StockwardenError> {
  const text = await response.text();
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json") === true;
  const problem: Problem = isProblem
    ? JSON.parse(text)
    : {
        type: "about:blank",
        title: "The answer did not come from the service",
        status: response.status,
        detail: text.slice(0, 500),
        instance: path,
        code: "unknown",
        request_id: "",
      };
  return new StockwardenError(problem, Number.isFinite(retryAfter) ? retryAfter : null);
}

function json(value: unknown): Call {
  return { body: JSON.stringify(value), type: "application/json" };
}

function triggerHeaders({ idempotencyKey, waitSeconds }: TriggerOptions): Call {
  return {
    headers: {
      ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": `"${idempotencyKey.replace(/["\\]/g, "\\$&")}"` }),
      ...(waitSeconds === undefined ? {} : { Prefer: `wait=${waitSeconds}` }),
    },
  };
}

function itemPath(resource: string, productId: string, storeId: string | undefined, below = ""): string {
  return `/${resource}/${encodeURIComponent(productId)}${below}${queryOf({ store_id: storeId })}`;
}

function queryOf(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}
