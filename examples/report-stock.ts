/**
 * A till that reports its stock and follows what comes back, by the typed client.
 *
 *   STOCKWARDEN_URL=… STOCKWARDEN_KEY=… node examples/report-stock.ts
 */
import { Stockwarden } from "../src/client/client.ts";

const stock = new Stockwarden({
  url: process.env.STOCKWARDEN_URL ?? "http://localhost:8787",
  key: process.env.STOCKWARDEN_KEY ?? "",
});

const counts = [
  { product_id: "sencha-100g", current_stock: 60 },
  { product_id: "matcha-30g", current_stock: 2 },
];

for (const count of counts) {
  // The same key for the same count: should this be sent again, nothing is decided twice.
  const idempotencyKey = `${count.product_id}/${count.current_stock}`;
  const workflow = await stock.trigger({ ...count, safety_stock_level: 12 }, { idempotencyKey, waitSeconds: 5 });
  const { decision, status, product_id } = workflow;
  if (status === "awaiting_human_review") console.log(`${product_id}: a person is asked`);
  else console.log(`${product_id}: ${decision?.recommended_action} ${decision?.recommended_quantity}`);
}
