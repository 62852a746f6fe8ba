/**
 * Cases from life, from stored facts to the decision: what was sold, and what will be.
 * Numbers are about what a buyer would order.
 */
import { describe, expect, test } from "vitest";
import { historyOf } from "../../../src/world/history.ts";
import type { ItemTerms } from "../../../src/workflow/item-terms.ts";
import { NOTHING_LEARNED, seasonOf, withItem } from "../../../src/world/learning/season-learning.ts";
import { aSeason, anEvent, aStore, aWorld } from "../builders.ts";
import { bookOf, decided, known, quantity, seeded, steady, TODAY, weekendShop, type Known } from "../shop.ts";
import { DAY_MS, HOUR_MS } from "../../../src/shared/durations.ts";
import { dayNumberOfIso } from "../../../src/replenishment/models/day-numbers.ts";

const at = (date: string, hours = 6): number => dayNumberOfIso(date) * DAY_MS + hours * HOUR_MS;

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

test("a row far in the future changes nothing", () => {
  const rows = steady();
  const shop = { history: known(rows) };
  const far = { history: known([...rows, { day: dayNumberOfIso("2041-11-28"), units: 9, inStock: null }]) };
  expect(quantity(far)).toBe(quantity(shop));
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
