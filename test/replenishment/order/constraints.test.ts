import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkQuantity, roundOrder } from "../../../src/replenishment/order/constraints.ts";
import type { OrderConstraints } from "../../../src/replenishment/types.ts";

const free: OrderConstraints = { minOrderQuantity: 0, packSize: 1, maxStock: null };

describe("rounding an order", () => {
  it.each([
    ["rounds packs up", 18, { packSize: 3 }, 0, 18, null],
    ["rounds a part of a pack up", 20, { packSize: 3 }, 0, 21, "pack_size"],
    ["lifts to the minimum, in whole packs", 4, { minOrderQuantity: 10, packSize: 6 }, 0, 12, "min_order_quantity"],
    ["stays below the maximum stock, down to a pack", 20, { packSize: 6, maxStock: 30 }, 13, 12, "max_stock"],
    [
      "orders nothing when the maximum leaves less than the minimum",
      20,
      { minOrderQuantity: 10, maxStock: 30 },
      25,
      0,
      "max_stock",
    ],
    ["counts fractional packs without dust", 0.3, { packSize: 0.1 }, 0, 0.3, null],
    ["orders nothing when nothing is wished", -3, { minOrderQuantity: 10 }, 0, 0, null],
  ] as const)("%s", (_, wished, constraints, position, quantity, binding) => {
    expect(roundOrder(wished, { ...free, ...constraints }, position)).toEqual({ quantity, binding });
  });

  it("is always feasible, and never nothing without a maximum", () => {
    const constraintsArbitrary = fc.record({
      minOrderQuantity: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })),
      packSize: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 500 }), fc.constantFrom(0.1, 0.25, 0.3, 1.7, 12.5)),
      maxStock: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1e6, noNaN: true })),
    });
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        constraintsArbitrary,
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (wished, constraints, position) => {
          const { quantity } = roundOrder(wished, constraints, position);
          expect(checkQuantity(quantity, constraints, position)).toBeNull();
          if (wished > 1e-6 && constraints.maxStock === null) expect(quantity).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("checking a quantity", () => {
  const strict: OrderConstraints = { minOrderQuantity: 12, packSize: 6, maxStock: 60 };
  it.each([
    ["nothing is always fine", 0, null],
    ["a negative quantity is none", -6, "not_a_quantity"],
    ["neither is NaN", Number.NaN, "not_a_quantity"],
    ["below the minimum", 6, "below_minimum"],
    ["off the pack", 15, "off_pack"],
    ["above the maximum with what is there", 54, "above_maximum"],
    ["feasible", 48, null],
  ] as const)("%s", (_, quantity, reason) => {
    expect(checkQuantity(quantity, strict, 12)?.reason ?? null).toBe(reason);
  });
});
