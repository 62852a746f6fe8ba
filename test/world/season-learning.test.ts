/** What a store's sales teach by themselves: a season as far as they agree on one, and what its events did. */
import { describe, expect, test } from "vitest";
import { dayNumberOfIso, isoWeekIndex } from "../../src/replenishment/models/day-numbers.ts";
import { measureOf } from "../../src/world/event-measure.ts";
import { historyOf } from "../../src/world/history.ts";
import type { SalesPeriod } from "../../src/world/sales/periods.ts";
import { NOTHING_LEARNED, seasonOf, withItem, type LearningSums } from "../../src/world/learning/season-learning.ts";
import type { EventFacts } from "../../src/world/types.ts";
import { anEvent } from "./builders.ts";
import { bookOf, seeded, TODAY } from "./shop.ts";
import { isoDay } from "../../src/shared/calendar-dates.ts";

/** A Monday. */
const MONDAY = TODAY - 2;

interface Item {
  readonly period?: SalesPeriod;
  readonly level: number;
  /** Expected demand of a day over the level. */
  readonly of?: (day: number) => number;
  readonly days?: number;
  readonly seed?: number;
  /** Sales lie within this share of what is expected. */
  readonly within?: number;
  /** Days that it could not be bought. */
  readonly unseen?: (day: number) => boolean;
}

function learnedFrom(items: readonly Item[], events: readonly EventFacts[] = [], monday = MONDAY): LearningSums {
  return items.reduce((sums, item, at) => {
    const { period = "day", level, of = () => 1, days = 156 * 7, seed = 1, within = 0.6, unseen } = item;
    const random = seeded(seed + at);
    const pitch = period === "day" ? 1 : 7;
    const rows = Array.from({ length: days / pitch }, (_, index) => {
      const day = monday - days + index * pitch;
      let expected = 0;
      for (let part = 0; part < pitch; part++) expected += level * of(day + part);
      const inStock = unseen === undefined ? null : !unseen(day);
      const units = inStock === false ? 0 : Math.round(expected * (1 + within * (2 * random() - 1)));
      return { day, units, inStock };
    });
    const history = historyOf(bookOf(rows, { period }))!;
    return withItem(sums, { productId: `P${at}`, supplierId: null, history }, { store: null, events }, monday);
  }, NOTHING_LEARNED);
}

const isDecember = (day: number): boolean => isoDay(day).slice(5, 7) === "12";
const december = (day: number): number => (isDecember(day) ? 3 : 1);

describe("a season", () => {
  test.each([
    ["one item by the day", [{ level: 10, of: december }]],
    ["one item by the week", [{ level: 10, of: december, within: 0.3, period: "week" as const }]],
    ["twenty that sell little", Array.from({ length: 20 }, () => ({ level: 1, of: december }))],
  ])("that is the same every year is believed: %s", (_, items) => {
    const { weeks } = seasonOf(learnedFrom(items))!;
    const mean = weeks.slice(4, 44).reduce((sum, factor) => sum + factor, 0) / 40;
    // Week 50 lies within December in every year.
    expect(weeks[49]! / mean).toBeGreaterThan(2.7);
    expect(weeks[49]! / mean).toBeLessThan(3.3);
  });

  test("goes by the dates of days: no week of November takes what December sold in other years", () => {
    // The ISO week before had days of December in two of the three years, and has none this year.
    const today = dayNumberOfIso("2037-11-30");
    const { weeks } = seasonOf(learnedFrom([{ level: 20, of: december, within: 0.2 }], [], today))!;
    const usual = weeks.slice(4, 44).reduce((sum, factor) => sum + factor, 0) / 40;
    const mondays = Array.from({ length: 50 }, (_, index) => today + 7 * (index - 25));
    const factorsWith = (decemberDays: number): number[] =>
      mondays
        .filter((monday) => [0, 1, 2, 3, 4, 5, 6].filter((day) => isDecember(monday + day)).length === decemberDays)
        .map((monday) => weeks[isoWeekIndex(monday)]! / usual);
    expect(Math.max(...factorsWith(0))).toBeLessThan(1.1);
    expect(Math.min(...factorsWith(7))).toBeGreaterThan(2.7);
  });

  test("is not made of chance: weeks that differ no more than years do are ordinary weeks", () => {
    for (const level of [0.3, 2, 20]) {
      const { weeks } = seasonOf(learnedFrom([{ level, within: 1, period: "week", seed: 40 * level }]))!;
      for (const factor of weeks) expect(Math.abs(factor - 1)).toBeLessThan(0.4);
    }
  });

  test("is taught nothing by an item that never sold", () => {
    const sold = learnedFrom([{ level: 10, of: december }]);
    const { weeks } = seasonOf(learnedFrom([{ level: 10, of: december }, { level: 0 }]))!;
    expect(weeks).toEqual(seasonOf(sold)!.weeks);
  });

  test("of one odd week in one of three years is less believed than one of every year", () => {
    const odd = MONDAY - 400;
    const spike = (day: number): number => (Math.abs(day - odd) < 7 ? 3 : 1);
    const every = (day: number): number => (isoWeekIndex(day) === isoWeekIndex(odd) ? 3 : 1);
    const at = (of: (day: number) => number): number =>
      seasonOf(learnedFrom([{ level: 10, of }]))!.weeks[isoWeekIndex(odd)]!;
    expect(at(spike)).toBeLessThan(1.5);
    expect(at(every)).toBeGreaterThan(2);
  });

  test("has a 53rd week from the years that have one, and from its neighbours where none has", () => {
    // 2037 is a year of 53 weeks.
    const { weeks } = seasonOf(learnedFrom([{ level: 10, of: december }]))!;
    expect(weeks[52]).toBeGreaterThan(1.2);
    const short = seasonOf(learnedFrom([{ level: 10, of: december, days: 106 * 7 }]))!.weeks;
    expect(short[52]).toBeCloseTo((short[51]! + short[0]!) / 2, 1);
  });

  test("takes weeks that no year shows from their neighbours, not from the year's end", () => {
    const july = (day: number): boolean => isoDay(day).slice(5, 7) === "07";
    const { weeks } = seasonOf(learnedFrom([{ level: 10, of: december, unseen: july }]))!;
    const usual = weeks.slice(4, 24).reduce((sum, factor) => sum + factor, 0) / 20;
    // Weeks 28 and 29 lie within July in every year.
    for (const week of [27, 28]) expect(weeks[week]! / usual, `${week}`).toBeCloseTo(1, 0);
  });
});

describe("an event", () => {
  const from = MONDAY - 60;
  const measured = (items: readonly Item[], changes: Partial<EventFacts>) => {
    const event = { ...anEvent(isoDay(from), isoDay(from + 2), 1), multiplier: null, ...changes };
    return measureOf(Object.values(learnedFrom(items, [event]).events));
  };
  const during = (times: number) => (day: number) => (day >= from && day <= from + 2 ? times : 1);

  test.each([0.5, 2, 4, 20])("is measured at %f times the days around it, by days", (times) => {
    const items = [10, 20].map((level) => ({ level, of: during(times), within: 0.1 }));
    const measure = measured(items, {})!;
    expect(measure).toMatchObject({ items: 2, days: 3 });
    expect(measure.multiplier / times).toBeGreaterThan(0.85);
    expect(measure.multiplier / times).toBeLessThan(1.15);
  });

  test.each([2, 4, 20])("is measured at %f times the weeks around it, by weeks", (times) => {
    const items = [10, 20, 30].map((level) => ({ level, of: during(times), within: 0.02, period: "week" as const }));
    const measure = measured(items, {})!;
    expect(measure).toMatchObject({ items: 3, days: 3 });
    expect(measure.multiplier / times).toBeGreaterThan(0.85);
    expect(measure.multiplier / times).toBeLessThan(1.15);
  });

  test("around which nothing was seen is not measured", () => {
    const isAround = (day: number): boolean => day < from || day > from + 2;
    expect(measured([{ level: 10, of: during(4), unseen: isAround }], {})).toBeNull();
    const isDuring = (day: number): boolean => !isAround(day);
    expect(measured([{ level: 10, of: during(4), unseen: isDuring }], {})).toBeNull();
  });

  test("that is not over is not measured yet, and its days are no season", () => {
    const last = { from: MONDAY - 2, to: MONDAY + 2 };
    const of = (day: number): number => (day >= last.from ? 5 : 1);
    const event = { ...anEvent(isoDay(last.from), isoDay(last.to), 5), multiplier: 5 };
    const sums = learnedFrom([{ level: 10, of, within: 0.1 }], [event]);
    expect(sums.events).toEqual({});
    expect(seasonOf(sums)!.weeks[isoWeekIndex(last.from)]).toBeCloseTo(1, 0);
  });
});
