import { describe, expect, test } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { seeded } from "../../support/seeded.ts";

/** Weeks of December three times the rest. */
const DECEMBER = Array.from({ length: 53 }, (_, week) => (week >= 48 ? 3 : 1));

/** Three years of about ten a day up to 26 November 2039, three times as much in December; the 27th is a Sunday. */
function threeYears(changes: Partial<PlanInput> = {}): PlanInput {
  const next = seeded(9);
  const start = Date.UTC(2036, 10, 27);
  const days = (Date.UTC(2039, 10, 27) - start) / 86_400_000;
  const history = Array.from({ length: days }, (_, day) => {
    const december = new Date(start + day * 86_400_000).getUTCMonth() === 11;
    return (8 + Math.floor(next() * 5)) * (december ? 3 : 1);
  });
  return aPlanInput({
    history,
    historyStart: "2036-11-27",
    periodDays: 1,
    leadTime: { promised: 14, observed: [] },
    ...changes,
  });
}

describe("a season", () => {
  test("reaches an order that arrives in it", () => {
    const usual = plan(threeYears());
    const { quantity, evidence, reasons } = plan(threeYears({ seasonalProfile: DECEMBER }));
    expect(quantity / usual.quantity).toBeCloseTo(3, 0);
    expect(evidence.seasonFactor).toBe(3);
    expect(evidence.meanDemand).toBeCloseTo(30, -0.7);
    expect(reasons.join(" ")).toContain("3 times the usual, by the season, when the order arrives.");
    expect(usual.evidence.seasonFactor).toBeNull();
  });

  test("of which nothing is left when the order arrives changes no level", () => {
    const spring = threeYears({ leadTime: { promised: 60, observed: [] } });
    const without = plan(spring).evidence.meanDemand;
    expect(plan({ ...spring, seasonalProfile: DECEMBER }).evidence.meanDemand).toBeCloseTo(without, -0.5);
  });

  test("is said neither of an ordinary week nor of an item without one", () => {
    const text = plan(threeYears({ seasonalProfile: DECEMBER.map(() => 1) })).reasons.join(" ");
    expect(text).not.toContain("season");
  });
});

describe("a weekend", () => {
  const shop = Array.from({ length: 119 }, (_, day) => (day % 7 >= 5 ? 40 : 4));
  // The history ends with a weekend.
  const week = (reviewPeriod: number): number =>
    plan(aPlanInput({ history: shop, periodDays: 1, leadTime: { promised: 7, observed: [] }, reviewPeriod })).evidence
      .meanDemand;

  test("sells in a week's review what a week sells", () => {
    expect(week(7)).toBeGreaterThan(90 / 7);
    expect(week(7)).toBeLessThan(110 / 7);
    expect(week(5)).toBeLessThan(week(7) * 0.8);
  });
});

test("an event ahead is counted, and named where its name is known", () => {
  const input = aPlanInput({ demandMultipliers: [1, 1, 2.8] });
  expect(plan(input).quantity).toBeGreaterThan(plan(aPlanInput()).quantity * 2);
  expect(plan(input).reasons.join(" ")).toContain("Events or closed days ahead");
  const named = plan({ ...input, knownEvents: [{ name: "Christmas week", factor: 2.8 }] }).reasons;
  expect(named).toContain("Christmas week: 2.8 times the usual.");
});

test("weekdays that differ by chance alone are ordered for alike", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const next = seeded(seed);
    const history = Array.from({ length: 120 }, () => 8 + Math.floor(next() * 5));
    const { quantity } = plan(
      aPlanInput({
        history,
        inStock: history.map(() => true),
        periodDays: 1,
        onHand: 20,
        leadTime: { promised: 7, observed: [] },
        costs: { holding: 1, shortage: 19, fixedOrder: 0 },
      }),
    );
    expect(quantity, `seed ${seed}`).toBeGreaterThanOrEqual(14);
    expect(quantity, `seed ${seed}`).toBeLessThanOrEqual(16);
  }
});
