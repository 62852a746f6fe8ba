/** Webhooks out of a running server: each endpoint hears what it asked for, verified by the standard's own library. */
import { afterEach, beforeAll, expect, it } from "vitest";
import type { LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask, scrape, trigger, until } from "../support/black-box.ts";
import { webhookReceiver, type WebhookReceiver } from "../support/peers/webhook-receiver.ts";
import { plainServer } from "../support/plain-server.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const EVENTS = ["review.opened", "review.decided", "decision.completed", "purchase_order.sent"];

const receivers: WebhookReceiver[] = [];
let server: LocalServer;
beforeAll(async () => {
  server = await plainServer();
});
afterEach(async () => {
  const { body } = await ask(server, "GET", "/webhooks");
  for (const { webhook_id } of body.webhooks) await ask(server, "DELETE", `/webhooks/${webhook_id}`);
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

const secretOf = (id: string): string =>
  `whsec_${Buffer.from(`the secret of ${id}, and of nobody else`).toString("base64")}`;

async function endpoint(id: string, changes: Record<string, unknown> = {}): Promise<WebhookReceiver> {
  const receiver = await webhookReceiver(0, secretOf(id));
  receivers.push(receiver);
  const { status, text } = await ask(server, "PUT", `/webhooks/${id}`, {
    url: receiver.url,
    events: EVENTS,
    secret: secretOf(id),
    ...changes,
  });
  expect(status, text + server.output().slice(-3000)).toBe(201);
  return receiver;
}

const typesOf = (receiver: WebhookReceiver): string[] =>
  [...receiver.events.values()].map(({ type }) => type).toSorted();

it("tells each endpoint the events that it asked for, of its stores, under its own secret", async () => {
  // The store is known before anybody asks to hear of it.
  await trigger(server, "EARLY", { store_id: "kyoto" });
  const all = await endpoint("all");
  const outcomes = await endpoint("outcomes", { events: ["review.decided"], stores: ["kyoto"] });
  const elsewhere = await endpoint("elsewhere", { stores: ["osaka"] });

  const asked = await trigger(server, "SKU-1", { current_stock: 0, store_id: "kyoto" });
  expect(asked.body.status).toBe("awaiting_human_review");
  await until(() => typesOf(all).length === 1);
  expect(typesOf(all)).toEqual(["review.opened"]);
  const decided = await ask(server, "POST", `/approve/${asked.body.workflow_id}`, { decision: "approve" });
  await until(() => typesOf(all).length === 3 && typesOf(outcomes).length === 1);
  expect(typesOf(all)).toEqual(["decision.completed", "review.decided", "review.opened"]);
  // Neither what was delivered nor a repeated answer changes what the first answer said.
  expect((await ask(server, "POST", `/approve/${asked.body.workflow_id}`, { decision: "approve" })).body).toEqual(
    decided.body,
  );
  for (const { type, data } of all.events.values()) {
    if (type !== "review.opened") expect(data).toEqual(decided.body);
  }

  const held = await trigger(server, "SKU-2", { store_id: "osaka" });
  await until(() => typesOf(elsewhere).length === 1);
  expect([...elsewhere.events.values()][0]).toMatchObject({
    type: "decision.completed",
    data: { workflow_id: held.body.workflow_id },
  });
  expect(typesOf(outcomes)).toEqual(["review.decided"]);
  expect([all, outcomes, elsewhere].flatMap(({ badSignatures }) => badSignatures)).toEqual([]);
});

it("tells what a standing No answered, though nobody is asked", async () => {
  const hears = await endpoint("no", { events: ["review.opened", "decision.completed"] });
  const count = { current_stock: 0, store_id: "nara" };
  const asked = await trigger(server, "SKU-NO", count);
  await ask(server, "POST", `/approve/${asked.body.workflow_id}`, { decision: "reject", reviewer: "Ana" });
  await until(() => typesOf(hears).length === 2);

  const held = await trigger(server, "SKU-NO", count);
  expect(held.body).toMatchObject({ status: "completed", stands: asked.body.workflow_id });
  await until(() => typesOf(hears).length === 3);
  expect([...hears.events.values()].at(-1)).toMatchObject({
    type: "decision.completed",
    data: { workflow_id: held.body.workflow_id, stands: asked.body.workflow_id },
  });
  expect(typesOf(hears)).toEqual(["decision.completed", "decision.completed", "review.opened"]);
});

it("shows no secret, keeps it when an endpoint is replaced without one, and uses a new address at once", async () => {
  await endpoint("moving", { events: ["decision.completed"] });
  const later = await webhookReceiver(0, secretOf("moving"));
  receivers.push(later);
  const replaced = await ask(server, "PUT", "/webhooks/moving", { url: later.url, events: ["decision.completed"] });
  expect(replaced.status).toBe(200);
  const shown = [replaced, await ask(server, "GET", "/webhooks/moving"), await ask(server, "GET", "/webhooks")];
  for (const { text } of shown) expect(text).not.toMatch(/whsec|"secret"/);
  await until(async () => {
    await trigger(server, "SKU-3");
    return later.events.size > 0;
  });
  expect(later.badSignatures).toEqual([]);
});

it("signs with a new secret once it is set", async () => {
  await endpoint("rotating", { events: ["decision.completed"] });
  const rotated = await webhookReceiver(0, secretOf("rotating, anew"));
  receivers.push(rotated);
  const anew = { url: rotated.url, events: ["decision.completed"], secret: secretOf("rotating, anew") };
  expect((await ask(server, "PUT", "/webhooks/rotating", anew)).status).toBe(200);
  await until(async () => {
    await trigger(server, "SKU-31");
    return rotated.events.size > 0;
  });
  expect(rotated.badSignatures).toEqual([]);
});

it("takes what failed up again when somebody asks, and drops what was on its way to a deleted endpoint", async () => {
  const receiver = await endpoint("down", { events: ["decision.completed"] });
  receiver.answerNext(410);
  const { body } = await trigger(server, "SKU-4");
  await until(() => receiver.requests.length === 1);
  expect(receiver.events.size).toBe(0);
  await until(async () => (await ask(server, "POST", `/workflows/${body.workflow_id}/redeliver`)).body.deliveries > 0);
  await until(() => receiver.events.size === 1);

  await ask(server, "DELETE", "/webhooks/down");
  expect((await ask(server, "GET", "/webhooks/down")).status).toBe(404);
  expect((await ask(server, "DELETE", "/webhooks/down")).status).toBe(404);
});

it("takes up all that was given up, page by page, when an outage is over", async () => {
  const receiver = await endpoint("away", { events: ["decision.completed"] });
  // The first is refused for good, which switches the endpoint off: the others are given up without being tried.
  receiver.answerNext(410);
  const parked = async (): Promise<number> => (await scrape(server)).get("inventory_effects_parked") ?? 0;
  const ids: string[] = [];
  for (const product of ["SKU-41", "SKU-42", "SKU-43"]) {
    ids.push((await trigger(server, product)).body.workflow_id);
    await until(async () => (await parked()) >= ids.length);
  }
  let cursor: string | null = "";
  while (cursor !== null) {
    const { status, body } = await ask(server, "POST", `/deliveries/redeliver?limit=2&cursor=${cursor}`);
    expect([status, body.failed]).toEqual([202, []]);
    cursor = body.next_cursor;
  }
  await until(() => ids.every((id) => [...receiver.events.values()].some(({ data }) => data.workflow_id === id)));
  await until(async () => (await parked()) === 0);
});

it("refuses an endpoint without a secret, an event that does not exist and a local name", async () => {
  const good = { url: "https://hooks.example.com/x", events: ["decision.completed"], secret: secretOf("x") };
  const wrong: [Record<string, unknown>, string][] = [
    [{ secret: undefined }, "/secret"],
    [{ secret: "whsec_no-base64-at-all!!" }, "/secret"],
    [{ events: ["decision.made"] }, "/events/0"],
    [{ events: [] }, "/events"],
    [{ url: "https://printer.local/x" }, "/url"],
    [{ url: "http://hooks.example.com/x" }, "/url"],
    [{ url: "no url" }, "/url"],
    [{ url: "https://name:password@hooks.example.com/x" }, "/url"],
    [{ colour: "red" }, "/colour"],
  ];
  for (const [change, pointer] of wrong) {
    const { status, body } = await ask(server, "PUT", "/webhooks/x", { ...good, ...change });
    expect([status, body.errors?.[0]?.pointer], pointer).toEqual([422, pointer]);
  }
});

it("tells of a purchase order once it is sent", async () => {
  const receiver = await endpoint("orders", { events: ["purchase_order.sent"], stores: ["sapporo"] });
  await ask(server, "PUT", "/suppliers/dairy", { name: "Dairy", lead_time_days: 2, send: "manual" });
  const settings = { supplier_id: "dairy", unit_cost: 2, lead_time_days: 2, safety_stock_level: 4 };
  await ask(server, "PUT", "/products/MILK?store_id=sapporo", settings);
  const days = Array.from({ length: 84 }, (_, at) => new Date(Date.now() - (84 - at) * DAY_MS).toISOString());
  const csv = ["date,units", ...days.map((day, at) => `${day.slice(0, 10)},${8 + (at % 2)}`)].join("\n");
  const stored = await ask(server, "PUT", "/history/MILK?store_id=sapporo", csv, { "Content-Type": "text/csv" });
  expect(stored.status).toBeLessThan(300);
  const decided = await trigger(server, "MILK", { store_id: "sapporo", current_stock: 3, safety_stock_level: 4 });
  if (decided.body.status === "awaiting_human_review")
    await ask(server, "POST", `/approve/${decided.body.workflow_id}`, { decision: "approve" });
  let order: any;
  await until(async () => {
    order = (await ask(server, "GET", "/purchase-orders?store_id=sapporo")).body.purchase_orders[0];
    return order !== undefined;
  });
  const sent = await ask(server, "POST", `/purchase-orders/${order.po_id}/send`, { revision: order.revision });
  expect(sent.status).toBe(200);
  await until(() => receiver.events.size === 1);
  expect([...receiver.events.values()][0]).toMatchObject({
    type: "purchase_order.sent",
    data: { po_id: order.po_id, status: "sent" },
  });
});
