/** Sales far from all others: asked about while they are new, left out of learning later. */
import { describe, expect, test } from "vitest";
import { historyOf } from "../../src/world/history.ts";
import { periodsBetween, type SalesPeriod } from "../../src/world/sales/periods.ts";
import { farFromAllOthers } from "../../src/world/unusual.ts";
import { bookOf, decided, known, steady, TODAY } from "./shop.ts";

const TERMS = { leadTimeDays: 7 };

/** Steady days; an event of `days` days, each `units`, that ended `ago` days ago. */
function withEvent(days: number, units: number, ago: number, knownDays = 120) {
  const rows = steady(knownDays).map((row) => {
    const before = TODAY - row.day;
    return before >= ago && before < ago + days ? { ...row, units } : row;
  });
  return decided({ history: known(rows), terms: TERMS });
}

/** Ten a day in periods of a week or a month, but for one that began `ago` periods ago. */
function inPeriods(period: SalesPeriod, units: number, ago: number) {
  const starts = periodsBetween(period, TODAY - 900, TODAY - 1).slice(0, -1);
  const usual = period === "week" ? 70 : 300;
  const rows = starts.map((day, at) => ({
    day,
    units: at === starts.length - ago ? units : usual + ((at * 7) % 20),
    inStock: null,
  }));
  return decided({ history: historyOf(bookOf(rows, { period })), terms: TERMS });
}

describe("an event of several days", () => {
  test.each([1, 2, 3, 5, 7])("does not hide its own days: %i days of fifty times the usual", (days) => {
    for (const ago of [1, 2, 5]) expect(withEvent(days, 500, ago).asked, `${ago} days ago`).toEqual(["unusual_demand"]);
    for (const ago of [8, 20]) {
      const { asked, decision } = withEvent(days, 500, ago);
      expect(asked, `${ago} days ago`).toEqual([]);
      expect(decision.quantity).toBeGreaterThanOrEqual(14);
      expect(decision.quantity).toBeLessThanOrEqual(16);
    }
  });

  test("that came at the same time a year before is no accident", () => {
    const valentine = (years: readonly number[]) =>
      decided({
        history: known(
          steady(800).map((row) => {
            const before = TODAY - row.day;
            return years.some((year) => Math.abs(before - 365 * year - 15) <= 1) ? { ...row, units: 300 } : row;
          }),
        ),
      }).planned!.past!.leftOut.length;
    expect(valentine([0])).toBe(3);
    expect(valentine([0, 1])).toBe(0);
  });

  test("half of it, a week sooner or later in another year, is as good a reason; less or later is none", () => {
    const left = (daysBetween: number, before: number) => {
      const units = Array.from({ length: 800 }, () => 10);
      units[700] = 300;
      units[700 - daysBetween] = before;
      return farFromAllOthers({ units, seen: units.map(() => true), factors: null, periodDays: 1 });
    };
    for (const days of [358, 365, 372]) expect(left(days, 150), `${days} days before`).not.toContain(700);
    for (const days of [357, 373]) expect(left(days, 150), `${days} days before`).toContain(700);
    expect(left(365, 149)).toContain(700);
  });

  test("is told from a level that moved: a month of three times the usual is stocked for", () => {
    const { asked, decision } = withEvent(30, 30, 1);
    expect(asked).toEqual([]);
    expect(decision.quantity).toBeGreaterThanOrEqual(30);
  });
});

describe.each(["week", "month"] as const)("of sales by the %s", (period) => {
  test("the newest period is asked about, and all older ones are left out", () => {
    expect(inPeriods(period, 3500, 1).asked).toEqual(["unusual_demand"]);
    const usual = inPeriods(period, period === "week" ? 70 : 300, 30).decision.quantity;
    for (const ago of [2, 3, 7, 8]) {
      const { asked, decision } = inPeriods(period, 3500, ago);
      expect(asked).toEqual([]);
      expect(Math.abs(decision.quantity - usual), `${ago} ago`).toBeLessThanOrEqual(1);
    }
  });
});

describe("of a young item", () => {
  test.each([5, 8, 13, 20])("known for %i days, a day of fifty times the others is asked about", (days) => {
    expect(withEvent(1, 500, 1, days).asked).toEqual(["unusual_demand"]);
  });

  test.each([5, 8, 13])("known for %i days, a day of three times the others may well be", (days) => {
    expect(withEvent(1, 30, 1, days).asked).toEqual([]);
  });

  test("one that has hardly sold yet may sell any number", () => {
    const rows = [0, 0, 1, 0, 6].map((units, at) => ({ day: TODAY - 5 + at, units, inStock: null }));
    expect(decided({ history: known(rows), terms: TERMS }, { currentStock: 0 }).asked).toEqual([]);
  });
});
