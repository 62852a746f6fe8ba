/**
 * Days that calendars make odd: 29 February, a 53rd week, a store that moves to another zone, clocks that change (I13).
 */
import { describe, expect, test } from "vitest";
import { dayNumberOfIso, isoWeekIndex } from "../../src/replenishment/models/day-numbers.ts";
import { nextPeriod, periodsBetween } from "../../src/world/sales/periods.ts";
import { historyOf } from "../../src/world/history.ts";
import { aSeason, anEvent, aStore, aSupplier, aWorld } from "./builders.ts";
import { aForecast, bookOf, decided, known, quantity, spread, steady, TODAY } from "./shop.ts";
import { DAY_MS, HOUR_MS } from "../../src/shared/durations.ts";
import { isoDay } from "../../src/shared/calendar-dates.ts";

const at = (date: string, hours = 6): number => dayNumberOfIso(date) * DAY_MS + hours * HOUR_MS;

describe("29 February", () => {
  test("is a day like any other, behind, today and ahead", () => {
    expect(isoDay(TODAY)).toBe("2040-02-29");
    const orders = [-1, 0, 1, 2].map((days) =>
      quantity({ history: known(steady(120, TODAY + days - 1)), now: at("2040-02-29") + days * DAY_MS }),
    );
    expect(Math.max(...orders) - Math.min(...orders)).toBeLessThanOrEqual(2);
  });

  test("lies in a month of 29 days, and an event on it is over the next day", () => {
    expect(nextPeriod("month", TODAY)).toBe(dayNumberOfIso("2040-03-01"));
    expect(nextPeriod("month", dayNumberOfIso("2041-02-28"))).toBe(dayNumberOfIso("2041-03-01"));
    const spreadOver = spread([{ day: dayNumberOfIso("2040-02-10"), mean: 290 }], "month");
    expect([spreadOver.length, spreadOver.at(-1)]).toEqual([29, { day: TODAY, mean: 10 }]);
    const events = [anEvent("2040-02-29", "2040-02-29", 4)];
    const eventsOn = (date: string) =>
      decided({
        history: known(steady(120, dayNumberOfIso(date) - 1)),
        now: at(date),
        terms: { leadTimeDays: 1 },
        world: aWorld({ store: aStore(), events }),
      }).decision.evidence.events;
    expect([eventsOn("2040-02-28"), eventsOn("2040-03-01")]).toEqual([["festival"], []]);
  });

  test("is a cut-off and an arrival", () => {
    const world = aWorld({ store: aStore(), supplier: aSupplier({ leadTimeDays: 1 }) });
    const arrival = (date: string) =>
      isoDay(
        decided({ history: known(steady(120, dayNumberOfIso(date) - 1)), now: at(date), world }).decision.calendar!
          .arrivesOn,
      );
    expect([arrival("2040-02-28"), arrival("2040-02-29")]).toEqual(["2040-02-29", "2040-03-01"]);
  });
});

describe("a year of 53 weeks", () => {
  // 2037-12-28 to 2038-01-03 is the 53rd week of 2037.
  const monday = dayNumberOfIso("2037-12-28");

  test("has a factor of its own for the 53rd", () => {
    expect([-1, 0, 7].map((days) => isoWeekIndex(monday + days) + 1)).toEqual([52, 53, 1]);
    const season = aSeason(Array.from({ length: 53 }, (_, week) => (week === 52 ? 3 : 1)));
    const factorOf = (days: number) =>
      decided({
        history: known(steady(120, monday + days - 8)),
        now: (monday + days - 7) * DAY_MS + 6 * HOUR_MS,
        world: aWorld({ season }),
      }).decision.evidence.seasonFactor;
    expect([-1, 0, 6, 7].map(factorOf)).toEqual([1, 3, 3, 1]);
  });

  test("sells by the week through it, week by week", () => {
    const starts = periodsBetween("week", dayNumberOfIso("2037-12-21"), dayNumberOfIso("2038-01-11"));
    expect(starts.map(isoDay)).toEqual(["2037-12-21", "2037-12-28", "2038-01-04", "2038-01-11"]);
    const rows = Array.from({ length: 60 }, (_, week) => ({ day: monday - 7 * (50 - week), units: 70, inStock: null }));
    const { input } = decided({
      history: historyOf(bookOf(rows, { period: "week" })),
      now: (monday + 70) * DAY_MS + 6 * HOUR_MS,
      terms: { leadTimeDays: 7, reviewPeriodDays: 7 },
    });
    expect(input?.history).toEqual(rows.map(({ units }) => units));
  });
});

describe("a store that moves to another zone", () => {
  const inZone = (timeZone: string, now: number) =>
    decided({ history: known(steady(120, TODAY)), now, world: aWorld({ store: aStore({ timeZone }) }) }).decision
      .evidence;

  test("keeps the dates of what was sold: only which day it is now differs", () => {
    // The evening of the 29th in Los Angeles is the morning of the 1st in Tokyo.
    const now = TODAY * DAY_MS + 23.5 * HOUR_MS;
    expect(inZone("America/Los_Angeles", now).historyThrough).toBe(TODAY - 1);
    expect(inZone("Asia/Tokyo", now).historyThrough).toBe(TODAY);
    // Half a day later both see the 29th as over, and know as much.
    const later = TODAY * DAY_MS + 36 * HOUR_MS;
    expect(inZone("America/Los_Angeles", later)).toMatchObject({ historyThrough: TODAY, historyAgeDays: 0 });
    expect(inZone("Asia/Tokyo", later)).toMatchObject({ historyThrough: TODAY, historyAgeDays: 0 });
  });

  test("reads a row that is of tomorrow there as not over", () => {
    const now = TODAY * DAY_MS + 16 * HOUR_MS;
    // The row of the 1st was recorded in Tokyo, where the day has begun; in Honolulu it is the morning of the 29th.
    const evidence = (timeZone: string) =>
      decided({ history: known(steady(120, TODAY + 1)), now, world: aWorld({ store: aStore({ timeZone }) }) }).decision
        .evidence;
    expect(evidence("Asia/Tokyo").historyThrough).toBe(TODAY);
    expect(evidence("Pacific/Honolulu").historyThrough).toBe(TODAY - 1);
  });
});

describe("a night on which clocks change", () => {
  const decidedAt = (moment: string, timeZone: string, date: string) => {
    const world = aWorld({
      store: aStore({ timeZone }),
      supplier: aSupplier({ timeZone, cutOff: 150, leadTimeDays: 2 }),
    });
    return decided({ history: known(steady(120, dayNumberOfIso(date) - 1)), now: Date.parse(moment), world }).decision;
  };

  test("has one cut-off where its hour is skipped, and the first where it comes twice", () => {
    // 02:30 in Berlin: skipped on 27 March 2039, twice on 30 October 2039.
    const spring = decidedAt("2039-03-27T00:00:00Z", "Europe/Berlin", "2039-03-27");
    expect(new Date(spring.calendar!.orderBy).toISOString()).toBe("2039-03-27T01:30:00.000Z");
    const after = decidedAt("2039-03-27T01:30:01Z", "Europe/Berlin", "2039-03-27");
    expect(new Date(after.calendar!.orderBy).toISOString()).toBe("2039-03-28T00:30:00.000Z");
    const autumn = decidedAt("2039-10-30T00:00:00Z", "Europe/Berlin", "2039-10-30");
    expect(new Date(autumn.calendar!.orderBy).toISOString()).toBe("2039-10-30T00:30:00.000Z");
    // The hour's second coming is after the cut-off.
    const second = decidedAt("2039-10-30T01:00:00Z", "Europe/Berlin", "2039-10-30");
    expect(new Date(second.calendar!.orderBy).toISOString()).toBe("2039-10-31T01:30:00.000Z");
  });

  test("is one day of demand, of 23 hours or 25", () => {
    const forecast = aForecast(
      Array.from({ length: 30 }, (_, index) => ({ day: dayNumberOfIso("2039-03-20") + index, mean: 10 })),
    );
    const order = (date: string) =>
      quantity({ forecast, now: at(date, 4), world: aWorld({ store: aStore({ timeZone: "Europe/Berlin" }) }) });
    expect(order("2039-03-27")).toBe(order("2039-03-24"));
  });
});
