/** What the object of purchase orders has in memory. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { opened } from "../../../src/purchasing/order/transition.ts";
import type { PurchaseOrder } from "../../../src/purchasing/order/types.ts";
import { KnownOrders } from "../../../src/purchasing/store/known-orders.ts";
import { slotOf, T0 } from "../../purchasing/world.ts";
import { useWorld } from "../support/world.ts";

useWorld();

const ABOUT = {
  storeId: "main",
  supplierId: "dairy",
  supplierName: null,
  currency: null,
  minimumValue: null,
  origin: "http://localhost:8787",
} as const;

it("are those with something left to do, and the one of the others that was read last", async () => {
  const stub = env.PURCHASE_ORDERS.getByName("main/dairy");
  await runInDurableObject(stub as DurableObjectStub, (_object, { storage }) => {
    const before = new KnownOrders(storage);
    const open = opened({ ...slotOf(9), ...ABOUT }, T0);
    const over = [1, 2, 3].map((day): PurchaseOrder => ({
      ...opened({ ...slotOf(day), ...ABOUT }, T0),
      status: "cancelled",
    }));
    for (const order of [open, ...over]) before.save(null, order);
    for (const order of over) before.projected(order);

    const orders = new KnownOrders(storage);
    for (const { id, orderBy } of over) expect(orders.read({ poId: id, orderBy })?.status).toBe("cancelled");
    expect(orders.all.map(({ order }) => order.id)).toEqual([open.id, over[2]!.id]);
    // A round that projected the first one as well ends later.
    orders.projected(over[0]!);
    expect(orders.isBehind(orders.read({ poId: over[0]!.id, orderBy: over[0]!.orderBy })!)).toBe(false);
  });
});
