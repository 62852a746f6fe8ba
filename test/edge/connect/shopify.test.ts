/** A Shopify shop that sells in a store: what it says becomes catalogue, counts and sales, each once. */
import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod";
import type { DeliveryAnswer } from "../../../src/api/connect/connection-shape.ts";
import { connectionId } from "../../../src/world/outside/shop-connection.ts";
import {
  delivery,
  level,
  LOCATION,
  order,
  product,
  refund,
  SECRET,
  SHOP,
  type Delivery,
} from "../../support/peers/shopify.ts";
import { signIn } from "../support/sign-in.ts";
import { holdDatabase } from "../support/held-database.ts";
import { ask, DAY_MS, HOUR_MS, passTime, T0, useWorld } from "../support/world.ts";

const SENCHA = { sku: "SENCHA", id: 808950810, inventory_item_id: 39072856 };
const NEW_SECRET = "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";

useWorld();
beforeEach(async () => {
  expect((await connect()).status).toBe(201);
});

const connect = (changes: Record<string, unknown> = {}) =>
  ask("PUT", "/stores/main/connections/shopify", {
    domain: SHOP,
    location_id: String(LOCATION),
    secrets: [SECRET],
    ...changes,
  });

async function send({ headers, body }: Delivery, storeId = "main"): Promise<number> {
  const response = await exports.default.fetch(`http://localhost:8787/connect/shopify/${storeId}`, {
    method: "POST",
    headers,
    body,
  });
  await response.body?.cancel();
  return response.status;
}

const say = (topic: string, payload: unknown, at = Date.now(), changes = {}) =>
  send(delivery(topic, payload, at, changes));
/** Until everything that was acknowledged is done. */
const settled = () => env.CONNECTION.getByName(connectionId("shopify", "main")).poke();
const deliveries = async (query = "") => {
  await settled();
  return (await ask("GET", `/connect/deliveries?store_id=main${query}`)).body.deliveries as z.output<
    typeof DeliveryAnswer
  >[];
};
const item = async (productId = "SENCHA") => {
  await settled();
  return (await ask("GET", `/products/${productId}`)).body;
};
const sold = async (productId = "SENCHA"): Promise<[string, number][]> => {
  await settled();
  const { status, body } = await ask("GET", `/history/${productId}`);
  return status === 404 ? [] : body.days.map(({ date, units }: { date: string; units: number }) => [date, units]);
};
const settings = (productId = "SENCHA") =>
  ask("PUT", `/products/${productId}`, { safety_stock_level: 4, pack_size: 2 });
const count = (units: number, at = Date.now()) =>
  say("inventory_levels/update", level(SENCHA.inventory_item_id, units), at);

describe("a delivery", () => {
  it("is refused unless the shop signed exactly these bytes", async () => {
    const sold1 = order(1, "2040-02-29T10:00:00Z", [{ sku: "SENCHA", quantity: 1 }]);
    const wrong: [string, Delivery][] = [
      ["no signature", delivery("orders/paid", sold1, T0, { "X-Shopify-Hmac-Sha256": undefined })],
      ["another secret", delivery("orders/paid", sold1, T0, {}, NEW_SECRET)],
      ["no base64", delivery("orders/paid", sold1, T0, { "X-Shopify-Hmac-Sha256": "%%%" })],
      ["another shop", delivery("orders/paid", sold1, T0, { "X-Shopify-Shop-Domain": "other.myshopify.com" })],
      ["no shop", delivery("orders/paid", sold1, T0, { "X-Shopify-Shop-Domain": undefined })],
      ["other bytes", { ...delivery("orders/paid", sold1, T0), body: JSON.stringify({ ...sold1, id: 2 }) }],
      ["no JSON and no signature", delivery("orders/paid", "{", T0, {}, NEW_SECRET)],
    ];
    for (const [what, sent] of wrong) expect([what, await send(sent)]).toEqual([what, 401]);
    expect(await send(delivery("orders/paid", sold1, T0), "elsewhere")).toBe(401);
    expect(await deliveries()).toEqual([]);
  });

  it("counts under either secret while one replaces the other, and under none that is gone", async () => {
    await connect({ secrets: [NEW_SECRET, SECRET] });
    const signed = (secret: string) => send(delivery("shop/update", {}, T0, {}, secret));
    expect([await signed(SECRET), await signed(NEW_SECRET)]).toEqual([200, 200]);
    await connect({ secrets: [NEW_SECRET] });
    expect([await signed(SECRET), await signed(NEW_SECRET)]).toEqual([401, 200]);
    const shown = (await ask("GET", "/stores/main/connections/shopify")).body;
    expect(shown).toEqual({
      store_id: "main",
      domain: SHOP,
      location_id: String(LOCATION),
      product_key: "sku",
      web_orders: true,
    });
    await ask("DELETE", "/stores/main/connections/shopify");
    expect(await signed(NEW_SECRET)).toBe(401);
    expect((await ask("GET", "/stores/main/connections/shopify")).status).toBe(404);
  });

  it("is acknowledged and kept when its topic is not known or its body cannot be read", async () => {
    expect(await say("carts/update", { id: "x" })).toBe(200);
    expect(await say("orders/paid", "no JSON at all")).toBe(200);
    expect(await say("orders/paid", { id: 1, line_items: "none" })).toBe(200);
    const kept = await deliveries();
    expect(kept.map(({ topic, status }) => [topic, status]).toSorted()).toEqual([
      ["carts/update", "ignored"],
      ["orders/paid", "failed"],
      ["orders/paid", "failed"],
    ]);
    expect((await deliveries("&status=failed")).map(({ note }) => note).toSorted()).toEqual([
      "unreadable: line_items: must be a list",
      "unreadable: the body is not JSON",
    ]);
  });
});

it("the answer leaves before its effects are made: here, while every statement to the database is held", async () => {
  const connection = env.CONNECTION.getByName(connectionId("shopify", "main"));
  await settings();
  expect(await say("shop/update", {})).toBe(200);
  await settled();
  const database = holdDatabase();
  expect(await say("products/create", product("Sencha", [SENCHA]))).toBe(200);
  expect(await say("orders/paid", order(1, "2040-02-28T10:00:00Z", [{ sku: "SENCHA", quantity: 3 }]))).toBe(200);
  expect(await count(100)).toBe(200);
  await database.reached;
  const kept = await connection.deliveries(null, 50, null);
  expect(kept.map(({ topic, status }) => [topic, status])).toEqual([
    ["inventory_levels/update", "pending"],
    ["orders/paid", "pending"],
    ["products/create", "pending"],
    ["shop/update", "ignored"],
  ]);
  database.letGo();
  expect(await sold()).toEqual([["2040-02-28", 3]]);
  expect(await item()).toMatchObject({ settings: { name: "Sencha" }, decisions: [{ status: "completed" }] });
});

describe("products and levels", () => {
  it("become settings beside those that are there, and counts that are decided on", async () => {
    await settings();
    expect(await say("products/create", product("Sencha", [SENCHA]))).toBe(200);
    expect((await item()).settings).toMatchObject({ name: "Sencha", price: 19.9, safety_stock_level: 4, pack_size: 2 });
    expect(await count(100)).toBe(200);
    expect((await item()).decisions).toMatchObject([{ status: "completed", decision: { recommended_action: "hold" } }]);
    expect(await say("inventory_levels/update", level(SENCHA.inventory_item_id, 0, 1))).toBe(200);
    expect((await item()).decisions).toHaveLength(1);
  });

  it.each([
    ["4006381333931", "4006381333931"],
    [" 96385074 ", "96385074"],
    ["4006381 333931", "4006381333931"],
    ["978-3-16-148410-0", "9783161484100"],
    // A code of the shop's own.
    ["4006381333932", "00012345600012"],
    ["SENCHA-1", "00012345600012"],
    ["", "00012345600012"],
  ])("have the bar code %j as GTIN, if it is one", async (barcode, gtin) => {
    expect((await ask("PUT", "/products/SENCHA", { gtin: "00012345600012" })).status).toBe(201);
    expect(await say("products/update", product("Sencha", [{ ...SENCHA, barcode }]))).toBe(200);
    expect((await item()).settings).toMatchObject({ name: "Sencha", gtin });
  });

  it("of a variant that its product lists no more, or whose product is deleted, count no longer", async () => {
    await settings();
    const again = { ...SENCHA, id: 2, inventory_item_id: 22 };
    const large = { ...SENCHA, id: 3, inventory_item_id: 33 };
    const position = async (units: number, stockItem: number, at: number): Promise<number> => {
      await say("inventory_levels/update", level(stockItem, units), at);
      const [{ workflow_id }] = (await item()).decisions;
      return (await ask("GET", `/workflows/${workflow_id}`)).body.decision.evidence.inventory_position;
    };
    await say("products/update", product("Sencha", [SENCHA, large]), T0);
    expect(await position(50, SENCHA.inventory_item_id, T0 + 1)).toBe(50);
    expect(await position(7, large.inventory_item_id, T0 + 2)).toBe(57);

    await say("products/update", product("Sencha", [again, large]), T0 + 3);
    // An older state that comes late brings the first variant back to nothing.
    await say("products/update", product("Sencha", [SENCHA, large]), T0 + 1);
    expect(await position(40, again.inventory_item_id, T0 + 4)).toBe(47);

    // A product of very many variants lists only some of them.
    const some = { ...product("Sencha", [large]), variant_gids: [{}, {}] };
    await say("products/update", some, T0 + 5);
    expect(await position(41, again.inventory_item_id, T0 + 6)).toBe(48);

    await say("products/update", { ...product("Sencha, new", [{ ...SENCHA, inventory_item_id: 44 }]), id: 9 }, T0 + 7);
    await say("products/delete", { id: product("", [])["id"] }, T0 + 8);
    expect(await position(12, 44, T0 + 9)).toBe(12);
  });

  it("wait for each other for a day: a level before its product is played when that comes", async () => {
    await settings();
    await count(90, T0);
    await count(80, T0 + 60_000);
    expect((await deliveries()).map(({ status }) => status)).toEqual(["waiting", "waiting"]);
    passTime(23 * HOUR_MS);
    await say("products/update", product("Sencha", [SENCHA]));
    expect((await item()).decisions).toHaveLength(1);
    const stock = (await ask("GET", `/workflows/${(await item()).decisions[0].workflow_id}`)).body;
    expect(stock.decision.evidence.inventory_position).toBe(80);

    await say("inventory_levels/update", level(1234, 5));
    passTime(DAY_MS + 1);
    expect((await deliveries("&status=failed")).map(({ topic }) => topic)).toEqual(["inventory_levels/update"]);
  });

  it("count by when they happened: an older level that comes later changes nothing", async () => {
    await settings();
    await say("products/create", product("Sencha", [SENCHA]), T0 - HOUR_MS);
    await count(100, T0);
    await settled();
    await count(0, T0 - 60_000);
    expect((await item()).decisions).toHaveLength(1);
    await say("products/update", product("Sencha, first crop", [SENCHA]), T0);
    await settled();
    await say("products/update", product("Sencha, old name", [SENCHA]), T0 - 1);
    expect((await item()).settings.name).toBe("Sencha, first crop");
  });

  it("fail without a safety stock, and the pages say so where somebody looks, for a day", async () => {
    const shows = async (path: string): Promise<string> => {
      const headers = { Cookie: await signIn(), Accept: "text/html" };
      return (await exports.default.fetch(`http://localhost:8787${path}`, { headers })).text();
    };
    await say("products/create", product("Sencha", [SENCHA]));
    await settled();
    for (const path of ["/", "/stores/main"]) expect(await shows(path), path).not.toContain("deliveries failed");
    await count(100);
    await settled();
    const text = "1 of the shop&#39;s deliveries failed. The last: SENCHA has no safety_stock_level in its settings.";
    for (const path of ["/", "/stores/main"]) expect(await shows(path), path).toContain(text);
    expect(await shows("/items/main/SENCHA")).toContain("safety_stock_level: not set");
    await settings();
    expect(await shows("/items/main/SENCHA")).not.toContain("safety_stock_level: not set");
    passTime(DAY_MS + 1);
    expect(await shows("/")).not.toContain(text);
  });

  it("fail without a safety stock, and are played again once there is one", async () => {
    await say("products/create", product("Sencha", [SENCHA]));
    await settled();
    await count(100);
    const failed = (await deliveries("&status=failed"))[0]!;
    expect(failed.note).toBe("SENCHA has no safety_stock_level in its settings");
    await settings();
    const replay = () =>
      ask("POST", `/connect/deliveries/${failed.delivery_id}/replay`, undefined, { "Idempotency-Key": "again" });
    expect((await replay()).status).toBe(202);
    expect((await replay()).headers.get("Idempotency-Replayed")).toBe("true");
    expect((await item()).decisions).toHaveLength(1);
    expect((await ask("POST", "/connect/deliveries/none/replay")).status).toBe(404);
  });
});

describe("orders", () => {
  const paid = (id: number, quantity: number, created = "2040-02-28T10:00:00Z", location: number | null = null) =>
    order(id, created, [{ sku: "SENCHA", quantity }], location);

  it("are sales of the store's day, returns of the refund's, and nothing once cancelled", async () => {
    await ask("PUT", "/stores/main", { time_zone: "Asia/Tokyo" });
    await say("orders/paid", paid(1, 3));
    await say("orders/paid", paid(2, 4, "2040-02-28T16:00:00Z"));
    expect(await sold()).toEqual([
      ["2040-02-28", 3],
      ["2040-02-29", 4],
    ]);
    await say("refunds/create", refund(7, 1, "2040-02-29T01:00:00Z", [{ sku: "SENCHA", quantity: 1 }]));
    expect(await sold()).toEqual([
      ["2040-02-28", 3],
      ["2040-02-29", 3],
    ]);
    await say("orders/cancelled", paid(1, 3));
    expect(await sold()).toEqual([
      ["2040-02-28", 0],
      ["2040-02-29", 4],
    ]);
  });

  it("are forgotten after the retention, and what they sold stays sold", async () => {
    const buy = (id: number, day: string) =>
      say("orders/paid", order(id, `${day}T10:00:00Z`, [{ sku: "SENCHA", quantity: id }]));
    await buy(1, "2040-02-28");
    expect(await sold()).toEqual([["2040-02-28", 1]]);
    passTime(450 * DAY_MS);
    await buy(2, new Date(Date.now() - DAY_MS).toISOString().slice(0, 10));
    // Too old to be summed up again: it must not take the place of the day's sum.
    await buy(3, "2040-02-28");
    const days = await sold();
    expect([days[0], days.at(-1)?.[1]]).toEqual([["2040-02-28", 1], 2]);
    const orders = await runInDurableObject(
      env.CONNECTION.getByName(connectionId("shopify", "main")),
      async (_connection, { storage }) => storage.sql.exec("SELECT order_id FROM ledger").toArray(),
    );
    expect(orders).toHaveLength(1);
  });

  it("count in whatever order they come: the refund and the cancellation first", async () => {
    await say("refunds/create", refund(7, 1, "2040-02-29T01:00:00Z", [{ sku: "SENCHA", quantity: 1 }]));
    await say("orders/cancelled", paid(2, 9));
    await settled();
    await say("orders/paid", paid(2, 9));
    await say("orders/paid", paid(1, 3, "2040-02-29T00:30:00Z"));
    expect(await sold()).toEqual([["2040-02-29", 2]]);
  });

  it("of another place are another store's; those without one are this store's unless it says no", async () => {
    await say("orders/paid", paid(1, 3, undefined, 99));
    await say("refunds/create", refund(7, 1, "2040-02-29T01:00:00Z", [{ sku: "SENCHA", quantity: 1 }], LOCATION));
    expect(await sold()).toEqual([]);
    await say("orders/paid", paid(2, 5, undefined, LOCATION));
    await settled();
    await connect({ web_orders: false });
    await say("orders/paid", paid(3, 7));
    expect(await sold()).toEqual([["2040-02-28", 5]]);
  });

  it("name products by their variant where the connection says so, ids beyond exact numbers included", async () => {
    await connect({ product_key: "variant_id" });
    const body = JSON.stringify(paid(1, 3)).replace('"variant_id":808950810', '"variant_id":80895081012345678901');
    await say("orders/paid", body);
    expect(await sold("80895081012345678901")).toEqual([["2040-02-28", 3]]);
  });

  it("are added to other sources of the same item, and never to themselves", async () => {
    await ask("PUT", "/history/SENCHA?source=till", "date,units\n2040-02-28,2\n");
    for (let repeat = 0; repeat < 3; repeat++) await say("orders/paid", paid(1, 3));
    expect(await sold()).toEqual([["2040-02-28", 5]]);
  });
});

it("twenty of each kind: nothing counts twice, nothing fails, and nothing unsigned is kept", async () => {
  await settings();
  await say("products/create", product("Sencha", [SENCHA]), T0 - DAY_MS);
  await settled();
  const statuses = new Map<string, Set<number>>();
  const note = (kind: string, status: number) => statuses.set(kind, (statuses.get(kind) ?? new Set()).add(status));
  const padded =
    `${JSON.stringify(order(900, "2040-02-27T10:00:00Z", [])).slice(0, -1)},` +
    `"note":"${"x".repeat(2 * 1_024 * 1_024)}"}`;
  const sends: (() => Promise<void>)[] = [];
  for (let n = 0; n < 20; n++) {
    const paid = order(n + 1, "2040-02-28T10:00:00Z", [{ sku: "SENCHA", quantity: 1 }]);
    const right = delivery("orders/paid", paid, T0 - n);
    const kinds: [string, Delivery][] = [
      ["right", right],
      ["repeated", right],
      ["wrong", delivery("orders/paid", { ...paid, id: 1_000 + n }, T0, {}, NEW_SECRET)],
      ["missing", delivery("orders/paid", { ...paid, id: 2_000 + n }, T0, { "X-Shopify-Hmac-Sha256": undefined })],
      // The newest of these levels is the first to be sent.
      ["out of order", delivery("inventory_levels/update", level(SENCHA.inventory_item_id, 100 + n), T0 - n * 1_000)],
      ["malformed", delivery("orders/paid", `{"id": ${n}`, T0)],
      ["unknown topic", delivery("themes/publish", { id: n }, T0)],
      ["2 MiB", delivery("orders/paid", padded, T0)],
    ];
    for (const [kind, sent] of kinds) sends.push(async () => void note(kind, await send(sent)));
  }
  for (let at = 0; at < sends.length; at += 8) await Promise.all(sends.slice(at, at + 8).map((one) => one()));
  expect(Object.fromEntries([...statuses].map(([kind, set]) => [kind, [...set]]))).toEqual({
    right: [200],
    repeated: [200],
    wrong: [401],
    missing: [401],
    "out of order": [200],
    malformed: [200],
    "unknown topic": [200],
    "2 MiB": [200],
  });
  expect(await sold()).toEqual([["2040-02-28", 20]]);
  const kept = await deliveries("&limit=200");
  expect(kept).toHaveLength(1 + 20 * 5);
  expect(kept.filter(({ status }) => status === "failed")).toHaveLength(20);
  const [newest] = (await item()).decisions;
  const { body } = await ask("GET", `/workflows/${newest.workflow_id}`);
  expect(body.decision.evidence.inventory_position).toBe(100);
}, 120_000);
