/** Proves I13. */
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { shareOfDayAhead, isOpen } from "../../src/world/opening.ts";
import { localDay, localMinutes, momentOf } from "../../src/world/zones.ts";
import { aStore } from "./builders.ts";
import { dayNumberOfIso } from "../../src/replenishment/models/day-numbers.ts";

describe("a day is the calendar day of the place", () => {
  test.each([
    ["Asia/Tokyo", "2040-03-01T15:00:00Z", "2040-03-02"],
    ["Asia/Tokyo", "2040-03-01T14:59:59.999Z", "2040-03-01"],
    ["America/Los_Angeles", "2040-03-01T07:59:59Z", "2040-02-29"],
    ["Pacific/Kiritimati", "2040-03-01T10:00:00Z", "2040-03-02"],
    ["Asia/Kathmandu", "2040-03-01T18:15:00Z", "2040-03-02"],
    ["UTC", "2040-02-29T23:59:59Z", "2040-02-29"],
  ])("in %s at %s it is %s", (zone, moment, day) => {
    expect(localDay(Date.parse(moment), zone)).toBe(dayNumberOfIso(day));
  });

  test("of every quarter of an hour around a change of clocks", () => {
    const zone = "Europe/Berlin";
    for (const night of ["2026-03-29", "2026-10-25"]) {
      const midnight = momentOf(dayNumberOfIso(night), 0, zone);
      const next = momentOf(dayNumberOfIso(night) + 1, 0, zone);
      expect((next - midnight) / 3_600_000).toBe(night === "2026-03-29" ? 23 : 25);
      for (let at = midnight; at < next; at += 900_000) expect(localDay(at, zone)).toBe(dayNumberOfIso(night));
    }
  });
});

describe("a local time", () => {
  test("that is skipped takes the offset before the gap", () => {
    expect(new Date(momentOf(dayNumberOfIso("2026-03-29"), 150, "Europe/Berlin")).toISOString()).toBe(
      "2026-03-29T01:30:00.000Z",
    );
    expect(new Date(momentOf(dayNumberOfIso("2026-03-08"), 150, "America/New_York")).toISOString()).toBe(
      "2026-03-08T07:30:00.000Z",
    );
  });

  test("that comes twice is the first", () => {
    expect(new Date(momentOf(dayNumberOfIso("2026-10-25"), 150, "Europe/Berlin")).toISOString()).toBe(
      "2026-10-25T00:30:00.000Z",
    );
    expect(new Date(momentOf(dayNumberOfIso("2026-11-01"), 90, "America/New_York")).toISOString()).toBe(
      "2026-11-01T05:30:00.000Z",
    );
    // Half an hour's change, on Lord Howe Island.
    expect(new Date(momentOf(dayNumberOfIso("2026-04-05"), 105, "Australia/Lord_Howe")).toISOString()).toBe(
      "2026-04-04T14:45:00.000Z",
    );
  });

  test("is what the clock shows at its moment, on every other day", () => {
    for (let day = dayNumberOfIso("2040-02-27"); day < dayNumberOfIso("2040-04-20"); day++) {
      for (const zone of ["Europe/Berlin", "America/St_Johns", "Australia/Sydney"]) {
        const moment = momentOf(day, 660, zone);
        expect([localDay(moment, zone), localMinutes(moment, zone)]).toEqual([day, 660]);
      }
    }
  });
});

test("however a zone is spelled it is right, and no more than some hundred spellings are remembered", () => {
  const made = vi.spyOn(Intl, "DateTimeFormat");
  onTestFinished(() => made.mockRestore());
  const letters = [..."antarctica/macquarie"];
  const spelling = (n: number): string =>
    letters.map((letter, at) => ((n >> at) & 1 ? letter.toUpperCase() : letter)).join("");
  const days = (count: number): Set<number> =>
    new Set(Array.from({ length: count }, (_, n) => localDay(Date.UTC(2040, 1, 29, 15), spelling(n))));
  expect(days(1_000)).toEqual(new Set([dayNumberOfIso("2040-03-01")]));
  expect(made).toHaveBeenCalledTimes(1_000);
  localDay(0, spelling(0));
  expect(made).toHaveBeenCalledTimes(1_001);
});

describe("a store", () => {
  test("is closed on the days it says", () => {
    const store = aStore({
      openDays: ["mon", "tue", "wed", "thu", "fri", "sat"],
      closed: [{ from: dayNumberOfIso("2039-12-31"), to: dayNumberOfIso("2040-01-02") }],
    });
    const open = ["2039-12-30", "2039-12-31", "2040-01-02", "2040-01-03", "2040-01-08"].map((d) =>
      isOpen(store, dayNumberOfIso(d)),
    );
    expect(open).toEqual([true, false, false, true, false]);
  });

  test("has the whole day ahead before its doors open, nothing at night, any time where nobody described it", () => {
    const tokyo = aStore({ timeZone: "Asia/Tokyo" });
    const ahead = (time: string): number => shareOfDayAhead(Date.parse(`2040-03-01T${time}Z`), tokyo);
    expect([ahead("20:00:00"), ahead("05:00:00"), ahead("14:00:00")]).toEqual([1, 0.5, 0]);
    expect(shareOfDayAhead(Date.parse("2040-03-01T23:00:00Z"), null)).toBe(1);
  });
});
