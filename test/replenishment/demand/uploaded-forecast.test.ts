import { describe, expect, test } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { ForecastPoint, PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { steadyDays } from "../../support/seeded.ts";

function forecast(points: readonly (ForecastPoint | null)[], changes: Partial<PlanInput> = {}): PlanInput {
  return aPlanInput({
    history: [],
    periodDays: 1,
    leadTime: { promised: 2, observed: [] },
    forecast: { points, ageDays: 0, pastError: null },
    ...changes,
  });
}

const days = (point: ForecastPoint | null, count = 30): (ForecastPoint | null)[] =>
  Array.from({ length: count }, () => point);

describe("an uploaded mean", () => {
  test.each<ForecastPoint>([
    { mean: 20, std: 30 },
    { mean: 20, std: 2 },
    { mean: 0.2, std: 0.9 },
    { mean: 20, p10: 0, p50: 8, p90: 60 },
    { mean: 20, p90: 70 },
    { mean: 20 },
    { mean: 20, p90: 5e-324 },
  ])("is planned as it is: %o", (point) => {
    const weekly = plan(forecast(days(point), { reviewPeriod: 7 }));
    expect(weekly.evidence.meanDemand).toBeCloseTo(point.mean, 4);
    expect(plan(forecast(days(point))).evidence.meanDemand).toBeCloseTo(point.mean, 4);
  });

  test("of 20 a day with a deviation of 30 is 20 a day, as a normal of 10 with a deviation of 5 covers 18", () => {
    expect(plan(forecast(days({ mean: 20, std: 30 }))).evidence.meanDemand).toBeCloseTo(20, 4);
    const covering = forecast(days({ mean: 10, std: 5 }), { costs: { holding: 1, shortage: 19, fixedOrder: 0 } });
    expect(plan(covering).quantity).toBe(18);
  });

  test("covers more the wider it is", () => {
    const orders = [1, 5, 10, 20, 30].map((std) => plan(forecast(days({ mean: 20, std }))).evidence.demandQuantile);
    expect(orders).toEqual(orders.toSorted((a, b) => a - b));
  });
});

test("a quantile that is given says how far demand goes on its side, and a deviation on the other", () => {
  const covering = (point: ForecastPoint) =>
    plan(forecast(days(point), { costs: { holding: 1, shortage: 19, fixedOrder: 0 } })).quantity;
  const point = { mean: 20, std: 5, p50: 20 };
  expect(covering({ ...point, p90: 60 })).toBeGreaterThan(covering({ ...point, p90: 26 }) + 10);
  expect(covering({ ...point, p10: 14 })).toBeCloseTo(covering({ mean: 20, std: 5 }), -1);
  expect(covering({ ...point, std: 15, p10: 14 })).toBeGreaterThan(covering({ ...point, p10: 14 }) + 5);
});

describe("days without a point", () => {
  const launch = [...days(null, 20), ...days({ mean: 10 }, 20)];

  test("before the first one have no demand where there is no history", () => {
    expect(plan(forecast(launch)).quantity).toBe(0);
    expect(plan(forecast(launch, { leadTime: { promised: 20, observed: [] } })).quantity).toBeGreaterThan(8);
  });

  test("inside and after are like the nearest ones where there is no history", () => {
    const holes = days({ mean: 10 }, 5).map((point, index) => (index % 2 === 0 ? point : null));
    expect(plan(forecast(holes, { reviewPeriod: 7 })).evidence.meanDemand).toBeCloseTo(10, 4);
  });

  test("come from history where there is one", () => {
    const history = steadyDays();
    const { meanDemand } = plan(forecast(launch, { history })).evidence;
    expect(meanDemand).toBeCloseTo(10, 0);
    const short = plan(forecast(days({ mean: 50 }, 3), { history, reviewPeriod: 2 })).evidence.meanDemand;
    expect(short).toBeCloseTo((50 + 10) / 2, -0.5);
  });
});

test("events do not touch a forecast, and a closed day does", () => {
  const usual = plan(forecast(days({ mean: 20 }))).evidence.meanDemand;
  expect(plan(forecast(days({ mean: 20 }), { demandMultipliers: [1, 1, 3] })).evidence.meanDemand).toBe(usual);
  expect(plan(forecast(days({ mean: 20 }), { demandMultipliers: [1, 1, 0] })).evidence.meanDemand).toBe(0);
});

describe("a first forecast that contradicts the sales", () => {
  const history = steadyDays(60);
  const stated = (mean: number, changes: Partial<PlanInput> = {}) =>
    plan(forecast(days({ mean }), { history, tolerance: "protection", ...changes }));

  test.each([40, 70, 3, 0])("of about 10 a day is followed, and a person asked: %d a day", (mean) => {
    const { confidence, evidence, reasons } = stated(mean);
    expect(evidence.meanDemand).toBeCloseTo(mean, 4);
    expect(confidence).toBeLessThanOrEqual(0.5);
    expect(reasons.join(" ")).toContain(`expects about ${mean} a day, the sales so far about`);
    expect(reasons.join(" ")).toContain("nothing shows yet which is right");
  });

  test.each([5, 10, 25])("is none where it says %d a day", (mean) => {
    expect(stated(mean).confidence).toBeGreaterThan(0.6);
  });

  test("is none with a record, for a young item, for its season or an event, for rare sales", () => {
    const points = days({ mean: 40 });
    const agreed: readonly Partial<PlanInput>[] = [
      { forecast: { points, ageDays: 0, pastError: 0.1 } },
      { history: steadyDays(20) },
      { demandMultipliers: days(null).map(() => 4) },
      { historyStart: "2026-10-01", seasonalProfile: Array.from({ length: 53 }, (_, week) => (week < 48 ? 1 : 4)) },
    ];
    for (const changes of agreed) expect(stated(40, changes).reasons.join(" ")).not.toContain("nothing shows yet");
    const rare = Array.from({ length: 90 }, (_, day) => Number(day % 10 === 4));
    expect(stated(0.5, { history: rare }).reasons.join(" ")).not.toContain("nothing shows yet");
  });

  test("is none on days on which the store is closed", () => {
    const points = [{ mean: 10 }, { mean: 90 }, { mean: 90 }, ...days({ mean: 10 })];
    const closed = { forecast: { points, ageDays: 0, pastError: null }, demandMultipliers: [1, 0, 0] };
    expect(stated(10, closed).reasons.join(" ")).not.toContain("nothing shows yet");
    expect(stated(10, { ...closed, demandMultipliers: null }).reasons.join(" ")).toContain("nothing shows yet");
  });

  test("is judged alike in kilograms and grams", () => {
    const grams = stated(40, { history: history.map((units) => units * 1000), constraints: kilo(1) });
    expect(grams.confidence).toBeLessThanOrEqual(0.5);
    const small = stated(0.04, { history: history.map((units) => units / 1000), constraints: kilo(0.001) });
    expect(small.confidence).toBe(stated(40).confidence);
    expect(small.reasons.join(" ")).toContain("about 0.04 a day");
  });
});

function kilo(packSize: number): PlanInput["constraints"] {
  return { minOrderQuantity: 0, packSize, maxStock: null };
}
