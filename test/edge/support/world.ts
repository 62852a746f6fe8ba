/** A world per test: fresh D1 and objects, a clock in the future, the app asked over HTTP as a client would. */
import { evictAllDurableObjects, listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { afterEach, beforeEach, vi } from "vitest";
import { forgetFailing } from "../../../src/http/auth/failing-addresses.ts";
import { forgetRoster } from "../../../src/http/auth/roster.ts";
import { objectName } from "../../../src/storage/identity.ts";
import { storeWorldsOf } from "../../../src/store/store-worlds.ts";
import { HOUR_MS } from "../../../src/shared/durations.ts";

export { HOUR_MS } from "../../../src/shared/durations.ts";

/** In the future, since a fake date in the past would make alarms fire by themselves. */
export const T0 = Date.parse("2040-03-01T06:00:00Z");
export const DAY_MS = 24 * HOUR_MS;
export const ROOT_KEY = "test-root-key-0123456789abcdefghij";

/** All migrations in one round trip: the database of a new world is empty, so there is nothing to look up first. */
const SCHEMA = env.TEST_MIGRATIONS.flatMap(({ queries }) => queries);

const STORING = [
  env.ITEM,
  env.STORE,
  env.PURCHASE_ORDERS,
  env.CONNECTION,
  env.CIRCUIT,
  env.BUDGET,
] as unknown as readonly DurableObjectNamespace[];

/** The platform closes an object that nobody calls for ten seconds; a busy machine makes a test last longer. */
const MAY_BE_CLOSED_AFTER_MS = 5_000;
let hasClosed = false;
/** By `performance.now`, which runs on while `Date` stands still. */
let emptiedAt = 0;

/** Makes the tables of an empty database. */
export async function makeTables(): Promise<void> {
  await env.DB.batch(SCHEMA.map((query) => env.DB.prepare(query)));
}

export function useWorld(): void {
  beforeEach(async () => {
    // Since the last world, work that it left under way may have stored something.
    if (mayHaveClosed()) await emptyWorld();
    vi.useFakeTimers({ toFake: ["Date"], now: T0 });
    await makeTables();
    // What an earlier test left under way may have opened a store before there were tables. The clock does not move by
    // itself here, so such a store would never ask again.
    for (const store of await listDurableObjectIds(env.STORE)) await env.STORE.get(store).changed();
  });
  afterEach(async () => {
    vi.useRealTimers();
    // An isolate outlives its world here, and the next world begins at the same moment.
    forgetRoster(env);
    forgetFailing();
    storeWorldsOf(env).forget();
    await emptyWorld();
  });
}

async function emptyWorld(): Promise<void> {
  if (mayHaveClosed()) await openClosedObjects();
  await reset();
  hasClosed = false;
  emptiedAt = performance.now();
}

function mayHaveClosed(): boolean {
  return hasClosed || performance.now() - emptiedAt > MAY_BE_CLOSED_AFTER_MS;
}

/** Closes all objects, as the platform does when nobody calls them. */
export async function closeObjects(): Promise<void> {
  hasClosed = true;
  await evictAllDurableObjects();
}

/** `reset` empties open objects only: what a closed one holds would be found by the next test. */
async function openClosedObjects(): Promise<void> {
  const opened = STORING.map(async (objects) => {
    const ids = await listDurableObjectIds(objects);
    await Promise.all(ids.map((id) => runInDurableObject(objects.get(id), () => undefined)));
  });
  // The databases' own objects were closed, too, and a test may have asked nothing of them since.
  await Promise.all([...opened, env.DB.prepare("SELECT 1").first(), env.CACHE.get("any")]);
}

export function passTime(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Bodies are asserted on, field by field; a wrong shape fails the assertion.
  readonly body: any;
}

export async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const isText = typeof body === "string";
  const response = await exports.default.fetch(`http://localhost:8787${path}`, {
    method,
    redirect: "manual",
    headers: {
      Authorization: `Bearer ${ROOT_KEY}`,
      ...(body === undefined ? {} : { "Content-Type": isText ? "text/csv" : "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A trigger that the plain rule answers with a question: short of stock, nothing known of demand. */
export function aTrigger(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { product_id: "SKU-1", current_stock: 12, safety_stock_level: 40, ...changes };
}

export function trigger(changes: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Answer> {
  return ask("POST", "/inventory-trigger", aTrigger(changes), headers);
}

export function approve(workflowId: string, changes: Record<string, unknown> = {}): Promise<Answer> {
  return ask("POST", `/approve/${workflowId}`, { decision: "approve", ...changes });
}

export async function read(workflowId: string): Promise<any> {
  return (await ask("GET", `/workflows/${workflowId}`)).body;
}

export async function openOrders(productId = "SKU-1"): Promise<any[]> {
  return (await ask("GET", `/products/${productId}`)).body.open_orders ?? [];
}

export function itemStub(productId = "SKU-1", storeId = "main") {
  return env.ITEM.get(env.ITEM.idFromName(objectName({ storeId, productId })));
}

/** Until the database has confirmed what the item sent. */
export async function projected(productId = "SKU-1", storeId = "main"): Promise<void> {
  await itemStub(productId, storeId).idle();
}

/** Daily sales up to the day before T0: `units(day)` with day 0 the oldest. */
export function salesCsv(days: number, units: (day: number) => number): string {
  const rows = Array.from({ length: days }, (_, day) => {
    const date = new Date(T0 - (days - day) * DAY_MS).toISOString().slice(0, 10);
    return `${date},${units(day)}`;
  });
  return `date,units\n${rows.join("\n")}\n`;
}
