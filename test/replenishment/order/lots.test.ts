/** Goods that come in cases far larger than a day's demand. */
import { describe, expect, it } from "vitest";
import { scoreDecision } from "../../../src/replenishment/confidence/outcome.ts";
import { plan } from "../../../src/replenishment/plan.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { seeded } from "../../support/seeded.ts";

/** 200 days of `perDay` on average, at the costs of a service level of .95. */
function shelf(perDay: number, onHand: number, constraints: { packSize?: number; minOrderQuantity?: number }) {
  const next = seeded(3);
  const history = Array.from({ length: 200 }, () => Math.floor(perDay) + Number(next() < perDay % 1));
  return plan(
    aPlanInput({
      history,
      inStock: history.map(() => true),
      periodDays: 1,
      onHand,
      leadTime: { promised: 3, observed: [] },
      costs: { holding: 1, shortage: 19, fixedOrder: 0 },
      constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null, ...constraints },
      tolerance: "protection",
    }),
  );
}

describe("a lot", () => {
  it.each([
    ["a case of 48, at 2 a day", 2, { packSize: 48 }],
    ["a box of 6, at 6 a month", 0.2, { packSize: 6 }],
    ["a minimum of 24, at a unit every second day", 0.5, { minOrderQuantity: 24 }],
  ])(
    "that an empty shelf needs is ordered without a doubt: %s",
    (_, perDay, constraints: { packSize?: number; minOrderQuantity?: number }) => {
      const { quantity, confidence } = shelf(perDay, 0, constraints);
      expect(quantity).toBe(constraints.packSize ?? constraints.minOrderQuantity);
      expect(confidence).toBeGreaterThan(0.9);
    },
  );

  it("that lasts for years is doubted", () => {
    expect(shelf(1, 0, { minOrderQuantity: 10_000 })).toMatchObject({ quantity: 10_000 });
    expect(shelf(1, 0, { minOrderQuantity: 10_000 }).confidence).toBeLessThan(0.5);
  });

  it("that is not worth its holding yet is why the item waits", () => {
    const { quantity, reasons, evidence } = shelf(2, 7, { packSize: 48 });
    expect(quantity).toBe(0);
    expect(evidence.stockoutProbabilityIfHold).toBeGreaterThan(0.3);
    expect(reasons[0]).toMatch(
      / \d\d %; an order of at least 48 costs more now than what would be lost until the next/,
    );
    expect(reasons.join(" ")).not.toMatch(/is worth accepting|lift/);
  });

  it("is judged alike once its outcome is known", () => {
    const decision = {
      quantity: 48,
      confidence: 0.9,
      costs: { holding: 1, shortage: 19 },
      tolerance: "protection",
      leadTime: 3,
      reviewPeriod: 1,
      usualDemand: 2,
    } as const;
    const followed = { stockAtArrival: 0, demand: 2 };
    expect(scoreDecision(decision, followed).regret).toBe(46);
    expect(scoreDecision({ ...decision, lot: 48 }, followed)).toMatchObject({ regret: 0, withinTolerance: true });
    expect(scoreDecision({ ...decision, quantity: 144, lot: 48 }, followed).regret).toBe(94);
    expect(scoreDecision({ ...decision, lot: 48 }, { stockAtArrival: 0, demand: 50 }).regret).toBe(38);
  });
});
