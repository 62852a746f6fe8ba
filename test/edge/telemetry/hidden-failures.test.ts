/** What fails where no caller sees it, and the sweep that should have run: counted, so that alerts can tell. */
import {
  createExecutionContext,
  createScheduledController,
  runInDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Env } from "../../../src/env.ts";
import worker from "../../../src/index.ts";
import { storageOf } from "../../../src/storage/storage.ts";
import { telemetryOf } from "../../../src/telemetry/telemetry.ts";
import { connectionId } from "../../../src/world/outside/shop-connection.ts";
import { delivery, LOCATION, order, SECRET, SHOP } from "../../support/peers/shopify.ts";
import { takeDatabaseAway } from "../support/away-database.ts";
import { useSettings } from "../support/settings.ts";
import { ask, T0, useWorld } from "../support/world.ts";

useWorld();
const set = useSettings();

/** The sweep also writes what the isolate has counted. */
async function sweep(): Promise<void> {
  const context = createExecutionContext();
  await worker.scheduled(createScheduledController(), env, context);
  await waitOnExecutionContext(context);
}

/** An object counts for itself, and writes some seconds later: this writes now. */
async function writeCounts(shop: DurableObjectStub<undefined>): Promise<void> {
  await runInDurableObject(shop, async (object) => {
    const own = (object as unknown as { readonly env: Env }).env;
    await telemetryOf(own).tallies.flush(storageOf(own).counters);
  });
}

/** Isolates outlive a world here, so what is asked for is the growth since an earlier page. */
async function scrape(): Promise<(series: string) => number> {
  await sweep();
  const page = String((await ask("GET", "/metrics")).body);
  return (series) =>
    Number(
      page
        .split("\n")
        .find((line) => line.startsWith(`${series} `))
        ?.slice(series.length),
    );
}

const failures = (type: string) => `inventory_errors_total{error_type="${type}"}`;

it("a sweep that ends is counted, and one that the database stops is not", async () => {
  const before = await scrape();
  expect((await scrape())("inventory_sweeps_total") - before("inventory_sweeps_total")).toBe(1);
  const giveBack = takeDatabaseAway();
  await sweep();
  giveBack();
  const after = await scrape();
  expect(after("inventory_sweeps_total") - before("inventory_sweeps_total")).toBe(2);
  expect(after(failures("scheduled")) - before(failures("scheduled"))).toBe(1);
});

it("the size of the database is shown", async () => {
  expect((await scrape())("inventory_database_bytes")).toBeGreaterThan(10_000);
});

it("a link to sign in that the mail server refuses is counted, and nobody learns of it", async () => {
  await set({
    email: { to: ["ana@example.com"], from: "stock@example.com", mailUrl: null },
    binding: { send: () => Promise.reject(new Error("E_SENDER_NOT_VERIFIED")) },
  });
  await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com" });
  const before = await scrape();
  const known = await ask("POST", "/sign-in", { email: "ana@example.com" });
  expect([known.status, known.body]).toEqual([202, { sent: "if the address is known" }]);
  const after = await scrape();
  expect(after(failures("sign_in_mail")) - before(failures("sign_in_mail"))).toBe(1);
});

it("a shop that signs with another secret, or says what nobody can read, is counted", async () => {
  const connection = { domain: SHOP, location_id: String(LOCATION), secrets: [SECRET] };
  await ask("PUT", "/stores/main/connections/shopify", connection);
  const shop = env.CONNECTION.getByName(connectionId("shopify", "main"));
  // What shops of other tests counted, too.
  await writeCounts(shop);
  const before = await scrape();
  const sold = order(1, "2040-02-29T10:00:00Z", [{ sku: "SENCHA", quantity: 1 }]);
  const anotherSecret = delivery("orders/paid", sold, T0, {}, "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");
  const unreadable = delivery("orders/paid", "no JSON at all", T0);
  const statuses = [];
  for (const { headers, body } of [anotherSecret, unreadable]) {
    const response = await exports.default.fetch("http://localhost:8787/connect/shopify/main", {
      method: "POST",
      headers,
      body,
    });
    await response.body?.cancel();
    statuses.push(response.status);
  }
  expect(statuses).toEqual([401, 200]);
  await shop.poke();
  await writeCounts(shop);
  const after = await scrape();
  expect(after(failures("unsigned_delivery")) - before(failures("unsigned_delivery"))).toBe(1);
  expect(after(failures("connection")) - before(failures("connection"))).toBe(1);
});
