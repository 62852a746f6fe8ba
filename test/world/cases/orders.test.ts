/**
 * Cases from life, from stored facts to the decision: stock, open orders and when they come.
 * Numbers are about what a buyer would order.
 */
import { describe, expect, test } from "vitest";
import type { ItemOrder, LeadObservation } from "../../../src/workflow/orders/item-order.ts";
import { aStore, aWorld } from "../builders.ts";
import { decided, known, NOW, quantity, steady, TODAY, type Known } from "../shop.ts";
import type { OrderPurchase } from "../../../src/workflow/orders/order-purchase.ts";
import { momentOf } from "../../../src/world/zones.ts";
import { DAY_MS, HOUR_MS } from "../../../src/shared/durations.ts";
import { isoDay } from "../../../src/shared/calendar-dates.ts";

describe("negative stock", () => {
  test("is planned from nothing and asked about", () => {
    const { decision, asked } = decided({ history: known(steady()) }, { currentStock: -30 });
    expect(asked).toEqual(["negative_stock"]);
    expect(decision.quantity).toBe(quantity({ history: known(steady()) }, { currentStock: 0 }));
    expect(decision.evidence.inventoryPosition).toBe(0);
  });

  test("is owed where customers wait", () => {
    const { decision, asked } = decided(
      { history: known(steady()), terms: { unmet: "backorder" } },
      { currentStock: -30 },
    );
    expect(asked).toEqual([]);
    expect(decision.evidence.inventoryPosition).toBe(-30);
    expect(decision.quantity).toBeGreaterThan(100);
  });
});

describe("an order that comes too late", () => {
  const order = (days: number) => ({
    workflowId: "a",
    quantity: 100,
    placedAt: NOW - DAY_MS,
    expectedAt: NOW + days * DAY_MS,
  });

  test("does not fill the gap of the next days", () => {
    const shop = { history: known(steady()) };
    const empty = { currentStock: 0 };
    expect(quantity({ ...shop, facts: { openOrders: [order(60)] } }, empty)).toBe(quantity(shop, empty));
    expect(quantity({ ...shop, facts: { openOrders: [order(2)] } }, empty)).toBe(0);
  });

  test("that is late fills its gap until it counts as overdue, and the buyer reads that it is late", () => {
    const shop = { history: known(steady()) };
    const empty = { currentStock: 0 };
    const late = (days: number) =>
      decided({ ...shop, facts: { openOrders: [{ ...order(-days), quantity: 120 }] } }, empty).decision;
    const onTime = late(0);
    expect(onTime.quantity).toBe(0);
    for (const days of [1, 2, 3]) {
      const { quantity: ordered, confidence, reasons } = late(days);
      expect(ordered).toBe(0);
      expect(confidence).toBeLessThan(onTime.confidence);
      expect(reasons.join()).toContain(`An open order of 120 was due on ${isoDay(TODAY - days)}: it is still expected`);
    }
    expect(late(4).quantity).toBe(quantity(shop, empty));
    expect(late(4).reasons.join()).toContain("is overdue and no longer counts");
  });

  const ZONES = [
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "UTC",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
  ];

  test.each([-2, -1, 0, 1, 2])("is promised for a day of the store, wherever that is (in %i days)", (days) => {
    const on = TODAY + days;
    const purchase: OrderPurchase = {
      poId: "po",
      supplierId: "dairy",
      orderBy: 0,
      arrivesOn: on,
      stage: "sent",
      firmQuantity: 120,
      version: 1,
      told: 1,
      seenRevision: 1,
      setBy: null,
      receivedElsewhere: 0,
    };
    const sent = { ...order(0), quantity: 120, expectedAt: on * DAY_MS, purchase };
    const elsewhere = { ...order(0), quantity: 120, expectedAt: (on + 0.5) * DAY_MS, expectedOn: on };
    const seen = ZONES.flatMap((timeZone) => {
      const now = momentOf(TODAY, 6 * 60, timeZone);
      return [sent, elsewhere].map((open) => {
        const { decision } = decided(
          {
            history: known(steady()),
            world: aWorld({ store: aStore({ timeZone }) }),
            now,
            facts: { openOrders: [{ ...open, placedAt: now - DAY_MS }] },
          },
          { currentStock: 5 },
        );
        return [
          decision.quantity,
          decision.confidence,
          decision.reasons.filter((reason) => reason.includes("was due on")),
        ];
      });
    });
    expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(seen[0]![2]).toHaveLength(days < 0 ? 1 : 0);
  });

  test("is the same whether it is ours or the sender lists it", () => {
    for (const days of [0, 2, 6, 7, 8, 30]) {
      const own = decided({ history: known(steady()), facts: { openOrders: [order(days)] } }, { currentStock: 5 });
      const { quantity: units, placedAt, expectedAt } = order(days);
      const listed = [{ reference: "PO-1", quantity: units, placedAt, expectedAt }];
      const theirs = decided({ history: known(steady()) }, { currentStock: 5, openOrders: listed });
      expect(theirs.decision).toEqual(own.decision);
    }
  });
});

describe("lead times", () => {
  const shop = { history: known(steady()) };
  const kept = Array.from({ length: 4 }, () => ({ promisedDays: 7, tookDays: 7 }));

  test("that were kept are no deviation, whatever is promised today", () => {
    for (const leadTimeDays of [3, 7, 10]) {
      const terms = { leadTimeDays };
      expect(decided({ ...shop, terms, facts: { leadTimes: kept } }).decision).toEqual(
        decided({ ...shop, terms }).decision,
      );
    }
  });

  test("of orders whose last few pieces came late are kept ones, and the order is about 91", () => {
    const terms = { reviewPeriodDays: 7 };
    const rows = Array.from({ length: 4 }, (): LeadObservation => ({ promisedDays: 7, tookDays: 7, share: 0.95 }));
    const few = decided({ ...shop, terms, facts: { leadTimes: rows } }, { currentStock: 0 }).decision;
    expect(few.quantity).toBe(quantity({ ...shop, terms }, { currentStock: 0 }));
    expect(Math.abs(few.quantity - 91)).toBeLessThanOrEqual(9);
    const half = rows.flatMap((one) => [
      { ...one, share: 0.5 },
      { ...one, tookDays: 27, share: 0.5 },
    ]);
    const late = quantity({ ...shop, terms, facts: { leadTimes: half } }, { currentStock: 60 });
    expect(late).toBeGreaterThan(quantity({ ...shop, terms }, { currentStock: 60 }));
  });

  test("are not late for the few pieces that are outstanding of an order, and are for a good part of it", () => {
    const open = (units: number) => [
      { workflowId: "a", quantity: units, ordered: 91, placedAt: NOW - 20 * DAY_MS, expectedAt: NOW - 13 * DAY_MS },
    ];
    const after = (units: number) => decided({ ...shop, facts: { openOrders: open(units) } }, { currentStock: 0 });
    const nothingOpen = decided(shop, { currentStock: 0 }).decision;
    expect(after(5).decision).toEqual(nothingOpen);
    expect(after(40).decision.confidence).toBeLessThan(nothingOpen.confidence);
    expect(after(40).decision.reasons.join()).toContain("An open order of 40 is overdue");
  });

  test("that were exceeded ask for more", () => {
    const late = kept.map((one) => ({ ...one, tookDays: 10 }));
    const stock = { currentStock: 85 };
    expect(quantity({ ...shop, facts: { leadTimes: late } }, stock)).toBeGreaterThan(quantity(shop, stock));
  });
});

test("a count from before a receipt counts the goods once, with on_order or open_orders of its moment", () => {
  const counted = { currentStock: 4, occurredAt: NOW - 2 * HOUR_MS };
  const shop = { history: known(steady()), facts: { receivedSince: 89 } };
  const listed = { reference: "PO-1", quantity: 89, placedAt: NOW - 7 * DAY_MS, expectedAt: NOW };
  expect(decided(shop, { ...counted, onOrder: 89 }).decision.evidence.inventoryPosition).toBe(93);
  // As of 93 on the shelf; reviewed by the week that is about 88.
  const weekly = { ...shop, terms: { reviewPeriodDays: 7 } };
  expect(quantity(weekly, { ...counted, onOrder: 89 })).toBe(
    quantity({ ...weekly, facts: {} }, { currentStock: 93, occurredAt: counted.occurredAt }),
  );
  expect(Math.abs(quantity(weekly, { ...counted, onOrder: 89 }) - 88)).toBeLessThanOrEqual(9);
  expect(decided(shop, { ...counted, openOrders: [listed] }).decision.evidence.inventoryPosition).toBe(93);
});

describe("an overdue order", () => {
  const overdue = (changes: Partial<ItemOrder> = {}) => ({
    workflowId: "late",
    quantity: 90,
    placedAt: NOW - 20 * DAY_MS,
    expectedAt: NOW - 13 * DAY_MS,
    ...changes,
  });
  const received = { workflowId: "before", quantity: 90, receivedAt: NOW - 60 * DAY_MS };
  const asked = (facts: NonNullable<Known["facts"]>, policy: Known["policy"] = {}, trigger = {}) =>
    decided({ history: known(steady()), facts, policy }, { currentStock: 20, ...trigger }).asked;

  test("that a restock would repeat is asked about, where receipts are reported", () => {
    expect(asked({ openOrders: [overdue()], receivedOrders: [received] })).toEqual(["overdue_order"]);
    expect(asked({ openOrders: [overdue()] })).toEqual([]);
    expect(
      asked({ openOrders: [overdue()], receivedOrders: [{ ...received, receivedAt: NOW - 91 * DAY_MS }] }),
    ).toEqual([]);
  });

  test("is one that the sender lists, too", () => {
    const { quantity: units, placedAt, expectedAt } = overdue();
    const openOrders = [{ reference: "PO-9", quantity: units, placedAt, expectedAt }];
    expect(asked({}, {}, { openOrders })).toEqual(["overdue_order"]);
  });

  test("is late by more than half its lead time, and a day at least", () => {
    const late = (days: number) =>
      asked({ openOrders: [overdue({ expectedAt: NOW - days * DAY_MS })], receivedOrders: [received] });
    expect(late(3.4)).toEqual([]);
    expect(late(3.6)).toEqual(["overdue_order"]);
  });

  test("is asked about restocks only, and not where the guard is off", () => {
    const facts = { openOrders: [overdue()], receivedOrders: [received] };
    expect(asked(facts, {}, { currentStock: 500 })).toEqual([]);
    expect(asked(facts, { guardsOff: ["overdue_order"] })).toEqual([]);
  });
});

test("an old count is asked about, unless a store's past is played", () => {
  const shop = { history: known(steady()) };
  const old = { occurredAt: NOW - 40 * HOUR_MS };
  expect(decided(shop, old).asked).toEqual(["old_count"]);
  expect(decided(shop, { ...old, backfill: true }).asked).toEqual([]);
  expect(decided(shop, { occurredAt: NOW - 30 * HOUR_MS }).asked).toEqual([]);
});
