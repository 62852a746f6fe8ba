/**
 * A typed client of the service, for Node, browsers and Workers: `fetch` and nothing else. Its types come from the
 * schemas by which the service validates and answers.
 *
 * Each resource has its calls in a file of its own, and each of these classes extends the one before it: together they
 * are the client.
 *
 *   const stock = new Stockwarden({ url: "https://stock.shop.example", key });
 *   const workflow = await stock.trigger({ product_id: "SKU-1", current_stock: 12, safety_stock_level: 40 });
 */
import { AccessCalls } from "./access-calls.ts";

// This file is the entry of the package `stockwarden/client`.
export type * from "./shapes.ts";
export {
  StockwardenError,
  type CallOptions,
  type ClientOptions,
  type OnceOptions,
  type TriggerOptions,
} from "./transport.ts";

export class Stockwarden extends AccessCalls {}
