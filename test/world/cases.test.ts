/** Cases from life: from stored facts to the decision. Numbers are about what a buyer would order. */
import { describe, expect, test } from "vitest";
import { historyOf } from "../../src/world/history.ts";
import type { ItemTerms } from "../../src/workflow/item-terms.ts";
import type { ItemOrder, LeadObservation } from "../../src/workflow/orders/item-order.ts";
import { NOTHING_LEARNED, seasonOf, withItem } from "../../src/world/learning/season-learning.ts";
import { aSeason, anEvent, aStore, aSupplier, aWorld } from "./builders.ts";
import {
  aForecast,
  bookOf,
  decided,
  known,
  NOW,
  quantity,
  seeded,
  spread,
  steady,
  TODAY,
  weekendShop,
  type Known,
} from "./shop.ts";
import type { OrderPurchase } from "../../src/workflow/orders/order-purchase.ts";
import { momentOf } from "../../src/world/zones.ts";
import { DAY_MS, HOUR_MS } from "../../src/shared/durations.ts";
import { isoDay } from "../../src/shared/calendar-dates.ts";
import { dayNumberOfIso } from "../../src/replenishment/models/day-numbers.ts";

const at = (date: string, hours = 6): number => dayNumberOfIso(date) * DAY_MS + hours * HOUR_MS;
const isWeekend = (day: number): boolean => (((day + 3) % 7) + 7) % 7 >= 5;

describe("history that ended", () => {
  test("is read as zeros to the day that is said to be complete", () => {
    const rows = steady(120, TODAY - 61);
    const zeros = Array.from({ length: 60 }, (_, index) => ({ day: TODAY - 60 + index, units: 0, inStock: null }));
    const stated = decided({ history: known(rows, TODAY - 1) }).decision;
    expect(stated).toEqual(decided({ history: known([...rows, ...zeros]) }).decision);
    expect(stated.quantity).toBeLessThanOrEqual(1);
  });

  test("is unseen otherwise: less sure day by day, and after 28 days a question", () => {
    const unseen = (days: number) => decided({ history: known(steady(120, TODAY - 1 - days)) });
    const confidences = [0, 3, 10, 20, 27, 60].map((days) => unseen(days).decision.confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
    expect(unseen(27).asked).toEqual([]);
    expect(unseen(28).asked).toEqual(["stale_history"]);
    const sixty = unseen(60);
    expect(sixty.decision.quantity).toBeGreaterThanOrEqual(12);
    expect(sixty.decision.evidence).toMatchObject({ historyThrough: TODAY - 61, historyAgeDays: 60 });
    expect(sixty.decision.reasons.join()).toContain("of 60 days since then nothing is known");
  });

  test("hangs on weekdays by its dates: a weekend shop on a Friday whose last row is Wednesday's", () => {
    const friday = dayNumberOfIso("2040-03-02");
    const shop = { now: at("2040-03-02"), terms: { leadTimeDays: 1 } };
    const thursday = quantity({ ...shop, history: known(weekendShop(120, friday - 1)) });
    const wednesday = quantity({ ...shop, history: known(weekendShop(120, friday - 2)) });
    expect(thursday).toBeGreaterThanOrEqual(24);
    expect(Math.abs(wednesday - thursday)).toBeLessThanOrEqual(6);
  });
});

test("season: three times in December is ordered for on 27 November, two weeks ahead", () => {
  const random = seeded(3);
  const rows = Array.from({ length: 3 * 365 }, (_, index) => dayNumberOfIso("2040-11-26") - 3 * 365 + 1 + index).map(
    (day) => ({
      day,
      units: Math.round((8 + 4 * random()) * (new Date(day * DAY_MS).getUTCMonth() === 11 ? 3 : 1)),
      inStock: null,
    }),
  );
  const shop: Known = { history: known(rows), now: at("2040-11-27"), terms: { leadTimeDays: 14 } };
  const weeks = Array.from({ length: 53 }, (_, index) => (index >= 48 ? 3 : 1));
  const without = quantity(shop, { currentStock: 0 });
  const season = decided({ ...shop, world: aWorld({ season: aSeason(weeks) }) }, { currentStock: 0 });
  expect(season.decision.quantity / without).toBeGreaterThan(2.2);
  expect(season.decision.quantity / without).toBeLessThan(3.5);
  expect(season.decision.evidence.seasonFactor).toBeCloseTo(3);
  expect(season.decision.reasons.join()).toContain("3 times the usual");
  // The same of what the store learns by itself from this one item.
  const sums = withItem(
    NOTHING_LEARNED,
    { productId: "tea", supplierId: null, history: shop.history! },
    { store: null, events: [] },
    dayNumberOfIso("2040-11-27"),
  );
  const learned = quantity({ ...shop, world: aWorld({ season: aSeason(seasonOf(sums)!.weeks) }) }, { currentStock: 0 });
  expect(Math.abs(learned - season.decision.quantity)).toBeLessThanOrEqual(4);
});

describe("over twenty shops of each kind, the middle order is the right one", () => {
  const shops = Array.from({ length: 20 }, (_, seed) => seed + 1);
  const orders = (least: number, most: number, terms: ItemTerms, currentStock = 20): number[] =>
    shops
      .map((seed) => {
        const random = seeded(seed * 7919);
        const units = (): number => least + Math.floor(random() * (most - least + 1));
        return quantity(
          { history: known(steady().map((row) => ({ ...row, units: units() }))), terms },
          { currentStock },
        );
      })
      .toSorted((a, b) => a - b);
  const expectAbout = (found: readonly number[], right: number, by: number): void => {
    expect(Math.abs((found[9]! + found[10]!) / 2 - right)).toBeLessThanOrEqual(0.5);
    for (const order of found) expect(Math.abs(order - right)).toBeLessThanOrEqual(by);
  };

  test("8 to 12 a day, a week ahead: 15", () => expectAbout(orders(8, 12, { leadTimeDays: 7 }), 15, 2));

  test("9 to 11 packs a day, two days ahead: 12", () => expectAbout(orders(9, 11, { leadTimeDays: 2 }, 15), 12, 1));

  test("8 to 12 a day that keep two days, by the week: 23 to 28", () => {
    const found = orders(8, 12, { leadTimeDays: 1, reviewPeriodDays: 7, shelfLifeDays: 2 });
    expect(found.filter((order) => order >= 23 && order <= 28).length).toBeGreaterThanOrEqual(16);
    expect(found.at(-1)).toBeLessThanOrEqual(29);
  });
});

describe("spike", () => {
  const withSpike = (daysAgo: number) =>
    decided({ history: historyOf(bookOf([{ day: TODAY - daysAgo, units: 490, inStock: null }, ...steady()])) });

  test("yesterday: somebody is asked", () => {
    expect(withSpike(1).asked).toEqual(["unusual_demand"]);
    expect(withSpike(7).asked).toEqual(["unusual_demand"]);
  });

  test("a month ago: left out, and said so", () => {
    const { decision, asked } = withSpike(30);
    expect(asked).toEqual([]);
    expect(Math.abs(decision.quantity - quantity({ history: known(steady()) }))).toBeLessThanOrEqual(1);
    expect(decision.reasons.join()).toMatch(/The 49\d sold on 2040-01-30 are far from every other day/);
  });

  test("six times the usual, days ago: asked about, or hardly anything more is ordered", () => {
    for (const daysAgo of [2, 4, 8, 15, 30]) {
      const rows = steady().map((row) => (row.day === TODAY - daysAgo ? { ...row, units: 60 } : row));
      const { decision, asked } = decided({ history: known(rows) });
      if (asked.length === 0) expect(Math.abs(decision.quantity - 15)).toBeLessThanOrEqual(2);
    }
  });

  test("that is entered as an event: nobody is asked, and the order is the usual one", () => {
    const history = historyOf(bookOf([{ day: TODAY - 1, units: 490, inStock: null }, ...steady()]));
    const events = [anEvent("2040-02-28", "2040-02-28", 50)];
    const { decision, asked } = decided({ history, world: aWorld({ store: null, events }) });
    expect(asked).toEqual([]);
    expect(Math.abs(decision.quantity - quantity({ history: known(steady()) }))).toBeLessThanOrEqual(2);
  });
});

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

describe("days are the store's", () => {
  // 23:30 UTC on the 29th: in Tokyo the 1st of March, in Los Angeles still the afternoon of the 29th.
  const now = TODAY * DAY_MS + 23.5 * HOUR_MS;
  const throughOf = (timeZone: string, rows = steady(120, TODAY + 1)): number | null | undefined =>
    decided({ history: known(rows), now, world: aWorld({ store: aStore({ timeZone }) }) }).decision.evidence
      .historyThrough;

  test("sales of a day that is over there are known, sales of today are not", () => {
    expect(throughOf("Asia/Tokyo")).toBe(TODAY);
    expect(throughOf("America/Los_Angeles")).toBe(TODAY - 1);
  });

  test("a zone with the same local days decides alike", () => {
    const shop = { history: known(steady()) };
    const inZone = (timeZone: string) => decided({ ...shop, world: aWorld({ store: aStore({ timeZone }) }) }).decision;
    expect(inZone("Africa/Abidjan")).toEqual(inZone("UTC"));
  });

  test("of today's demand only the part that is left lies ahead", () => {
    const atHour = (hour: number) =>
      quantity(
        {
          history: known(steady()),
          now: TODAY * DAY_MS + hour * HOUR_MS,
          world: aWorld({ store: aStore() }),
          terms: { leadTimeDays: 2 },
        },
        { currentStock: 25 },
      );
    expect(atHour(5) - atHour(23)).toBeGreaterThanOrEqual(7);
    expect(atHour(14)).toBeLessThan(atHour(5));
  });
});

describe("forecasts hold for their dates", () => {
  test("rows of weeks are spread over their days", () => {
    const rows = Array.from({ length: 10 }, (_, index) => ({ day: TODAY + 7 * index, mean: 70 }));
    expect(quantity({ forecast: aForecast(spread(rows, "week")) })).toBe(18);
  });

  test("a row of a week is of the days on which the store is open", () => {
    const rows = Array.from({ length: 10 }, (_, index) => ({ day: TODAY - 2 + 7 * index, mean: 70, std: 30 }));
    const store = aStore({ openDays: ["mon", "tue", "wed", "thu", "fri"] });
    const days = spread(rows, "week", store);
    expect(days.map(({ mean }) => mean)).toEqual(Array.from({ length: 50 }, () => 14));
    const terms = { leadTimeDays: 1, reviewPeriodDays: 7 };
    const { meanDemandPerDay } = decided({ forecast: aForecast(days), terms, world: aWorld({ store }) }).decision
      .evidence;
    expect(7 * meanDemandPerDay!).toBeCloseTo(70, 4);
    // A week of which every day is closed sells nothing, whatever was expected of it.
    const closed = aStore({ openDays: [] });
    const shut = decided({
      forecast: aForecast(spread(rows, "week", closed)),
      terms,
      world: aWorld({ store: closed }),
    });
    expect(shut.decision.action).toBe("hold");
  });

  test("one that starts tomorrow does not move every day by one: a weekend shop on a Sunday", () => {
    const sunday = dayNumberOfIso("2040-03-04");
    const now = at("2040-03-04");
    const days = Array.from({ length: 60 }, (_, index) => sunday + 1 + index).map((day) => ({
      day,
      mean: isWeekend(day) ? 40 : 4,
    }));
    const shop = { now, forecast: aForecast(days, now) };
    // The order arrives on the next Sunday.
    expect(quantity(shop, { currentStock: 0 })).toBe(72);
    // What an item's own past says of its spread is wider than the spread that is taken where nobody says any.
    const withPast = quantity({ ...shop, history: known(weekendShop(120, sunday - 1)) }, { currentStock: 0 });
    expect(withPast).toBeGreaterThanOrEqual(60);
    expect(withPast).toBeLessThanOrEqual(90);
  });

  test("before the first point and without history there is no demand: a launch in twenty days", () => {
    const days = Array.from({ length: 60 }, (_, index) => ({ day: TODAY + 20 + index, mean: 10 }));
    expect(decided({ forecast: aForecast(days) }, { currentStock: 0 }).decision.action).toBe("hold");
  });

  test("closed days apply to them, events do not", () => {
    const days = Array.from({ length: 60 }, (_, index) => ({ day: TODAY + index, mean: 10, std: 1 }));
    const from = "2040-03-05";
    const shop = { forecast: aForecast(days) };
    const stores = (closed: boolean) =>
      aStore({ closed: closed ? [{ from: dayNumberOfIso(from), to: dayNumberOfIso("2040-03-09") }] : [] });
    const usual = quantity({ ...shop, world: aWorld({ store: stores(false) }) });
    expect(quantity({ ...shop, world: aWorld({ store: stores(true) }) })).toBeLessThan(usual);
    const events = [anEvent(from, "2040-03-09", 5)];
    expect(quantity({ ...shop, world: aWorld({ store: stores(false), events }) })).toBe(usual);
  });
});

test("a row of today changes nothing until the day is over", () => {
  const shop = { terms: { leadTimeDays: 5 } };
  const rows = weekendShop();
  const today = { day: TODAY, units: 6, inStock: null };
  const without = decided({ ...shop, history: known(rows) }, { currentStock: 0 }).decision;
  expect(decided({ ...shop, history: known([...rows, today]) }, { currentStock: 0 }).decision).toEqual(without);
});

test("on a Saturday, five days ahead of a Thursday of four, 13 are ordered with a row of today and without", () => {
  const saturday = dayNumberOfIso("2040-03-03");
  const rows = weekendShop(120, saturday - 1);
  const shop = { terms: { leadTimeDays: 5 }, now: at("2040-03-03") };
  for (const more of [[], [{ day: saturday, units: 6, inStock: null }]])
    expect(quantity({ ...shop, history: known([...rows, ...more]) }, { currentStock: 0 })).toBe(13);
});

describe("fractions", () => {
  const sold = (units: (index: number) => number) =>
    known(
      Array.from({ length: 120 }, (_, index) => ({ day: TODAY - 120 + index, units: units(index), inStock: null })),
    );

  test("of three grams a day, six are ordered, by the gram and by the kilogram", () => {
    const terms = { leadTimeDays: 2 };
    expect(quantity({ history: sold(() => 3), terms }, { currentStock: 1 })).toBe(6);
    expect(
      quantity({ history: sold(() => 0.003), terms: { ...terms, packSize: 0.001 } }, { currentStock: 0.001 }),
    ).toBe(0.006);
  });

  test("of nine to eleven packs a day, twelve cover a day at costs of 1 to 5, in packs of 1 and of a hundredth", () => {
    const terms = { leadTimeDays: 2, holdingCost: 0.2, shortageCost: 1 };
    const packs = (index: number): number => 9 + (index % 3);
    const whole = quantity({ history: sold(packs), terms }, { currentStock: 15 });
    const small = { ...terms, packSize: 0.01 };
    const part = quantity({ history: sold((index) => packs(index) / 100), terms: small }, { currentStock: 0.15 });
    expect(Math.abs(whole - 12)).toBeLessThanOrEqual(1);
    expect(part).toBeCloseTo(whole / 100, 9);
  });
});

test("what keeps two days is ordered for two days, and what will be thrown away is said", () => {
  const terms = { leadTimeDays: 1, reviewPeriodDays: 7, shelfLifeDays: 2 };
  const { decision } = decided({ history: known(steady()), terms });
  expect(decision.quantity).toBeGreaterThanOrEqual(23);
  expect(decision.quantity).toBeLessThanOrEqual(28);
  expect(decision.evidence.bindingConstraint).toBe("shelf_life");
  expect(decision.evidence.expectedWaste).toBeGreaterThan(0);
});

test("a row far in the future changes nothing", () => {
  const rows = steady();
  const shop = { history: known(rows) };
  const far = { history: known([...rows, { day: dayNumberOfIso("2041-11-28"), units: 9, inStock: null }]) };
  expect(quantity(far)).toBe(quantity(shop));
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

describe("settings that contradict", () => {
  test("recommend the smallest order and ask", () => {
    const plain = decided({ terms: { packSize: 48, maxStock: 40 } }, { currentStock: 0, safetyStock: 20 });
    expect(plain).toMatchObject({ decision: { action: "restock", quantity: 48 }, asked: ["settings_contradict"] });
    const planned = decided({ history: known(steady()), terms: { packSize: 48, maxStock: 40 } }, { currentStock: 5 });
    expect(planned).toMatchObject({ decision: { action: "restock", quantity: 48 }, asked: ["settings_contradict"] });
  });

  test("do not, where nothing is needed, where the maximum is 0, or where the guard is off", () => {
    const hold = { action: "hold" };
    expect(
      decided({ terms: { packSize: 48, maxStock: 40 } }, { currentStock: 30, safetyStock: 20 }).decision,
    ).toMatchObject(hold);
    expect(decided({ terms: { maxStock: 0 } }, { currentStock: 0, safetyStock: 20 }).decision).toMatchObject(hold);
    const off = { terms: { packSize: 48, maxStock: 40 }, policy: { guardsOff: ["settings_contradict" as const] } };
    expect(decided(off, { currentStock: 0, safetyStock: 20 }).decision).toMatchObject(hold);
  });
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

test("a value that nobody can know is asked about where values matter", () => {
  const shop = { history: known(steady()) };
  expect(decided({ ...shop, terms: { unitCost: 0 }, policy: { valueAbove: 500 } }).asked).toEqual(["value_unknown"]);
  expect(decided({ ...shop, policy: { valueAbove: 500 } }).asked).toEqual(["value_unknown"]);
  expect(decided({ ...shop, terms: { unitCost: 2 }, policy: { valueAbove: 500 } }).asked).toEqual([]);
  expect(decided(shop).asked).toEqual([]);
});

test("an old count is asked about, unless a store's past is played", () => {
  const shop = { history: known(steady()) };
  const old = { occurredAt: NOW - 40 * HOUR_MS };
  expect(decided(shop, old).asked).toEqual(["old_count"]);
  expect(decided(shop, { ...old, backfill: true }).asked).toEqual([]);
  expect(decided(shop, { occurredAt: NOW - 30 * HOUR_MS }).asked).toEqual([]);
});

describe("sales by the week", () => {
  const weeks = Array.from({ length: 60 }, (_, index) => ({
    day: TODAY - 2 - 7 * (60 - index),
    units: 66 + 2 * (index % 5),
    inStock: null,
  }));

  test("are no spike on every seventh day: on any day about a day's worth is ordered", () => {
    const history = historyOf(bookOf(weeks, { period: "week" }));
    for (let day = TODAY - 2; day < TODAY + 5; day++) {
      const weekly = { history, now: day * DAY_MS + 6 * HOUR_MS };
      const units = quantity(weekly);
      expect(units).toBeGreaterThanOrEqual(9);
      expect(units).toBeLessThanOrEqual(22);
    }
  });

  test("of an unfinished week are no history", () => {
    const monday = TODAY - 2;
    const begun = historyOf(bookOf([...weeks, { day: monday, units: 3, inStock: null }], { period: "week" }));
    const without = historyOf(bookOf(weeks, { period: "week" }));
    expect(decided({ history: begun }).decision).toEqual(decided({ history: without }).decision);
  });

  test("on a Monday are planned as an offline plan of weeks would be", () => {
    const monday = TODAY - 2;
    const { input } = decided({
      history: historyOf(bookOf(weeks, { period: "week" })),
      now: monday * DAY_MS + 6 * HOUR_MS,
      terms: { leadTimeDays: 14, reviewPeriodDays: 7 },
    });
    expect(input).toMatchObject({
      history: weeks.map((week) => week.units),
      periodDays: 7,
      leadTime: { promised: 2 },
      reviewPeriod: 1,
      arrivals: null,
      demandMultipliers: null,
    });
    expect(input?.elapsed ?? 0).toBe(0);
  });
});

test("months are scaled to equal length, and February is no slump", () => {
  const rows = Array.from({ length: 26 }, (_, index) => {
    const first = new Date(Date.UTC(2038, index, 1));
    const days = new Date(Date.UTC(2038, index + 1, 0)).getUTCDate();
    return { day: first.getTime() / DAY_MS, units: 10 * days, inStock: null };
  }).filter((row) => row.day < dayNumberOfIso("2040-02-01"));
  const { input, decision } = decided({ history: historyOf(bookOf(rows, { period: "month" })) });
  expect(new Set(input!.history.map((units) => units.toFixed(6))).size).toBe(1);
  expect(decision.evidence.meanDemandPerDay).toBeCloseTo(10, 0);
});

describe("a supplier's calendar", () => {
  const supplier = aSupplier({ orderDays: ["mon", "thu"], leadTimeDays: 2, cutOff: 11 * 60 });
  const world = aWorld({ store: aStore(), supplier });

  test("makes lead time and review period, and the decision names the cut-off", () => {
    const { decision } = decided({ history: known(steady()), world });
    // Wednesday the 29th: Thursday's cut-off arrives on Saturday, Monday's on Wednesday.
    expect(decision.calendar).toMatchObject({
      supplierId: "acme",
      orderBy: at("2040-03-01", 11),
      arrivesOn: dayNumberOfIso("2040-03-03"),
      nextArrivesOn: dayNumberOfIso("2040-03-07"),
    });
    expect(decision.evidence).toMatchObject({ leadTimeDays: 3, reviewPeriodDays: 4 });
  });

  test("takes an item's lead time within it, and a trigger's in place of the arrival", () => {
    const item = decided({ history: known(steady()), world, terms: { leadTimeDays: 5 } }).decision;
    expect(item.calendar?.arrivesOn).toBe(dayNumberOfIso("2040-03-06"));
    const said = decided({ history: known(steady()), world }, { terms: { leadTimeDays: 1 } }).decision;
    expect(said.calendar?.arrivesOn).toBe(TODAY + 1);
    expect(said.evidence.leadTimeDays).toBe(1);
  });
});

test("a supplier whose goods could never arrive is left out, and the decision says so", () => {
  const store = aStore({ openDays: ["mon", "tue"] });
  const world = aWorld({ store, supplier: aSupplier({ name: "Leaf", deliveryDays: ["sun"], leadTimeDays: 2 }) });
  const said = "By its calendar Leaf takes no order that would arrive: it is left out, and 2 days are taken.";
  expect(decided({ history: known(steady()), world }).decision.reasons).toContain(said);
  expect(decided({ world }, { safetyStock: 60 }).decision.reasons).toContain(said);
  const open = aWorld({ store: aStore(), supplier: aSupplier({ name: "Leaf", deliveryDays: ["sun"] }) });
  expect(decided({ history: known(steady()), world: open }).decision.reasons.join(" ")).not.toContain("Leaf");
});

test("another item's sales by another period are left out, and the decision says so", () => {
  const lent = historyOf(bookOf(steady(), { period: "week" }))!;
  const withLent = (as: "like" | "replaces") => {
    const inputs = { terms: {}, history: known(steady(10)), forecast: null, unavailable: false, version: "1" };
    return decided({ facts: { inputs: { ...inputs, borrowed: { history: lent, scale: 1, as } } } }).decision.reasons;
  };
  expect(withLent("like")).toContain("The item that it is like has its sales by the week: they are left out.");
  expect(withLent("replaces")).toContain("The item that it replaces has its sales by the week: they are left out.");
});

describe("days without stock, closed days", () => {
  test("from a count of 0 to the next above 0 are unseen where nothing was sold", () => {
    const rows = steady().filter((row) => row.day < TODAY - 20);
    const history = known(rows, TODAY - 1);
    const outages = [{ from: (TODAY - 20) * DAY_MS, to: TODAY * DAY_MS - HOUR_MS }];
    const sold = quantity({ history }, { currentStock: 12 });
    const out = quantity({ history, facts: { outages } }, { currentStock: 12 });
    expect(out).toBeGreaterThan(sold);
    expect(out).toBeGreaterThanOrEqual(12);
  });

  test("closed days behind are unseen and ahead sell nothing", () => {
    const rows = steady(180).filter((row) => ![0, 6].includes((((row.day + 3) % 7) + 7) % 7));
    const store = aStore({ openDays: ["tue", "wed", "thu", "fri", "sat"] });
    const { decision } = decided(
      { history: known(rows, TODAY - 1), world: aWorld({ store }), terms: { leadTimeDays: 1, reviewPeriodDays: 7 } },
      { currentStock: 0 },
    );
    // Thursday to Wednesday: five days of ten.
    expect(decision.quantity).toBeGreaterThanOrEqual(50);
    expect(decision.quantity).toBeLessThanOrEqual(70);
    // Neither does a day on which the store has sold until now.
    const closesFromNow = quantity(
      {
        history: known(steady(180), TODAY - 1),
        world: aWorld({ store }),
        terms: { leadTimeDays: 1, reviewPeriodDays: 7 },
      },
      { currentStock: 0 },
    );
    expect(closesFromNow).toBeLessThanOrEqual(70);
  });
});

test("an event ahead multiplies, is named, and ends", () => {
  const events = [anEvent("2040-03-05", "2040-03-09", 3, { name: "Festival" })];
  const world = aWorld({ store: aStore(), events });
  const usual = quantity({ history: known(steady()), world: aWorld({ store: aStore() }) });
  const { decision } = decided({ history: known(steady()), world });
  expect(decision.quantity).toBeGreaterThan(2 * usual);
  expect(decision.evidence.events).toEqual(["festival"]);
  expect(decision.reasons.join()).toContain("Festival: 3 times the usual");
  const later = decided({
    history: known(steady()),
    world: aWorld({ store: aStore(), events: [anEvent("2040-04-05", "2040-04-09", 3)] }),
  });
  expect(later.decision.evidence.events).toEqual([]);
});

test("the day on which an item sells out, and until when an order lasts", () => {
  const { decision } = decided(
    { history: known(steady()), terms: { leadTimeDays: 2, reviewPeriodDays: 7 } },
    { currentStock: 25 },
  );
  expect(decision.evidence.soldOutOn).toBe(TODAY + 2);
  expect(decision.evidence.lastsUntil).toBeGreaterThanOrEqual(TODAY + 9);
});
