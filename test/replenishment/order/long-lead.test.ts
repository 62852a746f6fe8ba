import { describe, expect, test } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { steadyDays } from "../../support/seeded.ts";

const LEADS = Array.from({ length: 61 }, (_, lead) => lead);

describe("a longer lead time", () => {
  test.each([0, 20, 150])("never orders less when demand waits (%i on hand)", (onHand) => {
    const orders = LEADS.map(
      (lead) =>
        plan(
          aPlanInput({
            history: steadyDays(),
            periodDays: 1,
            onHand,
            unmet: "backorder",
            leadTime: { promised: lead, observed: [] },
          }),
        ).quantity,
    );
    expect(orders).toEqual(orders.toSorted((a, b) => a - b));
  });

  test("never orders less for the same stock at arrival, however it is cut into steps", () => {
    const orders = LEADS.slice(9).map(
      (lead) =>
        plan(
          aPlanInput({
            history: steadyDays(),
            periodDays: 1,
            reviewPeriod: 7,
            constraints: { minOrderQuantity: 0, packSize: 0.01, maxStock: null },
            leadTime: { promised: lead, observed: [] },
          }),
        ).quantity,
    );
    // But for what 256 paths leave to their numbers: half a percent.
    let most = 0;
    for (const order of orders) {
      expect(order).toBeGreaterThan(0.995 * most);
      most = Math.max(most, order);
    }
    expect(most).toBeLessThan(1.05 * orders[0]!);
  });
});

test("a weekend's demand is in a long lead time's steps as often as the lead time has weekends", () => {
  const history = Array.from({ length: 119 }, (_, index) => (index % 7 >= 5 ? 40 : 4));
  const wanted = (lead: number): number =>
    1000 -
    plan(
      aPlanInput({
        history,
        periodDays: 1,
        onHand: 1000,
        unmet: "backorder",
        leadTime: { promised: lead, observed: [] },
      }),
    ).evidence.projectedStockAtArrival;
  // The history ends with a weekend: Monday is the present day, and the weekend is of the days 5 and 6.
  const [days, week] = [wanted(5), wanted(7)];
  expect(week / days).toBeGreaterThan(2);
  expect(wanted(14) / week).toBeCloseTo(2, 0.7);
  expect(wanted(12) / (week + days)).toBeCloseTo(1, 0.7);
});
