/** What must hold whatever an item sells, and whether its unmet demand waits or is lost. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { countOf } from "../../support/counts.ts";

const LEVELS = [0.8, 0.9, 0.95, 0.98] as const;

/** Costs that a service level stands for, as the service derives them. */
function atLevel(input: PlanInput, serviceLevel: number): PlanInput {
  return { ...input, serviceLevel, costs: { ...input.costs, holding: 1, shortage: serviceLevel / (1 - serviceLevel) } };
}

const units = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat({ max: 30 }), fc.nat({ max: 900 }));

const items: fc.Arbitrary<PlanInput> = fc
  .record({
    history: fc.array(units, { minLength: 12, maxLength: 90 }),
    isFlagged: fc.boolean(),
    onHand: fc.nat({ max: 400 }),
    ordered: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 200 }), due: fc.nat({ max: 12 }) }), {
      maxLength: 2,
    }),
    lead: fc.nat({ max: 20 }),
    observed: fc.constantFrom([], [], [3, 9]),
    reviewPeriod: fc.constantFrom(1, 1, 3, 7),
    periodDays: fc.constantFrom(1, 7),
    packSize: fc.constantFrom(1, 1, 6),
    minOrderQuantity: fc.constantFrom(0, 0, 20),
    safetyStock: fc.constantFrom(0, 0, 15),
    shelfLife: fc.constantFrom(null, null, 4),
    unmet: fc.constantFrom("lost" as const, "backorder" as const),
    level: fc.constantFrom(null, ...LEVELS),
  })
  .map(({ isFlagged, ordered, lead, observed, packSize, minOrderQuantity, level, ...rest }) => {
    const input = aPlanInput({
      ...rest,
      inStock: isFlagged ? rest.history.map(() => true) : null,
      openOrders: ordered.map(({ quantity, due }) => ({ quantity, age: 0, due: Math.min(due, lead) })),
      leadTime: { promised: lead, observed },
      constraints: { minOrderQuantity, packSize, maxStock: null },
      tolerance: "protection",
    });
    return level === null ? input : atLevel(input, level);
  });

function promptly(input: PlanInput): PlanInput {
  return { ...input, leadTime: { ...input.leadTime, observed: [] } };
}

const RUNS = { numRuns: countOf(400) };

describe("whatever an item sells", () => {
  const directions: readonly (readonly [string, (input: PlanInput) => PlanInput, 1 | -1])[] = [
    ["a higher safety stock never orders less", (input) => ({ ...input, safetyStock: input.safetyStock + 13 }), 1],
    [
      "a dearer shortage never orders less",
      (input) => ({ ...input, costs: { ...input.costs, shortage: 2 * input.costs.shortage } }),
      1,
    ],
  ];

  it.each(directions)("%s", (_, change, direction) => {
    fc.assert(
      fc.property(items, (input) => direction * (plan(change(input)).quantity - plan(input).quantity) >= 0),
      RUNS,
    );
  });

  it("goods have not expired before they come, however late", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 6 }), (any, shelfLife) => {
        const input: PlanInput = { ...any, shelfLife, unmet: "lost", leadTime: { promised: 3, observed: [3, 5, 9] } };
        const more = [...input.openOrders, { quantity: 17, age: 0, due: 3 }];
        for (const openOrders of [input.openOrders, more])
          expect(plan({ ...input, openOrders }).evidence.projectedStockAtArrival).toBeGreaterThanOrEqual(-1e-6);
      }),
      RUNS,
    );
  });

  it("a higher service level never orders less", () => {
    fc.assert(
      fc.property(items, fc.nat({ max: 2 }), (input, at) => {
        const [low, high] = [LEVELS[at]!, LEVELS[at + 1]!];
        return plan(atLevel(input, high)).quantity >= plan(atLevel(input, low)).quantity;
      }),
      RUNS,
    );
  });

  it("a longer lead time never covers less demand", () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 10 }), (input, more) => {
        const covered = (lead: number): number =>
          plan({ ...promptly(input), leadTime: { promised: lead, observed: [] } }).evidence.demandQuantile;
        return covered(input.leadTime.promised + more) >= covered(input.leadTime.promised) - 1e-6;
      }),
      RUNS,
    );
  });

  // Powers of two: other factors change sums in their last binary digit, and so ties between two orders.
  it("another currency changes nothing", () => {
    fc.assert(
      fc.property(items, fc.constantFrom(0.125, 0.5, 8, 1024), fc.constantFrom(0, 3, 50), (input, rate, fixedOrder) => {
        const inMoney = (by: number): PlanInput => ({
          ...input,
          costs: {
            holding: by * input.costs.holding,
            shortage: by * input.costs.shortage,
            fixedOrder: by * fixedOrder,
          },
        });
        const one = plan(inMoney(1));
        const other = plan(inMoney(rate));
        expect(other.quantity).toBe(one.quantity);
        expect(other.confidence).toBeCloseTo(one.confidence, 6);
        expect(other.reasons).toEqual(one.reasons);
      }),
      RUNS,
    );
  });
});
