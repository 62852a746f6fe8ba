import { describe, expect, test } from "vitest";
import { runsOut } from "../../../src/replenishment/paths/runs-out.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { steadyDays } from "../../support/seeded.ts";

const days = aPlanInput({ history: steadyDays(), periodDays: 1, leadTime: { promised: 4, observed: [] } });

describe("when the shelf is empty", () => {
  test("is within the day when less than a day's demand is on hand, whatever is ordered", () => {
    const { soldOut, lastsUntil } = runsOut({ ...days, onHand: 6 }, [10, 40, 0]);
    expect(soldOut).toBeGreaterThan(0.4);
    expect(soldOut).toBeLessThan(0.8);
    expect(lastsUntil[0]).toBeCloseTo(5, 0);
    expect(lastsUntil[1]).toBeCloseTo(8, 0);
    expect(lastsUntil[2]).toBe(4);
  });

  test("counts what is on order when it comes", () => {
    const ordered = runsOut({ ...days, onHand: 30, openOrders: [{ quantity: 50, age: 0, due: 2 }] }, []);
    expect(ordered.soldOut).toBeCloseTo(8, -0.2);
    const late = runsOut({ ...days, onHand: 30, openOrders: [{ quantity: 50, age: 0, due: 20 }] }, []);
    expect(late.soldOut).toBeCloseTo(3, 0);
  });

  test("is told for months ahead, and not for years", () => {
    expect(runsOut({ ...days, onHand: 600 }, [0]).soldOut).toBeGreaterThan(50);
    expect(runsOut({ ...days, onHand: 60_000 }, [10]).lastsUntil).toEqual([null]);
    expect(runsOut({ ...days, history: days.history.map(() => 0), onHand: 1 }, []).soldOut).toBeNull();
  });

  test("is the same for an item in kilograms", () => {
    const pieces = runsOut({ ...days, onHand: 60 }, [24]);
    const kilograms = runsOut(
      {
        ...days,
        history: days.history.map((units) => units / 1000),
        onHand: 0.06,
        constraints: { minOrderQuantity: 0, packSize: 0.001, maxStock: null },
      },
      [0.024],
    );
    expect(kilograms).toEqual(pieces);
  });
});
