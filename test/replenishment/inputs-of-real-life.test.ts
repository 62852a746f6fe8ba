import { describe, expect, it } from "vitest";
import { mulberry32 } from "../../bench/plan/statistics.ts";
import { plan, prepare } from "../../src/replenishment/plan.ts";
import { projectStock } from "../../src/replenishment/paths/project-stock.ts";
import { seasonalProfile } from "../../src/replenishment/models/seasonal-profile.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

const random = mulberry32(11);
const days = (count: number, level: (day: number) => number): number[] =>
  Array.from({ length: count }, (_, day) => Math.max(0, Math.round(level(day) * (0.6 + 0.8 * random()))));

describe("time", () => {
  const history = days(400, () => 10);
  it.each([2, 7, 30, 90])("plans %s days of lead time in units of days, whatever bins it thinks in", (promised) => {
    const { evidence } = plan(
      aPlanInput({
        history,
        periodDays: 1,
        leadTime: { promised, observed: [] },
        onHand: 10 * promised,
        unmet: "backorder",
      }),
    );
    expect(evidence.meanDemand).toBeGreaterThan(9);
    expect(evidence.meanDemand).toBeLessThan(11);
    expect(evidence.demandQuantile / (10 * (promised + 1))).toBeGreaterThan(0.98);
    expect(evidence.demandQuantile / (10 * (promised + 1))).toBeLessThan(1.5);
  });

  it("covers a review period, not just a day, when orders are placed once a week", () => {
    const daily = plan(aPlanInput({ history, periodDays: 1, leadTime: { promised: 2, observed: [] }, onHand: 20 }));
    const weekly = plan(
      aPlanInput({ history, periodDays: 1, leadTime: { promised: 2, observed: [] }, onHand: 20, reviewPeriod: 7 }),
    );
    expect(weekly.quantity - daily.quantity).toBeGreaterThan(45);
  });

  it("knows weekdays from a daily history", () => {
    const weekend = days(140, (day) => (day % 7 >= 5 ? 30 : 5));
    const onMonday = plan(
      aPlanInput({ history: weekend, periodDays: 1, leadTime: { promised: 0, observed: [] } }),
    ).quantity;
    const onSaturday = plan(
      aPlanInput({ history: weekend.slice(0, 138), periodDays: 1, leadTime: { promised: 0, observed: [] } }),
    ).quantity;
    expect(onSaturday).toBeGreaterThan(2 * onMonday);
  });

  it("reads a day's slip of the pen alike, however large, and one below nothing as nothing", () => {
    const daily = days(60, () => 10);
    const withSlip = (slip: number) => plan(aPlanInput({ history: daily.with(30, slip), periodDays: 1, onHand: 5 }));
    expect(withSlip(1e200)).toEqual(withSlip(1e12));
    expect(withSlip(-50)).toEqual(withSlip(0));
  });

  it("orders nothing that would arrive after the item is withdrawn", () => {
    expect(plan(aPlanInput({ periodsLeft: 2 })).quantity).toBe(0);
    expect(plan(aPlanInput({ periodsLeft: 3 })).quantity).toBeGreaterThan(0);
  });

  it("spares its money on the last order before withdrawal no less than at any other time", () => {
    expect(plan(aPlanInput({ periodsLeft: 3 })).quantity).toBeLessThanOrEqual(plan(aPlanInput()).quantity + 3);
  });
});

describe("the supplier", () => {
  it("is believed until something deviates, and then needs a reason to be trusted", () => {
    const late = plan(aPlanInput({ onHand: 25, openOrders: [{ quantity: 12, age: 5 }] }));
    expect(late.reasons.join(" ")).toContain("overdue");
    const onTime = plan(aPlanInput({ onHand: 25, openOrders: [{ quantity: 12, age: 1 }] }));
    expect(late.quantity).toBeGreaterThan(onTime.quantity);
  });

  it("whose lead time varies over many days makes the plan hold more", () => {
    const history = days(300, () => 10);
    const base = { history, periodDays: 1, onHand: 150, unmet: "backorder" as const };
    const steady = plan(aPlanInput({ ...base, leadTime: { promised: 14, observed: [14, 14, 14, 14] } }));
    const varying = plan(aPlanInput({ ...base, leadTime: { promised: 14, observed: [9, 20, 14, 22, 8] } }));
    expect(varying.quantity).toBeGreaterThan(steady.quantity);
  });
});

describe("costs and limits", () => {
  it("orders less often and more at a time when orders cost something", () => {
    const free = plan(aPlanInput({ leadTime: { promised: 0, observed: [] } }));
    const dear = plan(
      aPlanInput({ leadTime: { promised: 0, observed: [] }, costs: { holding: 0.2, shortage: 1, fixedOrder: 20 } }),
    );
    expect(dear.quantity).toBeGreaterThan(2 * free.quantity);
  });

  it("never lets an item run dry because its lot is large", () => {
    const constraints = { minOrderQuantity: 400, packSize: 1, maxStock: null };
    expect(plan(aPlanInput({ constraints })).quantity).toBe(400);
    expect(plan(aPlanInput({ constraints, onHand: 60 })).quantity).toBe(0);
  });

  it("keeps the projected stock at arrival above the safety stock", () => {
    const answer = plan(aPlanInput({ onHand: 40, safetyStock: 35 }));
    expect(answer.evidence.projectedStockAtArrival + answer.quantity).toBeGreaterThanOrEqual(35);
    expect(answer.evidence.bindingConstraint).toBe("safety_stock");
  });

  it("orders less of what spoils", () => {
    const lot = { minOrderQuantity: 0, packSize: 1, maxStock: null };
    const dear = { holding: 0.01, shortage: 1, fixedOrder: 3 };
    const keeps = plan(aPlanInput({ costs: dear, constraints: lot, leadTime: { promised: 0, observed: [] } }));
    const spoils = plan(
      aPlanInput({ costs: dear, constraints: lot, leadTime: { promised: 0, observed: [] }, shelfLife: 2 }),
    );
    expect(spoils.quantity).toBeLessThan(keeps.quantity);
    expect(spoils.evidence.bindingConstraint).toBe("shelf_life");
  });

  it("counts known events in", () => {
    const usual = plan(aPlanInput({ onHand: 20 })).quantity;
    expect(plan(aPlanInput({ onHand: 20, demandMultipliers: [1, 1, 3] })).quantity).toBeGreaterThan(usual + 15);
  });
});

describe("demand of every kind", () => {
  it("guesses a new item's demand from its safety stock, and claims no more than a coin", () => {
    const answer = plan(aPlanInput({ history: [], safetyStock: 30 }));
    expect(answer.quantity).toBeGreaterThanOrEqual(30);
    expect(answer.confidence).toBeLessThanOrEqual(0.5);
    const plenty = plan(aPlanInput({ history: [], safetyStock: 30, onHand: 1_000 }));
    expect([plenty.quantity, plenty.confidence]).toEqual([0, 0.5]);
    expect(answer.forecastConfidence).toBe(0);
    expect(plan(aPlanInput({ history: [] })).quantity).toBe(0);
  });

  it("lets a dying item run out", () => {
    const history = [40, 35, 30, 20, 12, 8, 5, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(plan(aPlanInput({ history, onHand: 3 })).quantity).toBe(0);
  });

  it("takes intermittent demand as counts of few units", () => {
    const history = [0, 0, 2, 0, 0, 0, 1, 0, 0, 3, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 2, 0];
    const prepared = prepare(aPlanInput({ history }));
    expect(prepared.models?.kind).toBe("counts");
    expect(plan(aPlanInput({ history, leadTime: { promised: 0, observed: [] } })).quantity).toBeLessThanOrEqual(3);
  });

  it("follows a shared season", () => {
    const week = Array.from({ length: 53 }, (_, index) => (index >= 47 ? 4 : 1));
    const history = Array.from({ length: 46 }, (_, index) => 4 + (index % 3));
    const base = { history, historyStart: "2026-01-05", leadTime: { promised: 2, observed: [] }, onHand: 8 };
    expect(plan(aPlanInput({ ...base, seasonalProfile: week })).quantity).toBeGreaterThan(
      2 * plan(aPlanInput(base)).quantity,
    );
  });

  it("finds the season that many items share", () => {
    const history = Array.from({ length: 104 }, (_, index) => (index % 52 >= 48 ? 30 : 10));
    const profile = seasonalProfile(
      Array.from({ length: 10 }, () => ({ units: history, inStock: null, start: "2024-01-01", periodDays: 7 })),
    );
    expect(profile).toHaveLength(53);
    expect(profile[50]).toBeGreaterThan(2 * (profile[10] ?? 0));
    expect(profile.reduce((sum, factor) => sum + factor, 0) / 53).toBeCloseTo(1, 1);
  });
});

describe("an uploaded forecast", () => {
  const points = Array.from({ length: 12 }, () => ({ mean: 30, p10: 20, p50: 30, p90: 40 }));
  const forecast = { points, ageDays: 0, pastError: null };

  it("is used as given", () => {
    const { evidence } = plan(aPlanInput({ forecast, unmet: "backorder" }));
    expect(evidence.meanDemand).toBeGreaterThan(29);
    expect(evidence.meanDemand).toBeLessThan(31);
  });

  it("is planned by alone where there is no history", () => {
    expect(plan(aPlanInput({ history: [], forecast })).quantity).toBeGreaterThan(25);
  });

  it("is trusted as far as its past accuracy goes", () => {
    const trusted = plan(aPlanInput({ forecast: { ...forecast, pastError: 0.05 } })).evidence.meanDemand;
    const doubted = plan(aPlanInput({ forecast: { ...forecast, pastError: 1.5 } })).evidence.meanDemand;
    expect(trusted).toBeGreaterThan(25);
    expect(doubted).toBeLessThan(12);
  });
});

describe("projected stock", () => {
  it("falls with demand, rises with arrivals, and widens as it goes", () => {
    const input = aPlanInput({ onHand: 30, openOrders: [{ quantity: 50, age: 0 }] });
    const bands = projectStock(input, 100, 28);
    expect(bands).toHaveLength(28);
    expect(bands[0]?.p50).toBeLessThan(30);
    expect(bands[3]?.p50).toBeGreaterThan(80);
    for (const { p10, p50, p90 } of bands) {
      expect(p10).toBeLessThanOrEqual(p50);
      expect(p50).toBeLessThanOrEqual(p90);
    }
    const width = (index: number): number => (bands[index]?.p90 ?? 0) - (bands[index]?.p10 ?? 0);
    expect(width(9)).toBeGreaterThan(width(4));
  });

  it.each([21, 22, 23])("shows an order of %i periods in its own period, however many are shown", (promised) => {
    const history = Array.from({ length: 60 }, () => 25);
    const input = aPlanInput({ history, onHand: 250, leadTime: { promised, observed: [] } });
    const median = projectStock(input, 500, 60).map(({ p50 }) => Math.round(p50));
    expect(median.slice(0, 11)).toEqual([225, 200, 175, 150, 125, 100, 75, 50, 25, 0, 0]);
    expect(median.slice(11, promised).every((units) => units === 0)).toBe(true);
    expect(median[promised]).toBe(475);
    expect(median[promised + 19]).toBe(0);
  });

  it("loses no demand that an arrival meets, and owes none that it does not", () => {
    const history = Array.from({ length: 60 }, () => 25);
    const late = {
      leadTime: { promised: 3, observed: [] },
      openOrders: [{ quantity: 40, age: 2 }],
      unmet: "lost",
    } as const;
    const median = projectStock(aPlanInput({ history, onHand: 0, backordered: 20, ...late }), 100, 5);
    expect(median.map(({ p50 }) => Math.round(p50))).toEqual([0, 0, 0, 75, 50]);
  });
});

describe("preparing once", () => {
  it("answers the same as preparing each time", () => {
    const input = aPlanInput({ onHand: 12 });
    expect(plan(input, prepare(input))).toEqual(plan(input));
  });

  it("keeps nothing of stock, orders or the supplier", () => {
    const kept = prepare(aPlanInput());
    for (const changes of [
      { onHand: 3, openOrders: [{ quantity: 30, age: 9 }] },
      { leadTime: { promised: 40, observed: [] } },
      { leadTime: { promised: 3, observed: [3, 6, 2] } },
      { periodsLeft: 4 },
    ]) {
      expect(plan(aPlanInput(changes), kept)).toEqual(plan(aPlanInput(changes)));
    }
  });

  it("gives another seed's answer near this one's", () => {
    const one = plan(aPlanInput({ seed: 1 })).quantity;
    expect(Math.abs(plan(aPlanInput({ seed: 2 })).quantity - one)).toBeLessThanOrEqual(2);
  });
});
