import { expect, it } from "vitest";
import { plainRule } from "../../src/replenishment/order/plain-rule.ts";

const constraints = { minOrderQuantity: 0, packSize: 6, maxStock: null };

it("restocks up to the safety stock from below half of it, in whole packs", () => {
  expect(plainRule({ safetyStock: 40, inventoryPosition: 19, constraints })).toMatchObject({
    quantity: 24,
    confidence: 0.5,
  });
});

it("holds from half the safety stock on", () => {
  expect(plainRule({ safetyStock: 40, inventoryPosition: 20, constraints })).toMatchObject({
    quantity: 0,
    confidence: 0.5,
  });
});
