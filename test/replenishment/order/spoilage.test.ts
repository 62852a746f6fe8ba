import { describe, expect, test } from "vitest";
import { shortageForServiceLevel } from "../../../src/replenishment/statistics/newsvendor.ts";
import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { steadyDays } from "../../support/seeded.ts";

/** About ten a day, a service level of 95 %, twenty on hand. */
function steady(changes: Partial<PlanInput> = {}): PlanInput {
  const history = steadyDays();
  return aPlanInput({
    history,
    inStock: history.map(() => true),
    periodDays: 1,
    onHand: 20,
    leadTime: { promised: 1, observed: [] },
    costs: { holding: 0.2, shortage: shortageForServiceLevel(0.95, 0.2), fixedOrder: 0 },
    serviceLevel: 0.95,
    tolerance: "protection",
    ...changes,
  });
}

describe("an item that keeps for less than a review", () => {
  const fresh = steady({ reviewPeriod: 7, shelfLife: 2 });

  test("is ordered for the days it keeps, not for the review", () => {
    const { quantity, reasons } = plan(fresh);
    expect(quantity).toBeGreaterThanOrEqual(23);
    expect(quantity).toBeLessThanOrEqual(30);
    expect(reasons.join(" ")).toContain("It keeps 2 days");
    expect(plan(steady({ reviewPeriod: 7 })).quantity).toBeGreaterThan(60);
  });

  test("is not ordered beyond what sells, whatever the safety stock", () => {
    expect(plan({ ...fresh, safetyStock: 80 }).quantity).toBeLessThanOrEqual(30);
  });

  test("says how much of it will be thrown away", () => {
    const { expectedWaste } = plan(fresh).evidence;
    expect(expectedWaste).toBeGreaterThan(5);
    const packs = plan({ ...fresh, constraints: { minOrderQuantity: 0, packSize: 48, maxStock: null } });
    expect(packs.evidence.expectedWaste!).toBeGreaterThan(expectedWaste! + 15);
    expect(packs.reasons.join(" ")).toMatch(/About \d+ are expected to expire unsold/u);
    expect(plan(steady()).evidence.expectedWaste).toBeNull();
  });
});

test("a longer shelf life never orders less, nor wastes more of the same lot", () => {
  const lives = [1, 2, 3, 5, 7, 10, 14, 30].map((shelfLife) => plan(steady({ onHand: 0, reviewPeriod: 7, shelfLife })));
  const orders = lives.map(({ quantity }) => quantity);
  expect(orders).toEqual(orders.toSorted((a, b) => a - b));
  const lots = [2, 7, 10, 13, 20].map(
    (shelfLife) =>
      plan(
        steady({
          onHand: 0,
          reviewPeriod: 7,
          shelfLife,
          constraints: { minOrderQuantity: 0, packSize: 144, maxStock: null },
        }),
      ).evidence.expectedWaste!,
  );
  expect(lots).toEqual(lots.toSorted((a, b) => b - a));
});

describe("lots on the shelf", () => {
  test("that expire before they can be sold are no stock", () => {
    const lead = { promised: 3, observed: [] };
    const gone = plan(steady({ onHand: 60, leadTime: lead, lots: [{ quantity: 50, keeps: 0 }] }));
    expect(gone.quantity).toBe(plan(steady({ onHand: 10, leadTime: lead })).quantity);
    expect(gone.evidence.expectedWaste).toBe(50);
    expect(plan(steady({ onHand: 60, leadTime: lead })).quantity).toBe(0);
  });

  test("are sold in the order of their expiry", () => {
    const kept = plan(
      steady({ onHand: 60, leadTime: { promised: 3, observed: [] }, lots: [{ quantity: 20, keeps: 2 }] }),
    );
    expect(kept.evidence.projectedStockAtArrival).toBeCloseTo(30, -0.7);
    expect(kept.evidence.expectedWaste).toBeLessThan(4);
    const late = plan(
      steady({ onHand: 60, leadTime: { promised: 3, observed: [] }, lots: [{ quantity: 50, keeps: 2 }] }),
    );
    expect(late.evidence.projectedStockAtArrival).toBeLessThan(5);
    expect(late.evidence.expectedWaste).toBeCloseTo(30, -0.7);
  });

  test("that end within the arrival's review are missing from then on", () => {
    const weekly = steady({ onHand: 70, reviewPeriod: 7, leadTime: { promised: 0, observed: [] } });
    const half = plan({ ...weekly, lots: [{ quantity: 70, keeps: 3 }] });
    expect(half.quantity).toBeGreaterThan(plan(weekly).quantity + 20);
  });
});

test("what demand's end would leave over is not ordered", () => {
  const ending = steady({ onHand: 0, reviewPeriod: 7, leadTime: { promised: 2, observed: [] } });
  const full = plan(ending).quantity;
  const last = plan({ ...ending, periodsLeft: 5 }).quantity;
  expect(last).toBeLessThan(full * 0.6);
  expect(last).toBeGreaterThan(25);
  expect(plan({ ...ending, periodsLeft: 2 }).quantity).toBe(0);
  expect(plan({ ...ending, periodsLeft: 500 }).quantity).toBe(full);
});
