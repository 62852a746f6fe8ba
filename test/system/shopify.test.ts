/** A shop delivers a burst, and the server is killed in the middle of it: what was acknowledged has its effect once. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask, until } from "../support/black-box.ts";
import { delivery, level, LOCATION, order, product, SECRET, SHOP, type Delivery } from "../support/peers/shopify.ts";
import { ownFolder } from "../support/own-folder.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const ITEMS = 5;
const ORDERS = 150;
const LEVELS = 50;
const AT_ONCE = 8;
/** So many that nothing is ordered, which would count as well. */
const PLENTY = 100_000;
const KILL_AFTER = [40, 120];

const persistTo = ownFolder("shopify");
let server: LocalServer | null = null;
afterAll(async () => {
  await server?.stop();
});

const variant = (n: number) => ({ sku: `TEA-${n}`, id: 500 + n, inventory_item_id: 900 + n });

it("no acknowledged delivery is lost or counted twice by a SIGKILL", async () => {
  server = await startLocalServer({ persistTo });
  const shop = { domain: SHOP, location_id: String(LOCATION), secrets: [SECRET] };
  expect((await ask(server, "PUT", "/stores/main/connections/shopify", shop)).status).toBe(201);
  const now = Date.now();
  for (let n = 0; n < ITEMS; n++) {
    await ask(server, "PUT", `/products/TEA-${n}`, { safety_stock_level: 4 });
    const made = { ...product(`Tea ${n}`, [variant(n)]), id: 700 + n };
    expect(await send(delivery("products/create", made, now - DAY_MS))).toBe(true);
  }
  const created = new Date(now - 2 * DAY_MS).toISOString();
  const left: Delivery[] = [];
  for (let n = 0; n < ORDERS; n++)
    left.push(delivery("orders/paid", order(n + 1, created, [{ sku: `TEA-${n % ITEMS}`, quantity: 2 }]), now));
  for (let n = 0; n < LEVELS; n++)
    left.splice(n * 4, 0, delivery("inventory_levels/update", level(900 + (n % ITEMS), PLENTY + n), now - LEVELS + n));

  let acknowledged = 0;
  for (const killAfter of [...KILL_AFTER, Infinity]) {
    const crash = new AbortController();
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        if (crash.signal.aborted || !(await send(next))) {
          // Shopify delivers again, under the same id, what was not acknowledged.
          left.push(next);
          return;
        }
        if (++acknowledged >= killAfter) crash.abort();
      }
    };
    const workers = Array.from({ length: AT_ONCE }, worker);
    if (killAfter !== Infinity) {
      while (!crash.signal.aborted) await sleep(5);
      await server.kill();
    }
    await Promise.all(workers);
    if (killAfter !== Infinity) server = await startLocalServer({ persistTo });
  }
  expect(left).toEqual([]);

  await until(async () => {
    const pending = await ask(server!, "GET", "/connect/deliveries?status=pending");
    return pending.body.deliveries.length === 0;
  });
  const { body } = await ask(server, "GET", "/connect/deliveries?limit=200&status=failed");
  expect(body.deliveries).toEqual([]);
  for (let n = 0; n < ITEMS; n++) {
    const day = created.slice(0, 10);
    await until(async () => (await ask(server!, "GET", `/history/TEA-${n}`)).status === 200);
    expect((await ask(server, "GET", `/history/TEA-${n}`)).body.days).toMatchObject([
      { date: day, units: (ORDERS / ITEMS) * 2 },
    ]);
    const { decisions } = (await ask(server, "GET", `/products/TEA-${n}`)).body;
    const newest = (await ask(server, "GET", `/workflows/${decisions[0].workflow_id}`)).body;
    expect(newest.decision.evidence.inventory_position).toBe(PLENTY + LEVELS - ITEMS + n);
    // Each level that counts is one workflow, and no level is two.
    expect(Number(decisions[0].workflow_id.split("-")[1])).toBeLessThanOrEqual(LEVELS / ITEMS);
  }
});

/** True when it was acknowledged. */
async function send({ headers, body }: Delivery): Promise<boolean> {
  try {
    const response = await fetch(`${server!.url}/connect/shopify/main`, { method: "POST", headers, body });
    await response.body?.cancel();
    if (response.status >= 500) throw new Error(`answered ${response.status}`);
    return response.ok;
  } catch {
    return false;
  }
}
