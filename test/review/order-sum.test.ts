import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatsOf } from "../../src/shared/formats.ts";
import { orderSum } from "../../src/review/order-sum.ts";
import { aDecision } from "../support/builders/a-workflow.ts";

const formats = formatsOf({});
const numberOf = (text: string): number => Number(text.replaceAll(/[\s,]/g, "").replace("−", "-"));

function sumOf(change: { wished: number; quantity: number; position: number; left: number; pack?: number }) {
  const { evidence } = aDecision();
  return orderSum(
    {
      quantity: change.quantity,
      evidence: {
        ...evidence,
        inventoryPosition: change.position,
        projectedStockAtArrival: change.left,
        wished: change.wished,
      },
      constraints: { minOrderQuantity: 0, packSize: change.pack ?? 1, maxStock: null },
      leadTimeDays: 4,
      reviewPeriodDays: 1,
    },
    formats,
  )!;
}

describe("why this quantity", () => {
  it("is a sum that says demand, safety stock, what is there and packs", () => {
    const { lines, limits } = sumOf({ wished: 15.2, quantity: 24, position: 6, left: 0, pack: 12 });
    expect(lines).toEqual([
      { name: "Expected to be sold until it arrives, 4 days", amount: "+ 6" },
      { name: "Expected until the order after it, 1 day", amount: "+ 8" },
      { name: "Safety stock, for demand above the expected", amount: "+ 7" },
      { name: "Already there or on order", amount: "− 6" },
      { name: "Rounded up to what can be ordered", amount: "+ 9" },
      { name: "To order", amount: "24" },
    ]);
    expect(limits).toEqual(["It comes in packs of 12."]);
  });

  it("adds up as it is shown, whatever the numbers", () => {
    const units = fc.integer({ min: -5_000, max: 5_000 }).map((value) => value / 7);
    fc.assert(
      fc.property(units, units, units, fc.integer({ min: 1, max: 999 }), (wished, position, left, packs) => {
        const { lines } = sumOf({ wished, position, left, quantity: packs * 12, pack: 12 });
        const amounts = lines.map(({ amount }) => numberOf(amount));
        const total = amounts.pop();
        expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(total!, 6);
      }),
    );
  });

  it("is left out where no demand is known", () => {
    const { evidence } = aDecision();
    const rule = { ...evidence, meanDemandPerDay: null };
    const constraints = { minOrderQuantity: 0, packSize: 1, maxStock: null };
    expect(orderSum({ quantity: 5, evidence: rule, constraints, leadTimeDays: 1, reviewPeriodDays: 1 }, formats)).toBe(
      null,
    );
  });
});
