/** What it costs to hold units beyond an order. */
import { expect, test } from "vitest";
import { holdingOfMore } from "../../../src/replenishment/order/holding-of-more.ts";

test("units that nobody wants are held for as long as a top-up looks, and fewer where they sell", () => {
  const unwanted = holdingOfMore({ need: Float64Array.of(0), meanDemand: 0 }, 0, 10, 1, 7);
  const slow = holdingOfMore({ need: Float64Array.of(0), meanDemand: 1e-6 }, 0, 10, 1, 7);
  expect(unwanted).toBe(slow);
  expect(unwanted).toBeGreaterThan(10);
  // Ten a review: the ten are gone after one, and half of them are there on average.
  expect(holdingOfMore({ need: Float64Array.of(0), meanDemand: 10 / 7 }, 0, 10, 1, 7)).toBeCloseTo(5, 9);
});

test("units that are wanted before the next order cost nothing to hold", () => {
  expect(holdingOfMore({ need: Float64Array.of(20, 30), meanDemand: 1 }, 5, 10, 1, 7)).toBe(0);
});
