/**
 * Crashes on the way from a decision to goods received. A crash point is any write of the item or of its purchase
 * orders; before it nothing of the step may be there, after it everything is. Whatever crashes, the alarms bring it to
 * one end: nothing is lost, nothing is on two orders, and an order is sent once.
 * Proves I16.
 */
import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, inject, it, vi } from "vitest";
import { objectName, purchaseOrdersName } from "../../../src/storage/identity.ts";
import { interceptCommits } from "../support/crashes.ts";
import { ask, DAY_MS, passTime, trigger, useWorld, type Answer } from "../support/world.ts";

useWorld();

type Moment = "before" | "after";
const PRODUCTS = ["milk", "cream"];
/** Writes between two crash points of a short run. */
const SHORT_STEP = 9;
const LONG_STEP = 2;
/** Some hundred runs of a second each, on a machine that may be busy. */
const CRASHES_TIMEOUT_MS = 600_000;

let crashing: { at: number; moment: Moment } | null = null;
let commits = 0;
afterEach(() => (crashing = null));

const itemStub = (productId: string) => env.ITEM.getByName(objectName({ storeId: "main", productId }));
const ordersStub = () => env.PURCHASE_ORDERS.getByName(purchaseOrdersName("main", "dairy"));

it(
  "at any write on the way from a decision to the goods, an order ends the same",
  async () => {
    const undisturbed = await outcomeOf(null, "u");
    expect(undisturbed.state.orders).toEqual([["received", 2, 1]]);
    let crashes = 0;
    // A few of them in a short run, every other one in a thorough one.
    const step = inject("thorough") ? LONG_STEP : SHORT_STEP;
    for (let at = 1; at <= undisturbed.commits; at += step) {
      for (const moment of ["before", "after"] as const) {
        const disturbed = await outcomeOf({ at, moment }, `${moment}${at}`);
        expect(disturbed.state, `crash ${moment} write ${at} of ${undisturbed.commits}`).toEqual(undisturbed.state);
        crashes++;
      }
    }
    expect(crashes).toBeGreaterThan(4);
  },
  CRASHES_TIMEOUT_MS,
);

/** Each run is a day of its own: the next opportunity, and stock counted anew. */
async function outcomeOf(crash: typeof crashing, run: string) {
  passTime(DAY_MS);
  await aStore();
  const since = Date.now();
  await abortAllDurableObjects();
  await armed();
  crashing = crash;
  commits = 0;
  await way(run);
  crashing = null;
  const counted = commits;
  await abortAllDurableObjects();
  // No further traffic: the alarms alone bring everything to its end.
  for (let round = 0; round < 4; round++) {
    passTime(60_000);
    for (const stub of [ordersStub(), ...PRODUCTS.map(itemStub)]) await runDurableObjectAlarm(stub);
  }
  const { results } = await env.DB.prepare("SELECT po_id FROM purchase_orders WHERE order_by >= ?")
    .bind(since)
    .all<{ po_id: string }>();
  const orders = await Promise.all(
    results.map(async ({ po_id }) => (await ask("GET", `/purchase-orders/${po_id}`)).body),
  );
  const own = orders.filter((order) => order.lines.length > 0);
  const open = await Promise.all(
    PRODUCTS.map(async (name) => (await ask("GET", `/products/${name}`)).body.open_orders),
  );
  return {
    commits: counted,
    state: {
      orders: own.map((order: any) => [
        order.status,
        order.lines.length,
        order.audit.filter(({ event }: any) => event === "sent").length,
      ]),
      received: own.flatMap((order: any) => order.lines.map((line: any) => line.received === line.quantity)),
      open: open.map((orders) => orders.length),
    },
  };
}

async function way(run: string): Promise<void> {
  for (const name of PRODUCTS) {
    const count = { product_id: name, current_stock: 3, safety_stock_level: 4 };
    await retried(() => trigger(count, { "Idempotency-Key": `${run}-${name}` }));
  }
  const draft = await found("draft", null, (order) => order.lines.length === PRODUCTS.length);
  await retried(async () => {
    const present = (await ask("GET", `/purchase-orders/${draft.po_id}`)).body;
    if (present.number !== null || present.status === "closing") return { status: 200 } as Answer;
    return ask("POST", `/purchase-orders/${draft.po_id}/send`, { revision: present.revision });
  });
  const sent = await found("sent", draft.po_id);
  const lines = sent.lines.map(({ product_id, quantity }: any) => ({ product_id, quantity }));
  const receipt = { reference: `note-${run}`, lines };
  await retried(() => ask("POST", `/purchase-orders/${sent.po_id}/receive`, receipt));
  await found("received", draft.po_id);
  // A part of it was a mistake, and is booked again under the same reference.
  await vi.waitFor(
    async () => {
      await wake();
      // 404 while the item has not booked it yet, and once it is taken back.
      await ask("DELETE", `/products/milk/receipts/${receipt.reference}`);
      expect((await ask("GET", `/purchase-orders/${sent.po_id}`)).body.status).toBe("part_received");
    },
    { timeout: 120_000, interval: 20 },
  );
  await retried(() => ask("POST", `/purchase-orders/${sent.po_id}/receive`, receipt));
  await found("received", draft.po_id);
}

/** An order in a state, from its object; crashed objects are woken by their alarms. */
async function found(status: string, known: string | null, is: (order: any) => boolean = () => true): Promise<any> {
  return vi.waitFor(
    async () => {
      await wake();
      const listed = (await ask("GET", `/purchase-orders?status=${status}`)).body.purchase_orders;
      const ids: string[] = known === null ? listed.map(({ po_id }: any) => po_id) : [known];
      for (const po_id of ids) {
        const { body } = await ask("GET", `/purchase-orders/${po_id}`);
        if (body.status === status && is(body)) return body;
      }
      throw new Error(`no order is ${status}: at write ${crashing?.at} of this run (${commits} written)`);
    },
    { timeout: 120_000, interval: 20 },
  );
}

async function wake(): Promise<void> {
  for (const stub of [ordersStub(), ...PRODUCTS.map(itemStub)]) await runDurableObjectAlarm(stub).catch(() => false);
}

async function retried(call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const answer = await call();
    if (answer.status < 500) return answer;
  }
  throw new Error("never answered");
}

async function aStore(): Promise<void> {
  await ask("PUT", "/suppliers/dairy", { name: "Dairy", lead_time_days: 2, cut_off: "23:00", send: "manual" });
  const days = Array.from({ length: 84 }, (_, back) =>
    new Date(Date.now() - (84 - back) * DAY_MS).toISOString().slice(0, 10),
  );
  const csv = ["date,units", ...days.map((day, at) => `${day},${8 + (at % 2)}`)].join("\n");
  for (const name of PRODUCTS) {
    await ask("PUT", `/products/${name}`, { supplier_id: "dairy", unit_cost: 2, lead_time_days: 2 });
    await ask("PUT", `/history/${name}`, csv);
  }
}

/** Puts the crash into the objects' next writes; a crashed object is gone, and so is this with it. */
async function armed(): Promise<void> {
  for (const stub of [ordersStub(), ...PRODUCTS.map(itemStub)]) {
    await runInDurableObject(stub as DurableObjectStub, (_instance, state) => {
      const { storage } = state;
      const crashable = <T>(write: () => T): T => {
        commits++;
        if (crashing?.at !== commits) return write();
        if (crashing.moment === "before") {
          state.abort("crash before the write");
          throw new Error("crash before the write");
        }
        write();
        void storage.sync().then(() => state.abort("crash after the write"));
        throw new Error("crash after the write");
      };
      interceptCommits(storage, crashable, /^\s*(SELECT|CREATE)/i);
    });
  }
}
