/**
 * Cases from life, from stored facts to the decision: the store's days, dates of forecasts, a
 * supplier's calendar.
 * Numbers are about what a buyer would order.
 */
import { describe, expect, test } from "vitest";
import { anEvent, aStore, aSupplier, aWorld } from "../builders.ts";
import { aForecast, decided, known, quantity, spread, steady, TODAY, weekendShop } from "../shop.ts";
import { DAY_MS, HOUR_MS } from "../../../src/shared/durations.ts";
import { dayNumberOfIso } from "../../../src/replenishment/models/day-numbers.ts";

const at = (date: string, hours = 6): number => dayNumberOfIso(date) * DAY_MS + hours * HOUR_MS;
const isWeekend = (day: number): boolean => (((day + 3) % 7) + 7) % 7 >= 5;

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
    expect(quantity({ ...shop, history: known([...rows, ...more]) }, { currentStock: 0 }), `${more.length} more`).toBe(
      13,
    );
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

test("the day on which an item sells out, and until when an order lasts", () => {
  const { decision } = decided(
    { history: known(steady()), terms: { leadTimeDays: 2, reviewPeriodDays: 7 } },
    { currentStock: 25 },
  );
  expect(decision.evidence.soldOutOn).toBe(TODAY + 2);
  expect(decision.evidence.lastsUntil).toBeGreaterThanOrEqual(TODAY + 9);
});
