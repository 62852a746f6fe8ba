/** What the client's methods take and answer: the types of the schemas by which the service validates and answers. */
import type * as z from "zod";
import type * as shops from "../api/connect/connection-shape.ts";
import type * as itemAnswers from "../api/item-responses.ts";
import type { SettingsBody } from "../api/settings-body.ts";
import type * as people from "../api/person-shape.ts";
import type * as purchases from "../api/purchasing/purchase-requests.ts";
import type * as purchasing from "../api/purchasing/purchase-responses.ts";
import type * as schemas from "../api/requests.ts";
import type { TriggerBody } from "../api/trigger/trigger-request.ts";
import type * as answers from "../api/responses.ts";
import type * as workflows from "../api/trigger/workflow-answer.ts";
import type * as runs from "../api/run-shape.ts";
import type * as sales from "../api/sales-shape.ts";
import type * as serviceAnswers from "../api/service-responses.ts";
import type * as hooks from "../api/connect/webhook-shape.ts";
import type * as events from "../api/world/event-shape.ts";
import type * as stores from "../api/world/store-shape.ts";
import type * as suppliers from "../api/world/supplier-shape.ts";

export type Trigger = z.input<typeof TriggerBody>;

export type Verdict = z.input<typeof schemas.VerdictBody>;

export type ItemSettings = z.input<typeof SettingsBody>;

export type Receipt = z.input<typeof schemas.ReceiptBody>;

export type NewKey = z.input<typeof schemas.KeyBody>;

export type BulkRedelivery = z.output<typeof serviceAnswers.BulkRedeliveryAnswer>;
export type ObjectsRebuilt = z.output<typeof serviceAnswers.ObjectRebuildAnswer>;
export type Rebuilt = z.output<typeof serviceAnswers.RebuildAnswer>;

export type Workflow = z.output<typeof workflows.WorkflowAnswer>;

export type Decision = z.output<typeof workflows.DecisionAnswer>;

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

export type SalesQuery = Omit<z.input<typeof sales.UploadQuery>, "store_id">;

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

export type Restocks = z.output<typeof purchasing.RestocksAnswer>;
export type PurchaseOrders = z.output<typeof purchasing.PurchaseOrdersAnswer>;

export type PurchaseLines = z.input<typeof purchases.LinesBody>["lines"];

export type PurchaseConfirmation = z.input<typeof purchases.ConfirmBody>;

export type PurchaseReceipt = z.input<typeof purchases.ReceiveBody>;

export type PurchaseOrdersQuery = Omit<z.input<typeof purchases.PurchaseOrdersQuery>, "format" | "limit"> & {
  readonly limit?: number;
};

export type Story = z.output<typeof answers.StoryAnswer>;
export type Replayed = z.output<typeof answers.ReplayAnswer>;
export type PersonSettings = z.input<typeof people.PersonBody>;
export type Person = z.output<typeof people.PersonAnswer>;
export type People = z.output<typeof people.PeopleAnswer>;
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

/** A list's query: numbers are text on the wire only. */
export type Page<Query extends z.ZodType> = Omit<z.input<Query>, "limit"> & { readonly limit?: number };
