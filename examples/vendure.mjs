/**
 * Keeps a Vendure shop (https://vendure.io) in stock. Put it beside the shop's own files; where the shop starts, with a
 * key of the scopes `trigger` and `write`: `await keepInStock(await bootstrap(config), { url, key })`. Products become
 * settings, orders sales, every movement of stock a count that is decided on. Goods that come in are booked in Vendure
 * as always, as more stock on hand: that closes the open orders here.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as shop from "@vendure/core";

const settings = ({ sku, name, price }) => ({ product_id: sku, name, price: price / 100 });
const report = (error) => console.error("stockwarden:", error.message);

export async function keepInStock(app, { url, key, store = "main" }) {
  const context = await app.get(shop.RequestContextService).create({ apiType: "admin" });
  const variants = app.get(shop.ProductVariantService);
  const orderLines = app.get(shop.TransactionalConnection).getRepository(context, shop.OrderLine);

  /** Many rows go as NDJSON, one thing as JSON. */
  async function send(method, path, data, triesLeft = 5) {
    const [type, rows] = Array.isArray(data) ? ["application/x-ndjson", data] : ["application/json", [data]];
    const headers = { Authorization: `Bearer ${key}`, "Content-Type": type };
    const request = { method, headers, body: rows.map((row) => JSON.stringify(row)).join("\n") };
    const response = await fetch(url + path, request).catch((error) => error);
    if (response.ok) return;
    if (response.status < 500 && response.status !== 429) throw new Error(`${path}: ${await response.text()}`);
    if (triesLeft === 1) throw new Error(`${path}: Stockwarden does not answer`);
    await sleep(500 * 2 ** (6 - triesLeft));
    await send(method, path, data, triesLeft - 1);
  }

  /** One after the other: the newest count of an item is the last one sent. */
  let queue = Promise.resolve();
  const then = (work) => (queue = queue.then(work).catch(report));
  const on = (event, work) => app.get(shop.EventBus).ofType(event).subscribe(work);

  const catalogue = (items) => send("PUT", `/catalogue?keep=true&store_id=${store}`, items.map(settings));

  /** What the day's orders sold of each item, all of them: the last upload of a day is the one that counts. */
  async function sales(date) {
    const day = { from: new Date(date), to: new Date(Date.parse(date) + 86_400_000) };
    const sold = await orderLines
      .createQueryBuilder("line")
      .select(["variant.sku AS product_id", "SUM(line.quantity) AS units"])
      .innerJoin("line.productVariant", "variant")
      .innerJoin("line.order", "placed", "placed.orderPlacedAt >= :from AND placed.orderPlacedAt < :to", day)
      .groupBy("variant.sku")
      .getRawMany();
    const rows = sold.map(({ product_id, units }) => ({ product_id, date, units: Number(units) }));
    await send("POST", `/sales?source=vendure&store_id=${store}`, rows);
  }

  async function moved({ id, type, quantity, productVariant }) {
    const { sku } = await variants.findOne(context, productVariant.id);
    const receipts = `/products/${encodeURIComponent(sku)}/receipts?store_id=${store}`;
    if (type === "ADJUSTMENT" && quantity > 0)
      await send("POST", receipts, { quantity, reference: `vendure-${id}` }).catch(report);
    const stock = await app.get(shop.StockLevelService).getAvailableStock(context, productVariant.id);
    const current_stock = stock.stockOnHand - stock.stockAllocated;
    await send("POST", "/inventory-trigger", { product_id: sku, store_id: store, current_stock });
  }

  on(shop.ProductVariantEvent, ({ entity, type }) => type !== "deleted" && then(() => catalogue(entity)));
  on(shop.OrderPlacedEvent, ({ order }) => then(() => sales(order.orderPlacedAt.toISOString().slice(0, 10))));
  on(shop.StockMovementEvent, (event) => event.stockMovements.forEach((movement) => then(() => moved(movement))));
  const { totalItems } = await variants.findAll(context, { take: 1 });
  for (let skip = 0; skip < totalItems; skip += 100)
    await then(async () => catalogue((await variants.findAll(context, { take: 100, skip })).items));
}
