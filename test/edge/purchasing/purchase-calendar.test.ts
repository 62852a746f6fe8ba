/** An open order follows its supplier's calendar and its store's clock: it closes and arrives when they say now. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import {
  act,
  anItem,
  anOrderOfTwo,
  aSupplier,
  counted,
  CUT_OFF,
  orderOf,
  orders,
  orderWith,
  purchaseStub,
} from "../support/purchasing.ts";
import { ask, DAY_MS, HOUR_MS, openOrders, passTime, useWorld } from "../support/world.ts";

useWorld();

const at = (moment: number): string => new Date(moment).toISOString();

/** The open order that holds the product now, if it is another one. */
function movedWith(product: string, before: any): Promise<any> {
  return eventually(async () => {
    const listed = await orders("?status=draft");
    const order = listed.find(({ lines }) => lines.some((line: any) => line.product_id === product));
    expect(order?.po_id).toEqual(expect.any(String));
    expect(order.po_id).not.toBe(before.po_id);
    return orderOf(order.po_id);
  });
}

/** Units at the items by the order that they are on. */
async function open(product: string): Promise<number[]> {
  return (await openOrders(product)).map(({ quantity }: { quantity: number }) => quantity);
}

describe("an open order whose supplier closes at another time", () => {
  for (const [when, cut_off, hours] of [
    ["earlier", "10:00", -1],
    ["later", "14:00", 3],
  ] as const) {
    it(`moves there at once with all that it holds, ${when}`, async () => {
      await aSupplier();
      const draft = await anOrderOfTwo();
      const lines = [{ product_id: "cream", quantity: 40 }];
      await act(draft.po_id, "lines", { revision: draft.revision, lines });
      const [milk] = await open("milk");
      await aSupplier({ cut_off });
      const moved = await movedWith("cream", draft);
      await eventually(async () => expect((await orderOf(moved.po_id)).lines).toHaveLength(2));
      expect(moved).toMatchObject({ status: "draft", order_by: at(CUT_OFF + hours * HOUR_MS) });
      expect((await orderOf(draft.po_id)).status).toBe("cancelled");
      expect((await orderOf(draft.po_id)).audit.at(-1)).toMatchObject({ event: "rescheduled" });
      expect([await open("milk"), await open("cream")]).toEqual([[milk], [40]]);
      expect((await orderOf(moved.po_id)).lines).toMatchObject([{ firm_quantity: 40 }, { firm_quantity: 0 }]);
      // A later count plans for the new cut-off, too, not for the one after it.
      passTime(HOUR_MS);
      expect((await counted("milk", 1)).body).toMatchObject({ po_id: moved.po_id });
      expect((await orders()).map(({ po_id, status }) => [po_id, status])).toEqual(
        [
          [draft.po_id, "cancelled"],
          [moved.po_id, "draft"],
        ].toSorted(() => hours),
      );
    });
  }

  it("is back on the old one when the change is taken back, with its units on it once", async () => {
    await aSupplier();
    const draft = await anOrderOfTwo();
    await aSupplier({ cut_off: "10:00" });
    await eventually(async () => expect((await orderOf(draft.po_id)).status).toBe("cancelled"));
    const between = await movedWith("milk", draft);
    await aSupplier();
    await eventually(async () => {
      const back = await orderOf(draft.po_id);
      expect([back.status, back.lines.map(({ quantity }: any) => quantity)]).toEqual([
        "draft",
        draft.lines.map(({ quantity }: any) => quantity),
      ]);
    });
    expect((await orderOf(between.po_id)).status).toBe("cancelled");
    const present = await orderOf(draft.po_id);
    const sent = await act(draft.po_id, "send", { revision: present.revision });
    expect([sent.status, sent.body.status, sent.body.lines.length]).toEqual([200, "sent", 2]);
    expect(await open("milk")).toEqual([draft.lines[1].quantity]);
  });

  it("moves where the day is closed, and where the store keeps another time", async () => {
    await aSupplier();
    const draft = await anOrderOfTwo();
    await aSupplier({ closed: ["2040-03-01"] });
    const nextDay = await movedWith("milk", draft);
    expect(nextDay.order_by).toBe(at(CUT_OFF + DAY_MS));
    await ask("PUT", "/stores/main", { time_zone: "Asia/Tokyo" });
    await eventually(async () => expect((await orderOf(nextDay.po_id)).status).toBe("cancelled"));
    expect((await movedWith("milk", nextDay)).order_by).toBe(at(CUT_OFF + DAY_MS - 9 * HOUR_MS));
  });

  it("stays where only the day of arrival changes, and says the new one", async () => {
    await aSupplier();
    const draft = await anOrderOfTwo();
    await aSupplier({ lead_time_days: 4 });
    const after = await orderOf(draft.po_id);
    expect([draft.arrives_on, after.arrives_on]).toEqual(["2040-03-03", "2040-03-05"]);
    expect([after.status, after.revision, after.order_by]).toEqual(["draft", draft.revision, draft.order_by]);
  });

  it("is not moved by a supplier that takes no more orders", async () => {
    await aSupplier();
    const draft = await anOrderOfTwo();
    await aSupplier({
      send: "none",
      order_days: ["sun"],
      delivery_days: ["mon"],
      closed: [{ from: "2040-03-01", to: "2042-03-01" }],
    });
    expect(await orderOf(draft.po_id)).toMatchObject({ status: "draft", order_by: draft.order_by });
  });
});

it.each([
  ["it is told", false],
  ["its store is told", true],
])("an order hears of its supplier's change by its alarm if the request dies before %s", async (_, isEarly) => {
  await aSupplier({ send: "auto", emails: ["orders@dairy.example"] });
  const draft = await anOrderOfTwo();
  passTime(4 * HOUR_MS);
  const stub = purchaseStub(draft.po_id);
  await stub.poke();
  const get = env.PURCHASE_ORDERS.get.bind(env.PURCHASE_ORDERS);
  const dead = vi.spyOn(env.PURCHASE_ORDERS, "get").mockImplementation((id) => {
    const real = get(id);
    const poke = () => Promise.reject(new Error("the request is dead"));
    return { wakeSoon: () => real.wakeSoon(), poke } as unknown as ReturnType<typeof get>;
  });
  const storeOf = env.STORE.getByName.bind(env.STORE);
  const untold = vi.spyOn(env.STORE, "getByName").mockImplementation((name) => {
    const real = storeOf(name);
    return isEarly ? ({ changed: () => Promise.resolve() } as unknown as typeof real) : real;
  });
  await aSupplier({ send: "manual" });
  untold.mockRestore();
  dead.mockRestore();
  const alarm = await runInDurableObject(stub, (_, state) => state.storage.getAlarm());
  expect(alarm).toBeLessThanOrEqual(Date.now() + 10_000);
  passTime(10_000);
  await runDurableObjectAlarm(stub);
  expect(await orderOf(draft.po_id)).toMatchObject({ status: "awaiting_approval", needs: ["manual"] });
});

it("an order that was emptied is no longer listed, and keeps no supplier from being deleted", async () => {
  await aSupplier();
  await anItem("milk");
  await counted("milk", 3);
  const { po_id } = await orderWith("milk");
  passTime(HOUR_MS);
  await counted("milk", 500);
  await eventually(async () => expect(await orders()).toEqual([]));
  expect(await orderOf(po_id)).toMatchObject({ status: "draft", lines: [] });
  expect((await ask("DELETE", "/suppliers/dairy")).status).toBe(204);
});
