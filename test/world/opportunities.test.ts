import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextOpportunities, opportunitiesBetween, type Calendar } from "../../src/world/opportunities.ts";
import { WEEKDAYS } from "../../src/world/types.ts";
import { localDay } from "../../src/world/zones.ts";
import { aStore, aSupplier } from "./builders.ts";
import { isoDay } from "../../src/shared/calendar-dates.ts";
import { dayNumberOfIso } from "../../src/replenishment/models/day-numbers.ts";

const christmas: Calendar = {
  supplier: aSupplier({
    timeZone: "Europe/Berlin",
    orderDays: ["mon", "thu"],
    cutOff: 11 * 60,
    leadTimeIn: "working",
    closed: [{ from: dayNumberOfIso("2026-12-25"), to: dayNumberOfIso("2026-12-26") }],
  }),
  store: aStore({ timeZone: "Europe/Berlin" }),
  leadTimeDays: 2,
};

function shown(calendar: Calendar, from: string, to: string): string[] {
  return opportunitiesBetween(calendar, Date.parse(from), Date.parse(to)).map(
    ({ orderBy, arrivesOn }) => `${new Date(orderBy).toISOString().slice(0, 16)} ${isoDay(arrivesOn)}`,
  );
}

describe("Christmas 2026, ordered on Mondays and Thursdays by 11:00 in Berlin, two working days", () => {
  test("the moment of a cut-off is still in time for it", () => {
    const found = nextOpportunities(christmas, Date.parse("2026-12-21T10:00:00Z"));
    expect(new Date(found!.next.orderBy).toISOString()).toBe("2026-12-21T10:00:00.000Z");
    expect([isoDay(found!.next.arrivesOn), isoDay(found!.after!.arrivesOn)]).toEqual(["2026-12-23", "2026-12-29"]);
  });

  test("a second later it is Thursday's, which arrives after the holidays", () => {
    const found = nextOpportunities(christmas, Date.parse("2026-12-21T10:00:01Z"));
    expect(new Date(found!.next.orderBy).toISOString()).toBe("2026-12-24T10:00:00.000Z");
    expect([isoDay(found!.next.arrivesOn), isoDay(found!.after!.arrivesOn)]).toEqual(["2026-12-29", "2026-12-30"]);
  });

  test("the calendar lists cut-offs from and to their very moments", () => {
    expect(shown(christmas, "2026-12-21T10:00:00Z", "2026-12-28T10:00:00Z")).toEqual([
      "2026-12-21T10:00 2026-12-23",
      "2026-12-24T10:00 2026-12-29",
      "2026-12-28T10:00 2026-12-30",
    ]);
    expect(shown(christmas, "2026-12-21T10:00:01Z", "2026-12-28T09:59:59Z")).toEqual(["2026-12-24T10:00 2026-12-29"]);
  });
});

test("of cut-offs with one arrival only the last counts, even when it lies beyond the stretch asked for", () => {
  const fridays: Calendar = {
    supplier: aSupplier({ deliveryDays: ["fri"], cutOff: 12 * 60 }),
    store: null,
    leadTimeDays: 1,
  };
  expect(shown(fridays, "2040-01-02T00:00:00Z", "2040-01-16T00:00:00Z")).toEqual([
    "2040-01-05T12:00 2040-01-06",
    "2040-01-12T12:00 2040-01-13",
  ]);
  expect(shown(fridays, "2040-01-02T00:00:00Z", "2040-01-04T23:00:00Z")).toEqual([]);
});

test("goods wait for a day on which the store is open", () => {
  const calendar: Calendar = {
    supplier: aSupplier(),
    store: aStore({
      openDays: ["mon", "wed"],
      closed: [{ from: dayNumberOfIso("2040-01-04"), to: dayNumberOfIso("2040-01-04") }],
    }),
    leadTimeDays: 1,
  };
  // Monday's order would come on Tuesday; Wednesday the 4th is closed, so it is Monday the 9th, with all of that
  // week's.
  expect(shown(calendar, "2040-01-02T00:00:00Z", "2040-01-08T23:59:00Z")).toEqual(["2040-01-08T23:59 2040-01-09"]);
});

test("a cut-off in an hour that the clocks skip or repeat is one moment, and every day has one", () => {
  const calendar: Calendar = {
    supplier: aSupplier({ timeZone: "Europe/Berlin", cutOff: 150 }),
    store: null,
    leadTimeDays: 1,
  };
  expect(shown(calendar, "2026-03-28T00:00:00Z", "2026-03-30T12:00:00Z")).toEqual([
    "2026-03-28T01:30 2026-03-29",
    "2026-03-29T01:30 2026-03-30",
    "2026-03-30T00:30 2026-03-31",
  ]);
  expect(shown(calendar, "2026-10-24T00:00:00Z", "2026-10-26T12:00:00Z")).toEqual([
    "2026-10-24T00:30 2026-10-25",
    "2026-10-25T00:30 2026-10-26",
    "2026-10-26T01:30 2026-10-27",
  ]);
});

test("goods never arrive on a day before their order, also in a store beyond the date line", () => {
  for (const [there, here] of [
    ["Pacific/Pago_Pago", "Pacific/Kiritimati"],
    ["Pacific/Kiritimati", "Pacific/Pago_Pago"],
    ["America/Los_Angeles", "Asia/Tokyo"],
  ] as const)
    for (const leadTimeDays of [0, 1, 2]) {
      const store = aStore({ timeZone: here });
      const supplier = aSupplier({ timeZone: there, cutOff: 11 * 60 });
      const [from, to] = [Date.parse("2026-10-12T00:00:00Z"), Date.parse("2026-10-19T00:00:00Z")];
      for (const { orderBy, arrivesOn } of opportunitiesBetween({ supplier, store, leadTimeDays }, from, to))
        expect(arrivesOn, `${there} to ${here}`).toBeGreaterThanOrEqual(localDay(orderBy, here));
    }
});

test("a supplier who takes no orders has no opportunity", () => {
  const never = { supplier: aSupplier({ orderDays: [] }), store: null, leadTimeDays: 1 };
  expect(nextOpportunities(never, Date.parse("2040-01-02T00:00:00Z"))).toBeNull();
});

test(
  "whatever the calendar, cut-offs rise, arrivals rise, and nothing arrives before its lead time or on a closed " +
    "day",
  () => {
    const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
    fc.assert(
      fc.property(
        fc.record({
          orderDays: fc.option(days),
          deliveryDays: fc.option(days),
          workingDays: days,
          leadTimeIn: fc.constantFrom("calendar" as const, "working" as const),
          cutOff: fc.integer({ min: 0, max: 1439 }),
          timeZone: fc.constantFrom("UTC", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe"),
          closed: fc.array(
            fc.record({ from: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 0, max: 5 }) }),
            {
              maxLength: 3,
            },
          ),
          openDays: days,
          leadTimeDays: fc.integer({ min: 0, max: 20 }),
          start: fc.integer({ min: 0, max: 60 * 1440 }),
        }),
        ({ closed, openDays, leadTimeDays, start, ...supplier }) => {
          const base = dayNumberOfIso("2026-02-20");
          const calendar: Calendar = {
            supplier: aSupplier({
              ...supplier,
              closed: closed.map(({ from, length }) => ({ from: base + from, to: base + from + length })),
            }),
            store: aStore({ openDays }),
            leadTimeDays,
          };
          const from = base * 86_400_000 + start * 60_000;
          const found = opportunitiesBetween(calendar, from, from + 40 * 86_400_000);
          found.forEach((one, index) => {
            expect(one.orderBy).toBeGreaterThanOrEqual(from);
            const orderedOn = Math.floor(one.orderBy / 86_400_000);
            expect(one.arrivesOn).toBeGreaterThanOrEqual(orderedOn + leadTimeDays - 1);
            expect(calendar.supplier.closed.some((r) => one.arrivesOn >= r.from && one.arrivesOn <= r.to)).toBe(false);
            if (index > 0) {
              expect(one.orderBy).toBeGreaterThan(found[index - 1]!.orderBy);
              expect(one.arrivesOn).toBeGreaterThan(found[index - 1]!.arrivesOn);
            }
          });
        },
      ),
      { numRuns: 200 },
    );
  },
);
