import { describe, expect, it } from "vitest";
import { growthDoubt, growthOf } from "../../src/replenishment/models/growth.ts";
import { plan } from "../../src/replenishment/plan.ts";
import type { PlanInput } from "../../src/replenishment/types.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";
import { seeded, steadyDays } from "../support/seeded.ts";

/** 180 days of about 20, that grew by .5 % a day or fell by as much. */
function daysOf(rate: number): number[] {
  const next = seeded(5);
  return Array.from({ length: 180 }, (_, day) => Math.round(20 * Math.exp(rate * (day - 179)) + 8 * next() - 4));
}

describe("growth of the sales", () => {
  it("is the slope in deviations, less what chance could have made", () => {
    // Around the line every value is off by 2 in turns: a slope of nearly .5, a deviation of nearly 2.
    const growth = growthOf(
      Float64Array.from({ length: 56 }, (_, day) => 10 + 0.5 * day + (day % 2 === 0 ? 2 : -2)),
      1,
    );
    const certainty = (0.5 / 2) * Math.sqrt((56 * (56 ** 2 - 1)) / 12);
    expect(growth).toBeCloseTo((0.5 / 2) * (1 - 1 / certainty ** 2), 1);
  });

  it("is none of steady, falling, few or no sales", () => {
    expect(growthOf(Float64Array.from(steadyDays()), 1)).toBe(0);
    expect(growthOf(Float64Array.from(daysOf(-0.005)), 1)).toBe(0);
    expect(growthOf(Float64Array.of(1, 2, 3, 4, 5), 1)).toBe(0);
    expect(growthOf(new Float64Array(60), 1)).toBe(0);
    expect(growthOf(new Float64Array(60).fill(Number.NaN), 1)).toBe(0);
    expect(growthOf(new Float64Array(60).fill(0.1 + 0.2), 1)).toBe(0);
  });

  it("is read around days that nobody saw, and has no unit", () => {
    const days = Float64Array.from(daysOf(0.005));
    const growth = growthOf(days, 1);
    const seen = days.map((units, day) => (day % 5 === 3 ? Number.NaN : units));
    expect(Math.abs(growthOf(seen, 1) / growth - 1)).toBeLessThan(0.3);
    expect(
      growthOf(
        days.map((units) => 1000 * units),
        1,
      ),
    ).toBeCloseTo(growth, 9);
  });

  it("matters more the farther the arrival is, up to a limit", () => {
    const doubts = [0, 1, 3, 8, 21, 90].map((periods) => growthDoubt(0.02, periods));
    expect(doubts).toEqual(doubts.toSorted((a, b) => a - b));
    expect(doubts[0]).toBe(0);
    expect(doubts.at(-1)).toBe(growthDoubt(10, 90));
  });
});

describe("a plan of an item that grows", () => {
  const costs = { holding: 0.2, shortage: 3.8, fixedOrder: 0 };
  const input = (rate: number, changes: Partial<PlanInput> = {}): PlanInput =>
    aPlanInput({
      history: daysOf(rate),
      periodDays: 1,
      costs,
      serviceLevel: 0.95,
      leadTime: { promised: 20, observed: [] },
      tolerance: "protection",
      ...changes,
    });
  const grows = /^Sales have been growing/u;

  it("states a smaller chance of being in stock than its paths have, and says so", () => {
    const [steady, growing] = [plan(input(0)), plan(input(0.005))];
    expect(steady.inStockProbability).toBeGreaterThan(0.94);
    expect(steady.reasons.some((reason) => grows.test(reason))).toBe(false);
    expect(growing.inStockProbability).toBeLessThan(0.92);
    expect(growing.reasons.some((reason) => grows.test(reason))).toBe(true);
  });

  it("is as sure as its paths where all of them are in stock, or none", () => {
    const full = plan(input(0.005, { onHand: 1e5 }));
    expect([full.inStockProbability, full.reasons.some((reason) => grows.test(reason))]).toEqual([1, false]);
    const none = input(0.005, { constraints: { minOrderQuantity: 0, packSize: 1, maxStock: 0 } });
    expect(plan(none).inStockProbability).toBe(0);
  });

  it("is held for the chance that it was decided by, beside the one that is stated", () => {
    const empty = plan(input(0.005, { onHand: 0 }));
    const held = plan(input(0.005, { onHand: empty.evidence.demandQuantile + 2 * empty.evidence.meanDemand }));
    expect(held.quantity).toBe(0);
    const [, stated, counted] = /is (\d+) %; without more growth it is (\d+) %, and /u.exec(held.reasons[0]!) ?? [];
    expect(Number(stated)).toBe(Math.round((1 - held.inStockProbability) * 100));
    expect(Number(counted)).toBeLessThan(Number(stated));
    expect(plan(input(0.005, { onHand: 1e5 })).reasons[0]).not.toContain("growth");
  });

  it("is not doubted where a forecast knows better", () => {
    const points = Array.from({ length: 60 }, () => ({ mean: 25, std: 5 }));
    const told = plan(input(0.005, { forecast: { points, ageDays: 0, pastError: null } }));
    expect(told.inStockProbability).toBeGreaterThan(0.94);
  });
});
