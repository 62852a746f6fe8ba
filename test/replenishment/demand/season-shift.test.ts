/** A season that comes weeks earlier or later than in other years. */
import { describe, expect, it } from "vitest";
import { dayNumberOfIso, isoWeekIndex } from "../../../src/replenishment/models/day-numbers.ts";
import { plan, prepare } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { isoDay } from "../../../src/shared/calendar-dates.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { seeded } from "../../support/seeded.ts";

/** Three times the usual from mid-November to the end of the year. */
const WEEKS = Array.from({ length: 53 }, (_, week) => (week >= 46 && week <= 51 ? 3 : 1));
const START = dayNumberOfIso("2039-01-01");

interface Shop {
  readonly until: string;
  readonly daysLate?: number;
  readonly perDay?: number;
  readonly changes?: Partial<PlanInput>;
}

/** Days of a shop whose season of this year, 2041, is late. */
function shop({ until, daysLate = 0, perDay = 20, changes = {} }: Shop): PlanInput {
  const next = seeded(5);
  const thisYear = dayNumberOfIso("2041-07-01");
  const history = Array.from({ length: dayNumberOfIso(until) - START }, (_, at) => {
    const day = START + at;
    const factor = WEEKS[isoWeekIndex(day - (day > thisYear ? daysLate : 0))]!;
    return Math.round(perDay * factor * (0.6 + 0.8 * next()));
  });
  return aPlanInput({
    history,
    historyStart: isoDay(START),
    periodDays: 1,
    leadTime: { promised: 7, observed: [] },
    costs: { holding: 1, shortage: 19, fixedOrder: 0 },
    serviceLevel: 0.95,
    seasonalProfile: WEEKS,
    tolerance: "protection",
    ...changes,
  });
}

const lateBy = (input: PlanInput): number => prepare(input).season.late;

describe("a season", () => {
  it.each([
    ["in time, before it", "2041-11-05", 0],
    ["in time, within it", "2041-12-10", 0],
    ["in time, after it", "2042-01-20", 0],
    ["two weeks late, within it", "2041-12-16", 14],
    ["two weeks late, at its end", "2042-01-04", 14],
    ["two weeks early, within it", "2041-11-20", -14],
  ])("is seen to come %s", (_, until, daysLate) => {
    expect(lateBy(shop({ until, daysLate }))).toBe(daysLate / 7);
  });

  it("that is late is stocked to its end, with more doubt, and said to be late", () => {
    const late = plan(shop({ until: "2041-12-29", daysLate: 14 }));
    const usual = plan(shop({ until: "2041-12-29" }));
    // The order is for the week in which it still goes on.
    expect(late.evidence.meanDemand).toBeGreaterThan(50);
    expect(usual.evidence.meanDemand).toBeLessThan(30);
    expect(late.confidence).toBeLessThan(usual.confidence);
    expect(late.confidence).toBeGreaterThan(0.6);
    expect(late.reasons.join(" ")).toContain("The season seems 2 weeks late");
    expect(usual.reasons.join(" ")).not.toContain("The season seems");
  });

  it("that is early ends early", () => {
    expect(plan(shop({ until: "2041-12-10", daysLate: -14 })).evidence.meanDemand).toBeLessThan(30);
    expect(plan(shop({ until: "2041-12-10" })).evidence.meanDemand).toBeGreaterThan(50);
  });

  it("of weeks is seen to be late, too", () => {
    const days = shop({ until: "2042-01-01", daysLate: 14 });
    const weeks = Array.from({ length: Math.floor(days.history.length / 7) }, (_, week) =>
      days.history.slice(7 * week, 7 * week + 7).reduce((sum, units) => sum + units, 0),
    );
    expect(lateBy({ ...days, history: weeks, periodDays: 7 })).toBe(2);
  });

  it("is not doubted for what explains little: chance, few sales, unseen days, no season", () => {
    const months = Array.from({ length: 12 }, (_, month) => `2041-${String(month + 1).padStart(2, "0")}-15`);
    for (const until of months)
      for (const perDay of [1, 20]) expect(lateBy(shop({ until, perDay })), `${until} ${perDay}`).toBe(0);
    const late = shop({ until: "2041-12-16", daysLate: 14 });
    const seen = late.history.map((_, at) => at < late.history.length - 50);
    expect(lateBy({ ...late, history: late.history.map((units, at) => (seen[at] ? units : 0)), inStock: seen })).toBe(
      0,
    );
    expect(lateBy({ ...late, seasonalProfile: null })).toBe(0);
    expect(lateBy({ ...late, seasonalProfile: WEEKS.map(() => 1) })).toBe(0);
    expect(lateBy({ ...late, periodDays: 30.4375 })).toBe(0);
  });

  it("is seen alike in kilograms and in grams", () => {
    for (const until of ["2041-12-02", "2041-12-05", "2041-12-08"]) {
      const grams = shop({ until, daysLate: 14 });
      const kilograms = {
        ...grams,
        history: grams.history.map((units) => units / 1000),
        constraints: { ...grams.constraints, packSize: 0.001 },
      };
      expect(lateBy(kilograms)).toBe(lateBy(grams));
    }
  });
});
