/**
 * A Vendure shop (https://vendure.io) that Stockwarden keeps in stock. Put this file beside the shop's own, and where it starts:
 *
 *   const app = await bootstrap(config);
 *   await keepInStock(app, { url: process.env.STOCKWARDEN_URL, key: process.env.STOCKWARDEN_KEY, store: "main" });
 *
 * The key needs the scopes `trigger` and `write`. Products become settings, orders sales, and every movement of stock a count that
 * is decided on. Goods that come in are booked in Vendure as always, as more stock on hand: that closes the open orders here.
 */
import {
  EventBus,
  OrderLine,
  OrderPlacedEvent,
  ProductVariantEvent,
  ProductVariantService,
  RequestContextService,
  StockLevelService,
  StockMovementEvent,
  TransactionalConnection,
} from "@vendure/core";

const TRIES = 5;
const PAGE = 100;
const ndjson = (rows) => rows.map((row) => JSON.stringify(row)).join("\n");

export async function keepInStock(app, { url, key, store = "main" }) {
  const context = await app.get(RequestContextService).create({ apiType: "admin" });
  const [variants, levels, events] = [app.get(ProductVariantService), app.get(StockLevelService), app.get(EventBus)];

  async function send(method, path, type, body) {
    const headers = { Authorization: `Bearer ${key}`, "Content-Type": type };
    const request = { method, headers, body };
    for (let tried = 1; ; tried++) {
      const response = await fetch(url + path, request).catch((error) => error);
      if (response.ok) return response;
      if (response.status < 500 && response.status !== 429) throw new Error(`${path}: ${await response.text()}`);
      if (tried === TRIES) throw new Error(`${path}: Stockwarden does not answer`);
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tried));
    }
  }

  /** One after the other: the newest count of an item is the last one sent. */
  let queue = Promise.resolve();
  const then = (work) => (queue = queue.then(work).catch((error) => console.error("stockwarden:", error.message)));

  const catalogue = (items) =>
    send(
      "PUT",
      "/catalogue?keep=true",
      "application/x-ndjson",
      ndjson(items.map(({ sku, name, price }) => ({ product_id: sku, store_id: store, name, price: price / 100 }))),
    );

  async function count(variantId) {
    const { sku } = await variants.findOne(context, variantId);
    const { stockOnHand, stockAllocated } = await levels.getAvailableStock(context, variantId);
    const body = { product_id: sku, store_id: store, current_stock: stockOnHand - stockAllocated };
    await send("POST", "/inventory-trigger", "application/json", JSON.stringify(body));
  }

  async function receive({ id, quantity, productVariant }) {
    const { sku } = await variants.findOne(context, productVariant.id);
    const path = `/products/${encodeURIComponent(sku)}/receipts?store_id=${store}`;
    const body = JSON.stringify({ quantity, reference: `vendure-${id}` });
    await send("POST", path, "application/json", body).catch((error) => console.error("stockwarden:", error.message));
  }

  /** What the day's orders sold of an item, all of them: the last upload of a day is the one that counts. */
  async function daySales(order) {
    const day = order.orderPlacedAt.toISOString().slice(0, 10);
    const lines = await app
      .get(TransactionalConnection)
      .getRepository(context, OrderLine)
      .createQueryBuilder("line")
      .innerJoinAndSelect("line.order", "placed")
      .innerJoinAndSelect("line.productVariant", "variant")
      .where("placed.orderPlacedAt >= :from AND placed.orderPlacedAt < :to", {
        from: new Date(day),
        to: new Date(Date.parse(day) + 86_400_000),
      })
      .getMany();
    const units = Map.groupBy(lines, ({ productVariant }) => productVariant.sku);
    const rows = [...units].map(([product_id, sold]) => ({
      product_id,
      store_id: store,
      date: day,
      units: sold.reduce((sum, { quantity }) => sum + quantity, 0),
    }));
    await send("POST", "/sales?source=vendure", "application/x-ndjson", ndjson(rows));
  }

  events
    .ofType(ProductVariantEvent)
    .subscribe(({ entity, type }) => type !== "deleted" && then(() => catalogue(entity)));
  events.ofType(OrderPlacedEvent).subscribe(({ order }) => then(() => daySales(order)));
  events.ofType(StockMovementEvent).subscribe(({ stockMovements }) =>
    then(async () => {
      for (const movement of stockMovements)
        if (movement.type === "ADJUSTMENT" && movement.quantity > 0) await receive(movement);
      for (const id of new Set(stockMovements.map(({ productVariant }) => productVariant.id))) await count(id);
    }),
  );
  for (let skip = 0, page; page === undefined || page.length === PAGE; skip += PAGE) {
    page = (await variants.findAll(context, { take: PAGE, skip })).items;
    if (page.length > 0) await then(() => catalogue(page));
  }
}
