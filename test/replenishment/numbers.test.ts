import { describe, expect, test } from "vitest";
import { roundOrder, withoutDust } from "../../src/replenishment/order/constraints.ts";
import { plainRule } from "../../src/replenishment/order/plain-rule.ts";
import { plan } from "../../src/replenishment/plan.ts";
import { about, chance, exactly } from "../../src/replenishment/words/numbers.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

test.each([
  [0.1 + 0.2, "0.3"],
  [0.004, "0.004"],
  [1e-7, "0.0000001"],
  [1234.5, "1234.5"],
  [0, "0"],
  [-0, "0"],
  [-30, "-30"],
])("a stated quantity is itself: %d", (quantity, text) => expect(exactly(quantity)).toBe(text));

test.each([
  [31.46, "31"],
  [9.53, "9.5"],
  [9.97, "10"],
  [0.00421, "0.0042"],
  [0.1 + 0.2, "0.3"],
  [-0.2, "-0.2"],
  [0, "0"],
])("an estimate has as many digits as it can have: %d", (quantity, text) => expect(about(quantity)).toBe(text));

test.each([
  [0, "under 1 %"],
  [0.009, "under 1 %"],
  [0.01, "1 %"],
  [0.5, "50 %"],
  [0.994, "over 99 %"],
  [1, "over 99 %"],
])("a simulated chance is never none nor certain: %d", (probability, text) => expect(chance(probability)).toBe(text));

test("a stated quantity is whole packs where it is but for dust, and else what it is", () => {
  const tenths = { minOrderQuantity: 0, packSize: 0.1, maxStock: null };
  expect(withoutDust(0.1 + 0.2, tenths)).toBe(0.3);
  expect(withoutDust(0.25, tenths)).toBe(0.25);
  expect(withoutDust(7, { ...tenths, packSize: 6 })).toBe(7);
});

describe("the plain rule", () => {
  test("says the quantities of an item in kilograms", () => {
    const { quantity, reasons } = plainRule({
      safetyStock: 0.004,
      inventoryPosition: 0,
      constraints: { minOrderQuantity: 0, packSize: 0.001, maxStock: null },
    });
    expect(quantity).toBe(0.004);
    expect(reasons[0]).toBe("The inventory position of 0 is below half the safety stock of 0.004.");
  });

  test("orders and says packs without dust", () => {
    const constraints = { minOrderQuantity: 0, packSize: 0.1, maxStock: null };
    expect(roundOrder(0.1 + 0.2, constraints, 0).quantity).toBe(0.3);
    expect(plainRule({ safetyStock: 0.1 + 0.2, inventoryPosition: 0, constraints }).reasons[0]).toContain("of 0.3.");
  });
});

test("no reason of a plan shows a chance of 0 or 100 %, an order of 0 or dust", () => {
  for (const onHand of [0, 0.3, 5, 500]) {
    for (const unit of [1, 0.1, 0.001]) {
      const { reasons, quantity } = plan(
        aPlanInput({
          history: [9, 12, 10, 8, 11, 10, 13, 9, 10, 7, 12, 11].map((units) => units * unit),
          onHand: onHand * unit,
          safetyStock: 0.3 * unit,
          costs: { holding: 0.2 / unit, shortage: 1 / unit, fixedOrder: 0 },
          constraints: { minOrderQuantity: 0, packSize: unit, maxStock: 40 * unit },
        }),
      );
      const text = reasons.join("\n");
      expect(text).not.toMatch(/\b(?:0|100) %|Restock 0[:,]|\d\.\d{7,}|e-\d/u);
      if (quantity > 0) expect(text).toContain(`Restock ${quantity}:`);
    }
  }
});
